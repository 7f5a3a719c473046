package binding

import (
	"bytes"
	"testing"
)

// FuzzRead: what is read is either refused or good for everything that is done with a definition.
func FuzzRead(f *testing.F) {
	f.Add([]byte(valid))
	f.Add([]byte("---\n---\n"))
	f.Add([]byte("a: &a {b: *a}"))
	for _, file := range []string{"trigger", "http", "binding", "defaults"} {
		src, err := definitionFiles.ReadFile("definitions/" + file + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	set, err := Builtin()
	if err != nil {
		f.Fatal(err)
	}
	builtins := set.Definitions()
	f.Fuzz(func(t *testing.T, src []byte) {
		defs, err := Read("x.yaml", src)
		if err != nil {
			return
		}
		for _, d := range defs {
			u := Resolve(d, args("a=b hub=c eventType=user unsigned"), Env{})
			u.Gives(nil)
			for _, e := range u.Entries() {
				if _, err := e.MarshalJSON(); err != nil {
					t.Error(err)
				}
			}
			Check(d, args("a=b hub={c} eventType=%d% x"), Env{Extension: "1.0.0"})
			for _, format := range []string{"text", "markdown", "json"} {
				if err := Explain(new(bytes.Buffer), d, format); err != nil {
					t.Error(err)
				}
			}
		}
		_, _ = NewSet(defs...)
		if own, err := ReadOwn("x.yaml", src); err == nil {
			_, _ = NewSet(append(builtins, own...)...)
		}
	})
}
