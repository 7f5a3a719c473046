package hosttest

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

var (
	errNullItem = ownText("ArgumentNullException: item")
	errBinary   = ownText("WebPubSubDataType is binary, please use ArrayBuffer as message data type.")
)

// parseActions reads what a webPubSub output was given: an object, a list of objects, or JSON text of
// either. Nothing and an empty list are no action (host-spec 3).
func parseActions(v Value) ([]json.RawMessage, error) {
	raw := v.raw
	switch {
	case v.bytes != nil:
		return nil, errNullItem // bytes convert to no action
	case isNull(raw):
		return nil, nil
	case isString(raw):
		text, _ := stringIn(raw)
		if _, date := parseDate(text); date || !json.Valid([]byte(text)) {
			return nil, fmt.Errorf("the output is no JSON: %w", errNullItem)
		}
		raw = json.RawMessage(text)
	}
	if !isArray(raw) {
		return []json.RawMessage{raw}, nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, err
	}
	return items, nil
}

// convertActions makes calls of all actions before any is made, so that one bad item sends nothing.
func convertActions(hub string, items []json.RawMessage) ([]restRequest, error) {
	var calls []restRequest
	for _, item := range items {
		call, err := convertAction(hub, item)
		if err != nil {
			return nil, err
		}
		calls = append(calls, call)
	}
	return calls, nil
}

// action reads the properties of one action and remembers the first that is missing.
type action struct {
	object object
	err    error
}

// text converts a property as Newtonsoft does: any scalar has a text.
func (a *action) text(property string) string {
	raw, _ := a.object.fold(property)
	if (isObject(raw) || isArray(raw)) && a.err == nil {
		a.err = conversionError(raw, "System.String")
	}
	return netText(raw)
}

// segment is a property the service's client requires, escaped for a path.
func (a *action) segment(property string) string {
	text := a.text(property)
	if text == "" && a.err == nil {
		a.err = ownText("ArgumentNullException: %s", property)
	}
	return escapeData(text)
}

func (a *action) optional(query []queryValue, property string) []queryValue {
	if text := a.text(property); text != "" {
		query = append(query, queryValue{property, text})
	}
	return query
}

func (a *action) excluded() []queryValue {
	raw, _ := a.object.fold("excluded")
	texts, err := connectField("excluded", raw)
	var ids []string
	if (err != nil || json.Unmarshal(texts, &ids) != nil) && a.err == nil {
		a.err = conversionError(raw, "System.Collections.Generic.IList`1[System.String]")
	}
	var query []queryValue
	for _, id := range ids {
		query = append(query, queryValue{"excluded", id})
	}
	return query
}

// convertAction makes the call of one action (extension-spec 8).
func convertAction(hub string, item json.RawMessage) (restRequest, error) {
	o, err := parseObject(item)
	if err != nil {
		return restRequest{}, errNullItem
	}
	a := &action{object: o}
	name := a.text("actionName")
	if len(name) >= 4 && strings.EqualFold(name[:4], "send") {
		if err := checkDataType(o); err != nil {
			return restRequest{}, err
		}
	}
	build, ok := actions[strings.ToLower(name)]
	if !ok {
		return restRequest{}, ownText("Not supported WebPubSubOperation: %s.", name)
	}
	call := build(a)
	call.path = "/api/hubs/" + escapeData(hub) + call.path
	return call, a.err
}

// checkDataType wants binary data in the form Node's Buffer has; it runs before the name is looked at.
func checkDataType(o object) error {
	raw, ok := o.fold("dataType")
	if !ok {
		return nil
	}
	if mediaType, err := dataTypeValue(raw); err != nil || mediaType != wire.MediaTypeBinary {
		return nil
	}
	data, _ := o.fold("data")
	inner, err := parseObject(data)
	if err != nil {
		return errBinary
	}
	kind, _ := inner.exact("type") // as JToken's indexer has it
	if !strings.EqualFold(netText(kind), "Buffer") {
		return errBinary
	}
	return nil
}
