package wps

import (
	"net/url"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/internal/expr"
	"github.com/wpsgen/wpsgen/internal/vectors"
)

// TestTriggerExpressionVectors evaluates expressions against an event.
func TestTriggerExpressionVectors(t *testing.T) {
	var file struct {
		Vectors []struct{ Expr, Value, Error string } `json:"wps_trigger_vectors"`
	}
	vectors.Read(t, "host/binding-expressions.json", &file)
	vectors.Some(t, len(file.Vectors), "expressions")
	for _, v := range file.Vectors {
		template, err := expr.Parse(v.Expr)
		if err != nil {
			t.Errorf("%s: %v", v.Expr, err)
			continue
		}
		want := v.Value
		if of, ok := strings.CutSuffix(want, " of the event"); ok {
			want = "the " + of
		}
		// Whichever kind of event has what the expression asks for.
		got := ""
		for _, kind := range []eventKind{kindConnect, kindUser, kindDisconnected} {
			if got, err = template.Eval(&eventData{function: "f", event: eventWithAll(kind)}); got != "" {
				break
			}
		}
		switch {
		case v.Error != "":
			if err == nil || !strings.Contains(err.Error(), v.Error) {
				t.Errorf("%s is %q, %v, want the error %q", v.Expr, got, err, v.Error)
			}
		case err != nil || got != want:
			t.Errorf("%s is %q, %v, want %q", v.Expr, got, err, want)
		}
	}
}

// eventWithAll is an event whose texts tell what they are.
func eventWithAll(kind eventKind) *event {
	e := &event{kind: kind, body: []byte("x"), dataType: DataTypeText, context: ConnectionContext{
		EventType: EventTypeSystem, EventName: "the eventName", Hub: "the hub", ConnectionID: "the connectionId",
		UserID: "the userId", Signature: "the signature", Origin: "the origin",
	}}
	switch kind {
	case kindDisconnected:
		e.disconnected = &DisconnectedEventRequest{ConnectionContext: e.context, Reason: "the reason"}
	case kindConnect:
		e.connect = &ConnectEventRequest{ConnectionContext: e.context, Claims: Claims{"sub": {"ann"}}, Query: url.Values{"room": {"red"}}, Subprotocols: []string{"p"}}
	}
	return e
}
