package binding

import (
	"embed"
	"regexp"
	"sync"
)

//go:embed definitions/*.yaml
var definitionFiles embed.FS

const formatsFile = "formats.yaml"

// format is a pattern that several definitions share.
type format struct {
	Pattern string
	Doc     string
	pattern *regexp.Regexp
}

// goFormats are the formats that a pattern cannot say. Each returns what is wrong with a value, and the
// way out. Where the property allows neither, %settings% and {expressions} are not looked for.
var goFormats = map[string]func(value string) (message, hint string){
	"route":    checkRoute,
	"schedule": checkSchedule,
}

// builtinFormats reads formats.yaml.
var builtinFormats = sync.OnceValues(func() (map[string]format, error) {
	src, err := definitionFiles.ReadFile("definitions/" + formatsFile)
	if err != nil {
		return nil, err
	}
	return readFormats(formatsFile, src)
})

func readFormats(name string, src []byte) (map[string]format, error) {
	s := newSource(name, src)
	formats := make(map[string]format)
	for _, root := range s.documents() {
		o := s.object(root, "formats")
		for _, k := range o.keys {
			v, _ := o.get(k.Value)
			fo := s.objectAt(k, v, "format "+k.Value)
			f := format{Pattern: fo.must("pattern"), Doc: fo.must("doc")}
			fo.must("source")
			fo.done()
			re, err := wholeMatch(f.Pattern)
			if err != nil {
				s.errorf(fo.at("pattern"), "%v", err)
			}
			f.pattern = re
			formats[k.Value] = f
		}
	}
	return formats, s.err()
}
