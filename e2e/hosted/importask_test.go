package hosted

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/hub"
	"github.com/wpsgen/wpsgen/runtime"
)

// emulatorAt is the connection string of the emulator that wpsgen dev runs at an endpoint.
func emulatorAt(endpoint string) string {
	return "Endpoint=" + endpoint + ";AccessKey=" + emulator.DefaultAccessKey + ";Version=1.0;"
}

// askApp asks an app what its http functions answer, and sends it each event that its hubs have, by clients of
// the emulator.
func askApp(t *testing.T, model *generator.App, base, connectionString string, settings map[string]string) {
	served := false
	for _, fn := range model.Functions() {
		if fn.Trigger().Type == "httpTrigger" {
			served = askFunction(t, model, fn, base) || served
		}
	}
	if pages, _ := filepath.Glob(filepath.Join(model.Dir, "*.html")); len(pages) > 0 && !served {
		t.Errorf("no function answers with %s", pages)
	}
	hubs, err := hub.FromApp(model, func(name string) (string, bool) { value, ok := settings[name]; return value, ok })
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range hubs {
		if strings.HasSuffix(h.Path, "}") && answers(t, model, "validate", "options") == nil {
			continue // no function answers for the context functions when the service asks
		}
		askHub(t, h, connectionString)
	}
}

// askHub sends a hub's user events as a client that was let in, and leaves.
func askHub(t *testing.T, h hub.Settings, connectionString string) {
	t.Helper()
	service, err := wps.NewServiceClient(connectionString, h.Hub)
	if err != nil {
		t.Fatal(err)
	}
	access, err := service.ClientAccess(t.Context(), wps.ClientAccessOptions{UserID: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	who, _, err := dial(t.Context(), access.URL)
	if err != nil {
		t.Fatalf("nobody gets into hub %s: %v", h.Hub, err)
	}
	defer who.conn.CloseNow()
	for _, event := range strings.Split(h.UserEventPattern(), ",") {
		if event == "" {
			continue
		}
		event = strings.ReplaceAll(event, "*", "message")
		if frames, err := who.ask(t.Context(), event, "text", "hello"); err != nil || len(frames) != 1 || !frames[0].Success {
			t.Errorf("the event %s of hub %s is answered with %+v, %v", event, h.Hub, frames, err)
		}
	}
}

// askFunction asks an http function by each of its methods, and by one that nobody takes. It reports whether the
// function answers with a page of the app.
func askFunction(t *testing.T, model *generator.App, fn *generator.Function, base string) bool {
	t.Helper()
	path := routeFor(t, fn)
	url := base + escaped(model.Path(path))
	methods := fn.Trigger().Values("methods")
	if len(methods) == 0 {
		methods = []string{"get", "post"}
	}
	page := false
	for _, method := range methods {
		if owner := answers(t, model, path, method); owner != fn {
			continue // another function's route is nearer
		}
		switch resp := ask(t, fn, strings.ToUpper(method), url); {
		case has(fn, "webPubSubContext"):
			checkContext(t, fn, method, resp)
		case fails(fn):
			if resp.status < http.StatusBadRequest {
				t.Errorf("%s %s is answered with %d", method, url, resp.status)
			}
		case resp.status != http.StatusOK:
			t.Errorf("%s %s is answered with %d %s", method, url, resp.status, resp.body)
		case has(fn, "webPubSubConnection"):
			checkAccess(t, fn, method, resp.body)
		default:
			page = checkPage(t, model, method, resp) || page
		}
	}
	for _, method := range []string{"get", "delete", "patch"} {
		if answers(t, model, path, method) != nil {
			continue
		}
		if resp := ask(t, fn, strings.ToUpper(method), url); resp.status != http.StatusNotFound && resp.status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s, which %s does not take, is answered with %d", method, url, fn.Name, resp.status)
		}
	}
	return page
}

type reply struct {
	status int
	header http.Header
	body   []byte
}

// ask sends a request that has everything that the function's binding expressions may take from one.
func ask(t *testing.T, fn *generator.Function, method, url string) reply {
	t.Helper()
	names := expressionsOf(fn)
	query, fields := []string{"userid=ann", "id=ann"}, make(map[string]string)
	for _, name := range names {
		query = append(query, name+"=ann")
		fields[name] = "ann"
	}
	doc, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, url+"?"+strings.Join(query, "&"), strings.NewReader(string(doc)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("WebHook-Request-Origin", "127.0.0.1")
	req.Header.Set("x-functions-key", "local") // that of wpsgen dev
	for _, name := range names {
		req.Header.Set(name, "ann")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, body}
}

// checkContext checks that a function which takes events answers the service's question, and nobody else.
func checkContext(t *testing.T, fn *generator.Function, method string, resp reply) {
	t.Helper()
	asked := method == "options"
	if allowed := resp.status == http.StatusOK && resp.header.Get("WebHook-Allowed-Origin") != ""; allowed != asked {
		t.Errorf("%s by %s: %d %v", fn.Name, method, resp.status, resp.header)
	}
}

func checkAccess(t *testing.T, fn *generator.Function, method string, body []byte) {
	t.Helper()
	var access struct{ URL string }
	if method == "head" {
		return
	}
	if err := json.Unmarshal(body, &access); err != nil || !strings.HasPrefix(access.URL, "ws") {
		t.Errorf("%s gives no URL but %s: %v", fn.Name, body, err)
	}
}

// checkPage checks that a function answers nothing or a page that the app has, and reports which.
func checkPage(t *testing.T, model *generator.App, method string, resp reply) bool {
	t.Helper()
	if !strings.HasPrefix(resp.header.Get("Content-Type"), "text/html") {
		if len(resp.body) > 0 {
			t.Errorf("a function that does nothing answers %q", resp.body)
		}
		return false
	}
	var pages [][]byte
	err := filepath.WalkDir(model.Dir, func(path string, d os.DirEntry, err error) error {
		if end := filepath.Ext(path); err == nil && (end == ".html" || end == ".htm") {
			var src []byte
			src, err = os.ReadFile(path)
			pages = append(pages, src)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if method != "head" && !slices.ContainsFunc(pages, func(src []byte) bool { return string(src) == string(resp.body) }) {
		t.Errorf("the page answered is none of the app's:\n%s", resp.body)
	}
	return true
}

func has(fn *generator.Function, typ string) bool {
	return slices.ContainsFunc(fn.Bindings, func(b *generator.Binding) bool { return b.Type == typ })
}
