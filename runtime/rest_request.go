package wps

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// url returns the URL of a call. It is built as text because the token's audience must be equal to it,
// byte by byte.
func (c *ServiceClient) url(r *restRequest) string {
	switch {
	case r.url != "":
		return r.url
	case r.query != "":
		return c.base + r.path + "?" + r.query + "&api-version=" + apiVersion
	}
	return c.base + r.path + "?api-version=" + apiVersion
}

// newRequest makes the request of one try. The token is the credential's, when it had been used before.
func (c *ServiceClient) newRequest(ctx context.Context, r *restRequest) (req *http.Request, token string, err error) {
	target := c.url(r)
	var body io.Reader = http.NoBody // which other RoundTrippers can read, too
	if len(r.body) > 0 {
		body = bytes.NewReader(r.body)
	}
	if req, err = http.NewRequestWithContext(ctx, r.method, target, body); err != nil {
		return nil, "", err
	}
	if !r.anonymous {
		var bearer string
		if bearer, token, err = c.bearer(ctx, target); err != nil {
			return nil, "", err
		}
		req.Header["Authorization"] = []string{"Bearer " + bearer}
	}
	req.Header["User-Agent"] = []string{"wpsgen"}
	if r.contentType != "" {
		req.Header["Content-Type"] = []string{r.contentType}
	}
	return req, token, nil
}

// bearer returns the token for a URL, and it once more when it had been used before.
func (c *ServiceClient) bearer(ctx context.Context, target string) (bearer, before string, err error) {
	if c.credential == nil {
		bearer, err = wire.MintRESTToken(c.accessKey, target, time.Now())
		return bearer, "", err
	}
	token, used, err := c.credential.get(ctx)
	if used {
		before = token.Token
	}
	return token.Token, before, err
}
