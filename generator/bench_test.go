package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkGenerate works out what to generate for a thousand functions in a hundred packages, of which all
// files are there already, as it is for whoever has edited one.
func BenchmarkGenerate(b *testing.B) {
	dir := os.Getenv("WPSGEN_BENCH_MODULE") // one that is there already
	if dir == "" {
		dir = thousandFunctions(b)
	}
	for b.Loop() {
		r, err := Run(Config{Dir: dir})
		if err != nil || len(r.Findings) > 0 || len(r.Apps) != 1 {
			b.Fatal(err, r)
		}
	}
}

// thousandFunctions makes a module with its outputs.
func thousandFunctions(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	write("go.mod", goMod)
	for i := range 1000 {
		write(fmt.Sprintf("p%02d/f%d.go", i/10, i%10), fmt.Sprintf(benchFile, i/10, i))
	}
	r, err := Run(Config{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	if err := r.Write(); err != nil {
		b.Fatal(err)
	}
	return dir
}

const benchFile = `package p%02[1]d

import (
	"context"
	"encoding/json"
	"fmt"
)

// Event%[2]d is the payload of OnMessage%[2]d.
type Event%[2]d struct {
	ID   string            ` + "`json:\"id\"`" + `
	Tags map[string]string ` + "`json:\"tags\"`" + `
	Next *Event%[2]d
}

// OnMessage%[2]d handles one message.
//
//wps:trigger hub=chat%[2]d eventType=user eventName=message
func OnMessage%[2]d(ctx context.Context, data *Event%[2]d) (*Event%[2]d, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("on message %%s: %%w", data.ID, err)
	}
	raw, err := json.Marshal(data) // a copy
	if err != nil {
		return nil, err
	}
	var out Event%[2]d
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, err
	}
	for k, v := range data.Tags {
		out.Tags[k] = v
	}
	return &out, nil
}
`
