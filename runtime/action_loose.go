package wps

import (
	"encoding/json"
	"reflect"
)

// looseAction is an action of the binding in what JSON the extension takes it from.
type looseAction struct {
	ActionName   looseText       `json:"actionName"`
	UserID       looseText       `json:"userId"`
	Group        looseText       `json:"group"`
	ConnectionID looseText       `json:"connectionId"`
	Permission   looseName       `json:"permission"`
	TargetName   looseText       `json:"targetName"`
	Reason       looseText       `json:"reason"`
	Excluded     []looseText     `json:"excluded"`
	Data         json.RawMessage `json:"data"`
	DataType     looseName       `json:"dataType"`
}

// strict is the action but for its data.
func (a *looseAction) strict() bindingAction {
	b := bindingAction{
		ActionName: string(a.ActionName), UserID: string(a.UserID), Group: string(a.Group), ConnectionID: string(a.ConnectionID),
		Permission: parsePermission(a.Permission), TargetName: string(a.TargetName), Reason: string(a.Reason),
	}
	for _, id := range a.Excluded {
		b.Excluded = append(b.Excluded, string(id))
	}
	return b
}

// looseText is a text that may be another scalar in JSON: Newtonsoft's reader, with which the extension
// converts actions, makes a text of it.
type looseText string

// UnmarshalJSON takes any scalar; null leaves it empty.
func (x *looseText) UnmarshalJSON(doc []byte) error {
	switch doc[0] {
	case '"':
		return json.Unmarshal(doc, (*string)(x))
	case 'n':
		return nil
	case 't':
		*x = "True" // as .NET writes it
	case 'f':
		*x = "False"
	case '{':
		return &json.UnmarshalTypeError{Value: "object", Type: reflect.TypeFor[string]()}
	case '[':
		return &json.UnmarshalTypeError{Value: "array", Type: reflect.TypeFor[string]()}
	default:
		*x = looseText(doc)
	}
	return nil
}
