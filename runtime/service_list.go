package wps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

// maxPageSize is the largest page that the service gives (service-spec 10).
const maxPageSize = 200

// GroupConnection is a connection in a group.
type GroupConnection struct {
	// ConnectionID is its id.
	ConnectionID string `json:"connectionId"`
	// UserID is its user; empty for an anonymous client.
	UserID string `json:"userId"`
}

// ListOptions bound a list. The zero value is all of it, in pages of the service's choice.
type ListOptions struct {
	// PageSize is how many are asked for in one call, from 1 to 200; zero leaves it to the service.
	PageSize int
	// Top is how many there are at most; zero means all.
	Top int
}

// ConnectionsInGroup returns the connections in a group, ordered by their ids; none for a group that does
// not exist. They come page by page, the first when the loop begins. The loop ends with the first error,
// which comes with an empty connection. Who comes or goes meanwhile may be missed or be there.
func (c *ServiceClient) ConnectionsInGroup(ctx context.Context, group string, o ListOptions) iter.Seq2[GroupConnection, error] {
	return func(yield func(GroupConnection, error) bool) {
		r, err := o.request(group)
		for left := o.Top; ; {
			var page groupPage
			if err == nil {
				page, err = c.page(ctx, &r)
			}
			if err != nil {
				yield(GroupConnection{}, err)
				return
			}
			for _, one := range page.Value {
				if left--; !yield(one, nil) || left == 0 {
					return
				}
			}
			if page.NextLink == "" {
				return
			}
			r.url, err = c.nextPage(r.url, page.NextLink)
		}
	}
}

const listMethod = "ConnectionsInGroup"

func (o ListOptions) request(group string) (restRequest, error) {
	q := query{}
	if o.PageSize != 0 {
		q.add("maxpagesize", strconv.Itoa(o.PageSize))
	}
	if o.Top != 0 {
		q.add("top", strconv.Itoa(o.Top))
	}
	r, err := plainRequest(http.MethodGet, http.StatusOK, q.String(),
		literal("groups"), segment("group", group), literal("connections"))
	switch {
	case o.PageSize < 0 || o.PageSize > maxPageSize:
		err = fmt.Errorf("ListOptions.PageSize %d is not one of 1 to %d", o.PageSize, maxPageSize)
	case o.Top < 0:
		err = fmt.Errorf("ListOptions.Top %d is negative", o.Top)
	}
	if err != nil {
		return r, fmt.Errorf("%s: %w", listMethod, err)
	}
	r.answers = true
	return r, nil
}

// groupPage is one page of a list (service-spec 4).
type groupPage struct {
	Value    []GroupConnection `json:"value"`
	NextLink string            `json:"nextLink"`
}

func (c *ServiceClient) page(ctx context.Context, r *restRequest) (groupPage, error) {
	var page groupPage
	out, err := c.call(ctx, listMethod, r)
	if err != nil {
		return page, err
	}
	return page, out.decode(listMethod, &page)
}

// decode reads the body of an answer.
func (o *outcome) decode(method string, into any) error {
	if len(o.body) > maxAnswer {
		return fmt.Errorf("%s: the service's answer is longer than %d bytes", method, maxAnswer)
	}
	if err := json.Unmarshal(o.body, into); err != nil {
		return fmt.Errorf("%s: the service's answer cannot be read: %w", method, err)
	}
	return nil
}

// nextPage returns the URL of the page after one. The link is the service's, and a token goes with it: it
// must lead nowhere else.
func (c *ServiceClient) nextPage(last, link string) (string, error) {
	u, err := url.Parse(link)
	switch {
	case err != nil:
		err = errors.New("nextLink is not a URL")
	case !c.owns(u):
		err = fmt.Errorf("nextLink leads to %.100q, away from %s", u.Host, c.endpoint)
	case link == last:
		err = errors.New("nextLink leads to the same page")
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", listMethod, err)
	}
	u.Fragment = ""
	return u.String(), nil
}

// owns reports whether a URL is one of the service.
func (c *ServiceClient) owns(u *url.URL) bool {
	endpoint, _, err := wire.ParseEndpoint(u.Scheme + "://" + u.Host)
	return err == nil && u.User == nil && strings.HasPrefix(endpoint+u.EscapedPath(), c.endpoint+"/")
}
