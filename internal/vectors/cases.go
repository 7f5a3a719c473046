package vectors

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
)

// Case is a vector whose expectations are those of the extension until Apply makes them package
// runtime's.
type Case struct {
	// ID names the vector.
	ID string
	// File is the vector's, as in extension/requests.json.
	File string
	// Members are the vector's, but for what it expects.
	Members map[string]json.RawMessage
	// Expected is what it expects, by name.
	Expected map[string]json.RawMessage

	// Unsigned tells that the bindings must accept everything by name, as the extension does unasked.
	Unsigned bool
	// Vouched tells that something else than a signature must vouch for the events.
	Vouched bool
	// Refused tells that the app does not start.
	Refused bool
}

// Cases returns the vectors of a file with what package runtime is expected to do.
func Cases(t testing.TB, file string) []*Case {
	t.Helper()
	var list []*Case
	for _, members := range Load[map[string]json.RawMessage](t, file) {
		c := &Case{ID: Text(t, members["id"]), File: file, Members: members}
		if c.Expected = Decode[map[string]json.RawMessage](t, members["expected"]); c.Expected == nil {
			t.Fatalf("%s: %s expects nothing", file, c.ID)
		}
		delete(members, "expected")
		c.Apply()
		list = append(list, c)
	}
	return list
}

// Decode reads the vector's members, but for what it expects, into v.
func (c *Case) Decode(t testing.TB, v any) {
	t.Helper()
	doc, err := json.Marshal(c.Members)
	if err == nil {
		err = json.Unmarshal(doc, v)
	}
	if err != nil {
		t.Fatalf("%s: %s: %v", c.File, c.ID, err)
	}
}

// Check checks what the case expects, as Check does.
func (c *Case) Check(t testing.TB, checks map[string]func(t testing.TB, want json.RawMessage)) {
	t.Helper()
	checkMembers(t, c.Expected, checks)
}

// Apply makes of what the extension does what package runtime does. What some difference cannot read is
// left to the test.
func (c *Case) Apply() {
	for _, d := range Differences {
		if d.apply != nil {
			d.apply(c)
		}
	}
}

// text is a member that must be a string, "" for none.
func text(members map[string]json.RawMessage, name string) string {
	var s string
	if json.Unmarshal(members[name], &s) != nil {
		return ""
	}
	return s
}

// number is a member that must be an integer, 0 for none.
func number(members map[string]json.RawMessage, name string) int {
	var n int
	if json.Unmarshal(members[name], &n) != nil {
		return 0
	}
	return n
}

// object is a member that must be an object; a string with JSON in it is read, too.
func object(members map[string]json.RawMessage, name string) map[string]json.RawMessage {
	raw := []byte(members[name])
	if s := text(members, name); s != "" {
		raw = []byte(s)
	}
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	return o
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || bytes.Equal(raw, []byte("null")) }

func (c *Case) expect(name string, value any) {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(errors.Join(errors.New("expect "+name), err))
	}
	c.Expected[name] = raw
}
