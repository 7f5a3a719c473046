package generator

import (
	"fmt"

	"github.com/wpsgen/wpsgen/internal/suggest"
)

// checkAdopted wants names of functions that there are: a mistyped one would leave a file as it is without a word.
func checkAdopted(names []string, apps []*App) error {
	known := make(map[string]bool)
	var all []string
	for _, app := range apps {
		for _, fn := range app.Functions() {
			known[fn.Name] = true
			all = append(all, fn.Name)
		}
		if fn := app.webhook; fn != nil {
			known[fn.Name] = true
		}
	}
	for _, name := range names {
		if known[name] {
			continue
		}
		hint := ""
		if near := suggest.Nearest(name, all); near != "" {
			hint = fmt.Sprintf("; did you mean %q?", near)
		}
		return fmt.Errorf("there is no function %q whose function.json could be taken over%s", name, hint)
	}
	return nil
}
