package wps

import "encoding/json"

// DataType says how a payload is to be read.
type DataType string

// Data types of payloads, spelled as in the bindings' JSON.
const (
	DataTypeText   DataType = "text"
	DataTypeJSON   DataType = "json"
	DataTypeBinary DataType = "binary"
)

// Payload is data with its type: what an action sends or a user event is answered with. Make one
// with Text, JSON or Binary; the zero Payload is empty and is not sent.
type Payload struct {
	dataType DataType
	bytes    []byte
	err      error
}

// Text makes a text payload.
func Text(s string) Payload { return Payload{dataType: DataTypeText, bytes: []byte(s)} }

// Binary makes a binary payload. It does not copy b.
func Binary(b []byte) Payload { return Payload{dataType: DataTypeBinary, bytes: b} }

// JSON makes a JSON payload of v as json.Marshal encodes it. A value that cannot be encoded makes the
// action or reply that carries it fail, with json.Marshal's error.
func JSON(v any) Payload {
	b, err := json.Marshal(v)
	return Payload{dataType: DataTypeJSON, bytes: b, err: err}
}

// DataType returns the payload's type, "" for the zero Payload.
func (p Payload) DataType() DataType { return p.dataType }

// Bytes returns the payload as it goes over the wire, or the error that kept it from being encoded.
func (p Payload) Bytes() ([]byte, error) { return p.bytes, p.err }
