package hosted

import (
	"bufio"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/gomod"
	"github.com/wpsgen/wpsgen/generator/importer"
	"github.com/wpsgen/wpsgen/generator/pack"
	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// importCorpus are real apps that stand beside the project, where they do.
const importCorpus = "../../../shared/corpus/apps"

// TestImport imports apps in JavaScript, TypeScript, Python and C# script, and those of the corpus, and asks
// the Go apps what the originals' bindings answer: with wpsgen dev, and behind the host.
func TestImport(t *testing.T) {
	t.Parallel()
	apps, err := filepath.Glob("testdata/import/*")
	if err != nil || len(apps) != 4 {
		t.Fatalf("%q, %v", apps, err)
	}
	if real, _ := filepath.Glob(importCorpus + "/*/host.json"); !testing.Short() { // the pattern is a good one
		for _, host := range real {
			apps = append(apps, filepath.Dir(host))
		}
	}
	program := filepath.Join(t.TempDir(), "wpsgen")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/wpsgen").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	slots := make(chan struct{}, 2) // each builds a program
	for _, dir := range apps {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			slots <- struct{}{}
			defer func() { <-slots }()
			testImport(t, program, dir)
		})
	}
}

func testImport(t *testing.T, program, source string) {
	dir := filepath.Join(t.TempDir(), filepath.Base(source))
	importApp(t, source, dir)
	app, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := pack.Collect(pack.Config{Dir: dir, Target: pack.DefaultTarget(), Output: filepath.Join(dir, "app.zip")})
	if err != nil || diag.HasErrors(contents.Findings) {
		t.Errorf("the app cannot be packed: %+v, %v", contents, err)
	}
	t.Run("host", func(t *testing.T) {
		s := start(t, app, Options{Host: hosttest.Options{Settings: settingsFor(t, dir)}})
		askFunctions(t, app.model, s.Host.URL())
		runFunctions(t, s)
	})
	t.Run("dev", func(t *testing.T) { askFunctions(t, app.model, startDev(t, program, dir)) })
}

// importApp imports an app into a folder. Nothing of it may be left out.
func importApp(t *testing.T, source, dir string) {
	t.Helper()
	from, err := gomod.Find(t.Context(), "", ".")
	if err != nil {
		t.Fatal(err)
	}
	result, err := importer.Run(importer.Config{Dir: source, Runtime: from})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Findings {
		t.Log(f)
	}
	if diag.HasErrors(result.Findings) {
		t.Error("not all of the app is imported")
	}
	stage, err := result.Stage(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := stage.Commit(); err != nil {
		t.Fatal(err)
	}
}

// settingsFor are the settings of an app behind the host: those of its own, with names for hubs and connections
// that are placeholders.
func settingsFor(t *testing.T, dir string) map[string]string {
	t.Helper()
	values, err := appfiles.LocalSettings(dir)
	if err != nil {
		t.Fatal(err)
	}
	values = maps.Clone(values)
	for name, value := range values {
		if strings.HasPrefix(value, "<your-hub") {
			values[name] = "devices"
		}
	}
	maps.DeleteFunc(values, func(_, value string) bool { return value == "" || strings.HasPrefix(value, "<") })
	return values
}

// askFunctions asks an app what its http functions and events answer.
func askFunctions(t *testing.T, model *generator.App, base string) {
	var who *client
	for _, fn := range model.Functions() {
		trigger := fn.Trigger()
		if trigger.Type != "httpTrigger" {
			continue
		}
		url := base + model.Path(routeFor(fn)) + "?userid=ann&id=ann"
		switch {
		case has(fn, "webPubSubContext"):
			preflight(t, url)
		case has(fn, "webPubSubConnection"):
			var access struct{ URL string }
			if err := json.Unmarshal(get(t, url), &access); err != nil || access.URL == "" {
				t.Fatalf("%s gives no URL: %v", fn.Name, err)
			}
			if who == nil {
				who = connect(t, access.URL)
			}
		default:
			_, err := os.Stat(filepath.Join(model.Dir, "index.html"))
			if page := get(t, url); err == nil && !strings.Contains(string(page), "<title>") {
				t.Errorf("%s answers %q and no page", fn.Name, page)
			}
		}
	}
	if who == nil {
		t.Fatal("no function gives a connection")
	}
	for _, event := range userEvents(model) {
		if frames, err := who.ask(t.Context(), event, "text", "hello"); err != nil || len(frames) != 1 || !frames[0].Success {
			t.Errorf("the event %s is answered with %+v, %v", event, frames, err)
		}
	}
}

func has(fn *generator.Function, typ string) bool {
	return slices.ContainsFunc(fn.Bindings, func(b *generator.Binding) bool { return b.Type == typ })
}

var routeParameter = regexp.MustCompile(`\{[^}]*\}`)

// routeFor is a path that an http function answers.
func routeFor(fn *generator.Function) string {
	route := fn.Trigger().Value("route")
	if route == "" {
		route = fn.Name
	}
	return routeParameter.ReplaceAllString(route, "1")
}

// userEvents are the events that clients can send to the app.
func userEvents(model *generator.App) []string {
	var events []string
	for _, fn := range model.Functions() {
		switch t := fn.Trigger(); {
		case t.Value("eventType") == "user":
			events = append(events, t.Value("eventName"))
		case has(fn, "webPubSubContext") && fn.Name == "message":
			events = append(events, fn.Name)
		}
	}
	return events
}

// preflight asks whether a URL takes events of the emulator, which is on this machine.
func preflight(t *testing.T, url string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("WebHook-Request-Origin", "127.0.0.1")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Header.Get("WebHook-Allowed-Origin") == "" {
		t.Errorf("OPTIONS %s: %d %v", url, resp.StatusCode, resp.Header)
	}
}

// runFunctions has the host run the functions that neither requests nor events run.
func runFunctions(t *testing.T, s *Server) {
	for _, fn := range s.App.model.Functions() {
		switch typ := fn.Trigger().Type; typ {
		case "httpTrigger", "webPubSubTrigger":
		case "timerTrigger":
			if inv, err := s.Host.RunTimer(t.Context(), fn.Name); err != nil || !inv.Success() {
				t.Errorf("%s: %+v, %v", fn.Name, inv, err)
			}
		case "eventHubTrigger":
			wantSuccess(t, s, fn.Name, []string{`{"t": 20.5}`, "hot"})
		default:
			wantSuccess(t, s, fn.Name, "job 1")
		}
	}
}

var eventsLine = regexp.MustCompile(`^ *events +(http://[^/]+)`)

// startDev runs wpsgen dev for an app until the test ends, and returns the app's address.
func startDev(t *testing.T, program, dir string) string {
	t.Helper()
	cmd := exec.Command(program, "dev", "--addr", "127.0.0.1:0", "--emulator-addr", "127.0.0.1:0", dir)
	cmd.Env = append(os.Environ(), "GOWORK=off")
	for name, value := range settingsFor(t, dir) {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(name, ":", "__")+"="+value)
	}
	said := new(strings.Builder) // read when the program has ended
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		err := cmd.Wait()
		t.Log(said)
		if err != nil {
			t.Error(err)
		}
	})
	giveUp := time.AfterFunc(2*patience, func() { _ = cmd.Process.Signal(os.Interrupt) })
	defer giveUp.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := eventsLine.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() {
				}
			}()
			return m[1]
		}
	}
	t.Fatal("wpsgen dev ended, or did not serve in time; what it said follows")
	return ""
}
