package hosttest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

func (h *Host) exchange(c *call, inv *Invocation) error {
	a, err := h.post(inv)
	if err != nil {
		return err
	}
	result, err := readAnswer(a)
	if err != nil {
		return err
	}
	if result == nil {
		inv.Hung = true
		return nil
	}
	inv.Logs, inv.ReturnValue = result.logs, result.returnValue
	for _, line := range result.logs {
		h.log.add(LogLine{Level: LevelInformation, Text: line, Invocation: inv.ID})
	}
	bound, err := c.function.bindOutputs(result)
	if err != nil {
		return err
	}
	inv.Outputs, inv.HTTP = bound.outputs, bound.http
	return h.runActions(c, bound.outputs)
}

// post sends the envelope to the process as soon as it is ready.
func (h *Host) post(inv *Invocation) (answer, error) {
	base, err := h.handler.address(h.ctx)
	if err != nil {
		return answer{}, err
	}
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, base+"/"+inv.Function, bytes.NewReader(inv.Envelope))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	h.addHeaders(req.Header, inv.ID)
	resp, err := h.client.Do(req)
	if err != nil {
		return answer{}, &HostError{Exception: "HttpRequestException", Message: err.Error()}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, &HostError{Exception: "HttpRequestException", Message: err.Error()}
	}
	return answer{resp.StatusCode, resp.Header.Get("Content-Type"), body}, nil
}

// addHeaders adds what every request to the handler has (host-spec 1.3).
func (h *Host) addHeaders(header http.Header, id string) {
	header.Set("X-Azure-Functions-InvocationId", id)
	header.Set("X-Azure-Functions-HostVersion", h.options.Version)
	agent := "Azure-Functions-Host/" + h.options.Version
	if before := header.Get("User-Agent"); before != "" {
		agent = before + " " + agent
	}
	header.Set("User-Agent", agent)
}

// runActions runs the webPubSub outputs in the bindings' order. All of one output are converted before
// any is run; the first that fails fails the function.
func (h *Host) runActions(c *call, outputs map[string]Value) error {
	for _, b := range c.function.outputs() {
		value, given := outputs[b.name]
		if !given || !b.is(typeOutput) {
			continue
		}
		hub, err := b.hub.Eval(c.input.data)
		if err != nil {
			return err
		}
		items, err := parseActions(value)
		if err != nil {
			return fmt.Errorf("output %s: %w", b.name, err)
		}
		calls, err := convertActions(hub, items)
		if err != nil {
			return fmt.Errorf("output %s: %w", b.name, err)
		}
		for _, r := range calls {
			if _, err := h.service.call(h.ctx, b.access, r); err != nil {
				return fmt.Errorf("output %s: %w", b.name, err)
			}
		}
	}
	return nil
}
