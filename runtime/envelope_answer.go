package wps

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// hostAnswer is what goes back to the Functions host for one call (host-spec 1.7).
type hostAnswer struct {
	outputs     []byte // members of the object, with commas between
	returnValue []byte // JSON; nil is null
	log         string // a line for the invocation's log; "" for none
}

func (a *hostAnswer) setOutput(name string, value []byte) {
	if len(a.outputs) > 0 {
		a.outputs = append(a.outputs, ',')
	}
	a.outputs = append(jsonio.AppendString(a.outputs, name), ':')
	a.outputs = append(a.outputs, value...)
}

func (a *hostAnswer) write(w http.ResponseWriter, status int) {
	b := append(make([]byte, 0, 64+len(a.outputs)+len(a.returnValue)+len(a.log)), `{"Outputs":{`...)
	b = append(append(b, a.outputs...), `},"Logs":[`...)
	if a.log != "" {
		b = jsonio.AppendString(b, a.log)
	}
	b = append(b, `],"ReturnValue":`...)
	if a.returnValue == nil {
		b = append(b, "null"...)
	}
	b = append(append(b, a.returnValue...), '}')
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	w.Write(b) // an error means that the host has gone: there is nobody left to tell
}

// collect puts what the function gave to its outputs into the answer.
func (a *hostAnswer) collect(inv *Invocation) error {
	if inv.host {
		if err := a.deliver(inv); err != nil {
			return err
		}
	}
	return a.deliverOthers(inv)
}

// deliver puts what the function added to its outputs into the answer. The host carries actions out after
// the function, when nothing can be told to the sender any more, so all that can be wrong with one is
// looked for here.
func (a *hostAnswer) deliver(inv *Invocation) error {
	for _, list := range inv.actions {
		actions := list.taken()
		if len(actions) == 0 {
			continue
		}
		if !inv.function.hasOutput(list.output) {
			return noOutput(list.output, len(actions))
		}
		value := []byte{'['}
		for i, action := range actions {
			doc, err := encodeAction(action)
			if err != nil {
				return fmt.Errorf("output %s: action %d: %w", list.output, i+1, err)
			}
			if i > 0 {
				value = append(value, ',')
			}
			value = append(value, doc...)
		}
		a.setOutput(list.output, append(value, ']'))
	}
	return nil
}

// deliverOthers puts what the function gave to other extensions' outputs into the answer.
func (a *hostAnswer) deliverOthers(inv *Invocation) error {
	for _, out := range inv.envelope.outputs {
		value, err := inv.function.other(out.name).outgoing(out.value())
		if err != nil {
			return fmt.Errorf("output %s: %w", out.name, err)
		}
		if value != nil {
			a.setOutput(out.name, value)
		}
	}
	return nil
}
