package hosttest

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/wpsgen/wpsgen/internal/vectors"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// TestContextVectors reads requests as the webPubSubContext binding does. Those without a request show
// what an object looks like that the vector describes, or there is no HTTP request at all.
func TestContextVectors(t *testing.T) {
	for _, v := range vectors.Load[*struct {
		ID      string
		Request *struct {
			Method, URL, BodyBase64 string
			Headers                 [][2]string
		}
		Accesses []accessVector
		Expected map[string]json.RawMessage
	}](t, "extension/context.json") {
		t.Run(v.ID, func(t *testing.T) {
			var got *requestContext
			switch {
			case v.Request != nil:
				r := &httpRequest{method: v.Request.Method, header: headerOf(v.Request.Headers), content: fromBase64Text(t, v.Request.BodyBase64)}
				got = newRequestContext(validatorOf(t, v.Accesses), r)
			case v.Expected["json"] != nil:
				got = describedContext(t, v.Expected["json"])
			default:
				got = newRequestContext(validatorOf(t, v.Accesses), nil)
			}
			checkContext(t, got, v.Expected)
		})
	}
}

// TestContextLines: of headers with several lines the binding reads the first, where the trigger reads all.
func TestContextLines(t *testing.T) {
	key := "k"
	v := validatorOf(t, []accessVector{{Endpoint: "https://svc.example", AccessKey: &key, Credential: "key"}})
	good := wire.NewSigner(key).Sign("c")
	for _, c := range []struct {
		signatures, origins []string
		want                int
	}{
		{[]string{good}, []string{"svc.example"}, http.StatusOK},
		{[]string{good, "sha256=00"}, []string{"svc.example", "other.example"}, http.StatusOK},
		{[]string{"sha256=00", good}, []string{"svc.example"}, http.StatusUnauthorized},
		{[]string{good}, []string{"other.example", "svc.example"}, http.StatusUnauthorized},
	} {
		h := http.Header{
			wire.HeaderHub: {"chat"}, wire.HeaderType: {"azure.webpubsub.sys.connected"}, wire.HeaderEventName: {"connected"},
			wire.HeaderConnectionID: {"c", "d"}, wire.HeaderSignature: c.signatures, wire.HeaderRequestOrigin: c.origins,
		}
		if got := newRequestContext(v, &httpRequest{method: http.MethodPost, header: h}); got.status != c.want {
			t.Errorf("%q, %q: %d, want %d", c.signatures, c.origins, got.status, c.want)
		}
	}
}

// TestContextEmptyHeaders: a header without a value is there, and of several subprotocols the first counts.
func TestContextEmptyHeaders(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        int
	}{
		{wire.HeaderType, "", http.StatusOK}, // a user event
		{wire.HeaderEventName, "", http.StatusOK},
		{wire.HeaderType, "-", http.StatusBadRequest},
		{wire.HeaderEventName, "-", http.StatusBadRequest},
	} {
		h := http.Header{wire.HeaderType: {"azure.webpubsub.sys.connected"}, wire.HeaderEventName: {"connected"}, "Content-Type": {"text/plain"}}
		if h[c.name] = []string{c.value}; c.value == "-" {
			delete(h, c.name)
		}
		if got := newRequestContext(validatorOf(t, nil), &httpRequest{method: http.MethodPost, header: h}); got.status != c.want {
			t.Errorf("%s %q: %d, want %d", c.name, c.value, got.status, c.want)
		}
	}
	h := http.Header{wire.HeaderType: {""}, wire.HeaderSubprotocol: {"x", "mqtt"}, wire.HeaderPhysicalConnectionID: {"p"}}
	if e, err := contextEvent(h); err != nil || e.context.mqtt {
		t.Errorf("mqtt %t, %v", e.context.mqtt, err)
	}
}

// describedContext builds the object that a vector's JSON describes.
func describedContext(t testing.TB, raw json.RawMessage) *requestContext {
	t.Helper()
	var doc struct {
		Request               json.RawMessage
		ErrorMessage          *string
		HasError, IsPreflight bool
		Response              *struct {
			Status  int
			Body    *string
			Headers map[string][]string
		}
	}
	decodeInto(t, raw, &doc)
	c := &requestContext{status: http.StatusOK, errorMessage: doc.ErrorMessage, isPreflight: doc.IsPreflight}
	if doc.Response != nil {
		c.status, c.headers = doc.Response.Status, doc.Response.Headers
		if doc.Response.Body != nil {
			c.body = *doc.Response.Body
		}
	}
	switch {
	case doc.HasError || isNull(doc.Request) || !isObject(doc.Request):
	case doc.IsPreflight:
		c.request = doc.Request
	default:
		c.request = marshal(eventOf(t, doc.Request).request())
	}
	return c
}

func checkContext(t *testing.T, got *requestContext, expected map[string]json.RawMessage) {
	raw := marshal(got.json())
	member := func(name string) func(testing.TB, json.RawMessage) {
		return func(t testing.TB, want json.RawMessage) {
			if err := vectors.Subset(marshal(object{{name, want}}), raw); err != nil {
				t.Error(err)
			}
		}
	}
	expectations := checks{
		"json": func(t testing.TB, want json.RawMessage) {
			if err := vectors.Subset(want, raw); err != nil {
				t.Errorf("%v\nof %s", err, raw)
			}
		},
		"requestKind": func(t testing.TB, want json.RawMessage) {
			if kind, wanted := kindOfRequest(t, got.request), vectors.Text(t, want); kind != wanted {
				t.Errorf("a %s request, want %s", kind, wanted)
			}
		},
	}
	for _, name := range []string{"isPreflight", "hasError", "errorMessage", "request", "response"} {
		expectations[name] = member(name)
	}
	vectors.Check(t, marshal(expected), expectations)
}

// kindOfRequest tells the kind of a request object by its members.
func kindOfRequest(t testing.TB, raw json.RawMessage) string {
	t.Helper()
	o, err := parseObject(raw)
	if err != nil {
		return "none"
	}
	if _, ok := o.exact("isValid"); ok {
		return "preflight"
	}
	return string(eventOf(t, raw).kind)
}
