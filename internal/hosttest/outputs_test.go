package hosttest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
)

// restRecorder is the service's REST API: it keeps what it is asked, and answers with success, or with
// status where that is given.
type restRecorder struct {
	status int
	mu     sync.Mutex
	calls  []string
	tokens []string
}

func (s *restRecorder) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, r.Method+" "+r.URL.EscapedPath())
	s.tokens = append(s.tokens, r.Header.Get("Authorization"))
	status := s.status
	if status == 0 {
		status = map[string]int{http.MethodPut: http.StatusOK, http.MethodDelete: http.StatusNoContent}[r.Method]
		if status == 0 {
			status = http.StatusAccepted
		}
		if strings.HasSuffix(r.URL.Path, "/:closeConnections") {
			status = http.StatusNoContent
		}
	}
	w := httptest.NewRecorder()
	w.WriteHeader(status)
	return w.Result(), nil
}

const actionsOutput = `{"type": "webPubSub", "direction": "out", "name": "actions", "hub": "{hub}"}`

// runOutput gives a webPubSub output a value.
func runOutput(t *testing.T, service *restRecorder, binding string, output json.RawMessage) *Invocation {
	t.Helper()
	trigger := `{"type": "queueTrigger", "direction": "in", "name": "item"}`
	h := New(t, Options{
		Dir:        writeApp(t, map[string]string{"f/function.json": functionJSON(trigger, binding)}),
		Settings:   testSettings(),
		HandlerURL: serveHandler(t, answerWith(string(marshal(object{{"Outputs", marshal(object{{"actions", output}})}})))),
		HTTPClient: &http.Client{Transport: service},
	})
	inv, err := h.Invoke(t.Context(), "f", `{"hub": "chat"}`)
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

// TestOutputVectors gives outputs their values, and reads in words what the host makes of them.
func TestOutputVectors(t *testing.T) {
	for _, v := range vectors.Load[*struct {
		ID, Host, DataType string
		Binding, Output    json.RawMessage
	}](t, "host/outputs-webpubsub.json") {
		t.Run(v.ID, func(t *testing.T) {
			service := new(restRecorder)
			binding := actionsOutput
			if v.Binding != nil {
				o, err := parseObject(v.Binding)
				if err != nil {
					t.Fatal(err)
				}
				binding = string(marshal(o.set("name", marshal("actions")).set("direction", marshal("out")).set("hub", marshal("chat"))))
			}
			inv := runOutput(t, service, binding, orNull(v.Output))
			wanted := 1
			if items, err := parseActions(Value{raw: v.Output}); err == nil {
				wanted = len(items)
			}
			switch words := lower(v.Host); {
			case strings.Contains(words, "fail") && !strings.Contains(words, "first failing"), strings.Contains(words, "argumentexception"),
				strings.Contains(words, "not supported"), strings.Contains(words, "rejected"):
				if inv.Success() || len(service.calls) > 0 {
					t.Errorf("it succeeded with %v", service.calls)
				}
			case strings.Contains(words, "nothing"), strings.Contains(words, "no action"):
				if !inv.Success() || len(service.calls) > 0 {
					t.Errorf("%v with %v", inv.Err, service.calls)
				}
			case strings.Contains(words, "accepted"), strings.Contains(words, " run"), strings.Contains(words, "parsed"):
				if !inv.Success() || len(service.calls) != wanted {
					t.Errorf("%v with %v, want %d calls", inv.Err, service.calls, wanted)
				}
			default:
				t.Fatalf("host %q is not understood", v.Host)
			}
		})
	}
}

// TestFailingAction stops at the first action that the service refuses.
func TestFailingAction(t *testing.T) {
	service := &restRecorder{status: http.StatusOK} // not the status of a send
	inv := runOutput(t, service, actionsOutput, json.RawMessage(`[{"actionName":"sendToAll","data":"x"},{"actionName":"sendToAll","data":"y"}]`))
	if inv.Success() || len(service.calls) != 1 {
		t.Errorf("%v with %v", inv.Err, service.calls)
	}
	if service.calls[0] != "POST /api/hubs/chat/:send" || !strings.HasPrefix(service.tokens[0], "Bearer eyJ") {
		t.Errorf("calls %v with %v", service.calls, service.tokens)
	}
}
