package wps

import (
	"bytes"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/wpsgen/wpsgen/internal/jsonio"
)

// recorder collects the answer of an http function for the Functions host, which takes it in one piece
// and as text.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newRecorder() *recorder { return &recorder{header: make(http.Header)} }

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// reset forgets what was written: nothing has left yet.
func (w *recorder) reset() { *w = *newRecorder() }

// unsent are headers that belong to a connection, which is the host's.
var unsent = []string{"Connection", "Content-Length", "Keep-Alive", "Transfer-Encoding"}

// appendOutput appends the answer as the value of a named http output (host-spec 1.7). The error tells
// what of it the host cannot carry.
func (w *recorder) appendOutput(b []byte) ([]byte, error) {
	body := w.body.Bytes()
	if !utf8.Valid(body) {
		return nil, fmt.Errorf("the answer, a %s, is not text: behind the Functions host the body of an answer has to be, unless the host passes requests through (upstream: http)", w.header.Get("Content-Type"))
	}
	if len(body) > 0 && w.header.Get("Content-Type") == "" {
		w.header.Set("Content-Type", http.DetectContentType(body)) // as net/http does
	}
	b = fmt.Appendf(b, `{"statusCode":%d,"headers":{`, max(w.status, http.StatusOK))
	names := make([]string, 0, len(w.header))
	for name := range w.header {
		names = append(names, name)
	}
	sort.Strings(names)
	first := true
	for _, name := range names {
		value, ok := w.headerValue(name)
		if !ok {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(jsonio.AppendString(b, name), ':')
		b = jsonio.AppendString(b, value)
	}
	b = append(b, `},"body":`...)
	text := string(body)
	if looksLikeDate(text) {
		text += "\n" // a line's end is what keeps the host from writing it in another form
	}
	return append(jsonio.AppendString(b, text), '}'), nil
}

// oneLine makes blanks of line ends, as net/http does: the host fails an answer that has them in a header.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ")

// headerValue is the one value that the host takes for a header. Of several cookies it can set but one.
func (w *recorder) headerValue(name string) (string, bool) {
	values := w.header[name]
	for _, n := range unsent {
		if n == name {
			return "", false
		}
	}
	switch {
	case len(values) == 0:
		return "", false
	case name == "Set-Cookie":
		return oneLine.Replace(values[0]), true
	}
	value := oneLine.Replace(strings.Join(values, ", "))
	if looksLikeDate(value) {
		value = " " + value // blanks before a value do not count, and the host takes it for text
	}
	return value, true
}

// lostCookies is how many cookies the host cannot set.
func (w *recorder) lostCookies() int { return max(0, len(w.header["Set-Cookie"])-1) }
