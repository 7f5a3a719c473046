package wps

import (
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// bindingAction is an action as the Web PubSub binding has it in JSON (extension-spec 8). Each action uses
// some of the fields.
type bindingAction struct {
	ActionName   string
	UserID       string
	Group        string
	ConnectionID string
	Permission   Permission
	TargetName   string
	Reason       string
	Excluded     []string

	data Payload // of those that send
}

// restOnlyError is why an action cannot go through the Functions host.
type restOnlyError struct{ what string } // a field; empty for the action itself

func (e *restOnlyError) Error() string {
	what := e.what
	if what == "" {
		what = "this action"
	}
	return what + " is not known to the Functions host's webPubSub binding; send it with a *wps.ServiceClient, which a function can take as a parameter"
}

// restOnly is what the actions say that the binding does not have.
func restOnly() (bindingAction, error) { return bindingAction{}, &restOnlyError{} }

// encodeAction encodes an action for the outputs of the Functions host's envelope. What the host would
// change on the way is encoded so that it does not, or an error that names the field (host-spec 1.7, 3).
func encodeAction(a Action) ([]byte, error) {
	if a == nil {
		return nil, errors.New("an action is nil")
	}
	b, err := a.envelopeAction()
	if err == nil {
		_, err = a.restRequest() // what the service would refuse anyway cannot be answered once the host sends it
	}
	if err == nil {
		err = b.survives()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.actionName(), err)
	}
	return b.append(nil, a.actionName()), nil
}

// survives reports the field that the host would change.
func (b *bindingAction) survives() error {
	for _, field := range []struct{ name, value string }{
		{"UserID", b.UserID}, {"Group", b.Group}, {"ConnectionID", b.ConnectionID}, {"TargetName", b.TargetName}, {"Reason", b.Reason},
	} {
		if err := survives(field.name, field.value); err != nil {
			return err
		}
	}
	for _, id := range b.Excluded {
		if err := survives("Excluded", id); err != nil {
			return err
		}
	}
	return nil
}

func survives(field, value string) error {
	switch {
	case looksLikeDate(value):
		return fmt.Errorf("%s %q looks like a date, which the Functions host would write in another way; choose another text", field, value)
	case !utf8.ValidString(value):
		return fmt.Errorf("%s %q is not UTF-8, which JSON needs", field, value)
	}
	return nil
}

// append appends the action as JSON, without members that are not set.
func (b *bindingAction) append(doc []byte, name string) []byte {
	doc = append(doc, `{"actionName":"`...)
	doc = append(doc, name[0]|0x20) // lower case, as in the binding's documentation
	doc = append(append(doc, name[1:]...), '"')
	for _, member := range []struct{ name, value string }{
		{"userId", b.UserID}, {"group", b.Group}, {"connectionId", b.ConnectionID},
		{"permission", b.Permission.segment().text}, {"targetName", b.TargetName}, {"reason", b.Reason},
	} {
		if member.value != "" {
			doc = jsonio.AppendString(append(append(append(doc, `,"`...), member.name...), `":`...), member.value)
		}
	}
	if len(b.Excluded) > 0 {
		doc = jsonio.AppendStrings(append(doc, `,"excluded":`...), b.Excluded)
	}
	if b.data.dataType != "" {
		doc = appendData(append(doc, `,"data":`...), b.data)
		doc = append(append(append(doc, `,"dataType":"`...), b.data.dataType...), '"')
	}
	return append(doc, '}')
}

// appendData appends a payload: text as a string where the host leaves it as it is, anything else as a
// Buffer object, which is accepted for every data type (host-spec 2.4).
func appendData(doc []byte, p Payload) []byte {
	if p.dataType != DataTypeBinary && utf8.Valid(p.bytes) && !looksLikeDate(string(p.bytes)) {
		return jsonio.AppendString(doc, string(p.bytes))
	}
	doc = append(doc, `{"type":"Buffer","data":[`...)
	for i, c := range p.bytes {
		if i > 0 {
			doc = append(doc, ',')
		}
		doc = strconv.AppendUint(doc, uint64(c), 10)
	}
	return append(doc, "]}"...)
}
