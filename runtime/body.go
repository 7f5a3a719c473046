package wps

import (
	"io"
	"net/http"
)

// defaultMaxBody bounds request bodies: the service sends no message above 1 MiB.
const defaultMaxBody = 1 << 20

// maxMaxBody is the highest bound there is: more than any machine holds, and yet a number to count with.
const maxMaxBody = 1 << 50

// exactBody bounds the memory that is made ready for a body on its request's word alone.
const exactBody = 32 << 20

// readBody reads a request's body of at most limit bytes: into one slice of its exact size when the
// request tells it. What is longer is a *http.MaxBytesError; when the request says so itself, nothing
// is read.
func readBody(r *http.Request, limit int64) ([]byte, error) {
	switch n := r.ContentLength; {
	case n > limit:
		return nil, &http.MaxBytesError{Limit: limit}
	case n == 0 || r.Body == nil:
		return nil, nil
	case n > 0 && n <= exactBody:
		body := make([]byte, n)
		_, err := io.ReadFull(r.Body, body)
		return body, err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > limit {
		return nil, &http.MaxBytesError{Limit: limit}
	}
	return body, nil
}

// closeAfter makes the server close the connection after this answer, in place of reading the rest of
// the body to get at the next request.
func closeAfter(w http.ResponseWriter) { w.Header().Set("Connection", "close") }
