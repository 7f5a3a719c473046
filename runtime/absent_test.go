package wps

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestAbsentBindings runs what can run of an app that has bindings of other extensions and no host.
func TestAbsentBindings(t *testing.T) {
	look := httpFunction("look", anonymous(""), func(inv *Invocation) error {
		value, err := inv.Input("Page")
		if err != nil {
			return err
		}
		var page *string
		if err := value.Decode(&page); err != nil || page != nil {
			t.Errorf("got %v, %v, want null", page, err)
		}
		if content, err := value.Bytes(); len(content) > 0 || err != nil {
			t.Errorf("got %q, %v, want nothing", content, err)
		}
		if _, err := inv.Input("none"); err == nil {
			t.Error("a binding that is none has a value")
		}
		inv.RespondHTTP(&HTTPResponse{Body: []byte("looked")})
		return errors.Join(inv.SetOutput("next", func() any { return "text" }), nil)
	})
	look.Bindings = append(look.Bindings, OtherBinding{Name: "page", Type: "blob", Direction: "in", DataType: "binary"}, OtherBinding{Name: "next", Type: "queue", Direction: "out"})
	queue := queueFunction(nothing, "")
	queue.Bindings = append(queue.Bindings, WebPubSub{Name: "actions", Hub: "{room}"})
	log := &logBuffer{}
	app := mustNew(t, []Function{look, queue}, WithSettings(map[string]string{settingConnection: testConnection, "wps_other_bindings": "Absent"}), logTo(log))
	w := httptest.NewRecorder()
	app.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/look", nil))
	if w.Code != http.StatusOK || w.Body.String() != "looked" {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	for _, want := range []string{
		"a binding is absent without the Functions host: as an input it is null, as an output it goes nowhere\" function=look source=chat.go:5 binding=page type=blob",
		"binding=next type=queue\n",
		"a function does not run without the Functions host, which has its trigger\" function=queue source=\"\" trigger=queueTrigger\n",
	} {
		if got := log.String(); !strings.Contains(got, want) {
			t.Errorf("the log lacks %q:\n%s", want, got)
		}
	}
	_, err := New([]Function{look}, WithSettings(map[string]string{settingOther: "present"}), silent())
	wantError(t, err, `function look: setting WPS_OTHER_BINDINGS: "present" is not absent`)
}
