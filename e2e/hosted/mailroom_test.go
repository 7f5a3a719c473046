package hosted

import (
	"cmp"
	"encoding/json"
	"net/url"
	"reflect"
	"testing"

	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// texts are those that a host with less care, or a runtime, would take for something else.
var texts = []string{
	"plain", "text", "aGVsbG8=", "TWFu", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.1234567+05:30", "/Date(1714979289000)/",
	"2024-05-06", "null", "1", `"quoted"`, `{"from":"inside"}`, "[1]", "ünï\n",
}

// rewritten is what the host makes of texts inside JSON for an output: dates go in its own form.
var rewritten = map[string]string{
	"2024-05-06T07:08:09.1234567+05:30": "2024-05-06T01:38:09.1234567+00:00",
	"/Date(1714979289000)/":             "2024-05-06T07:08:09Z",
}

type letter struct {
	From  string   `json:"from"`
	Lines []string `json:"lines"`
}

// TestMailroom runs functions with other extensions' bindings. What they hand on arrives as it was, but
// for dates inside JSON.
func TestMailroom(t *testing.T) {
	inForms(t, "mailroom", Upstreams, func(t *testing.T, app *App) {
		pages := []byte{0, 1, 0xff, 0xfe}
		filed := letter{From: texts[4], Lines: texts}
		label := texts[2]
		s := start(t, app, Options{Host: hosttest.Options{Inputs: map[string]hosttest.InputFunc{
			"blob": func(in hosttest.Input) (any, error) {
				if in.Name == "pages" {
					return pages, nil
				}
				return label, nil
			},
			"cosmosDB": func(hosttest.Input) (any, error) { return filed, nil },
		}}})
		ada := connect(t, clientURL(t, s))
		t.Run("queue of letters", func(t *testing.T) { deliver(t, s, ada, filed) })
		t.Run("queue of texts", func(t *testing.T) { stamp(t, s, ada) })
		t.Run("http", func(t *testing.T) { look(t, s, label, pages, filed) })
		t.Run("states", func(t *testing.T) { keep(t, ada) })
	})
}

// deliver hands a letter over by the queue.
func deliver(t *testing.T, s *Server, ada *client, want letter) {
	doc, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	wantSuccess(t, s, "deliver", string(doc))
	wantLetter(t, "everybody", ada.expect(t).Data, want)
	outputs := s.Host.Outputs("deliver")[0]
	filed := letter{From: want.From}
	for _, text := range want.Lines {
		filed.Lines = append(filed.Lines, cmp.Or(rewritten[text], text))
	}
	wantLetter(t, "the queue", outputs["filed"].JSON(), filed)
	invitation, ok := outputs["invitation"].Bytes()
	if !ok {
		t.Fatalf("the invitation arrived as %s", outputs["invitation"].JSON())
	}
	if guest := connect(t, string(invitation)); guest.user != "postman" {
		t.Errorf("the invitation is for %q", guest.user)
	}
}

func wantLetter(t *testing.T, whom string, doc json.RawMessage, want letter) {
	t.Helper()
	var got letter
	if err := json.Unmarshal(doc, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s got %s, %v; want %+v", whom, doc, err, want)
	}
}

// wantSuccess has the host run a function.
func wantSuccess(t *testing.T, s *Server, function string, value any) {
	t.Helper()
	inv, err := s.Host.Invoke(t.Context(), function, value)
	if err != nil || !inv.Success() {
		t.Fatalf("%s of %v: %v, %+v", function, value, err, inv)
	}
}

// stamp sends texts through two queues.
func stamp(t *testing.T, s *Server, ada *client) {
	for i, want := range texts {
		wantSuccess(t, s, "stamp", want)
		if data := ada.expect(t).Data; !equalText(data, want) {
			t.Errorf("%q came to everybody as %s", want, data)
		}
		outputs := s.Host.Outputs("stamp")
		if stamped, ok := outputs[i]["stamped"].Bytes(); !ok || string(stamped) != want {
			t.Errorf("%q came to the queue as %s", want, outputs[i]["stamped"].JSON())
		}
	}
}

func equalText(doc json.RawMessage, want string) bool {
	var got string
	return json.Unmarshal(doc, &got) == nil && got == want
}

// look calls the http function that has other extensions' inputs.
func look(t *testing.T, s *Server, label string, pages []byte, want letter) {
	var shelf struct {
		Label  string
		Pages  []byte
		Letter json.RawMessage
		Access struct{ URL string }
	}
	doc := get(t, s.URL("look")+"?user="+url.QueryEscape("ann & co"))
	if err := json.Unmarshal(doc, &shelf); err != nil || shelf.Label != label || !reflect.DeepEqual(shelf.Pages, pages) {
		t.Errorf("got %s, %v", doc, err)
	}
	wantLetter(t, "the shelf", shelf.Letter, want)
	if ann := connect(t, shelf.Access.URL); ann.user != "ann & co" {
		t.Errorf("connected as %q", ann.user)
	}
	if looked, ok := s.Host.Outputs("look")[0]["looked"].Bytes(); !ok || string(looked) != label {
		t.Errorf("the queue got %q", looked)
	}
}

// keep has texts kept on the connection, one after the other.
func keep(t *testing.T, ada *client) {
	before := ""
	for _, text := range texts {
		frames, err := ada.ask(t.Context(), "keep", "text", text)
		if err != nil || len(frames) == 0 || !frames[len(frames)-1].Success {
			t.Fatalf("%q: %+v, %v", text, frames, err)
		}
		if got := frames[0]; before != "" && (got.Type != "message" || !equalText(got.Data, before)) {
			t.Errorf("kept %q, got %s", before, got.Data)
		}
		before = text
	}
}
