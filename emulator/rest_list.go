package emulator

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxPage is the largest page of a listing, and the size of one nobody asked for (service-spec 10).
const maxPage = 200

// continuation marks the tokens that say where a listing goes on.
const continuation = "after:"

// memberPage is one page of the connections of a group.
type memberPage struct {
	Value    []member `json:"value"`
	NextLink string   `json:"nextLink,omitempty"`
}

type member struct {
	ConnectionID string  `json:"connectionId"`
	UserID       *string `json:"userId,omitempty"`
}

// listGroup answers one page of a group's connections, ordered by their ids.
func (c *call) listGroup() *restError {
	size, fail := c.number("maxpagesize", maxPage, maxPage)
	if fail != nil {
		return fail
	}
	const unlimited = 1<<31 - 1
	top, fail := c.number("top", unlimited, unlimited)
	if fail != nil {
		return fail
	}
	after, fail := c.continuesAfter()
	if fail != nil {
		return fail
	}
	all := c.hub.audience(audience{kind: oneGroup, name: c.group})
	all = slices.DeleteFunc(all, func(one *connection) bool { return one.id <= after })
	slices.SortFunc(all, func(a, b *connection) int { return strings.Compare(a.id, b.id) })

	page := memberPage{Value: []member{}}
	for _, one := range all[:min(size, top, len(all))] {
		page.Value = append(page.Value, member{one.id, one.userID})
	}
	if shown := len(page.Value); shown < min(top, len(all)) {
		left := 0
		if top < unlimited {
			left = top - shown
		}
		page.NextLink = c.nextLink(size, left, all[shown-1].id)
	}
	c.answer = page
	return nil
}

// nextLink is the URL of the page after a connection, with top reduced to what is left of it.
func (c *call) nextLink(size, left int, after string) string {
	query := url.Values{
		"api-version":       {c.version},
		"maxpagesize":       {strconv.Itoa(size)},
		"continuationToken": {base64.RawURLEncoding.EncodeToString([]byte(continuation + after))},
	}
	if left > 0 {
		query.Set("top", strconv.Itoa(left))
	}
	return c.base() + c.request.URL.EscapedPath() + "?" + query.Encode()
}

// base is the endpoint as the caller knows it.
func (c *call) base() string { return "http://" + c.request.Host }

// continuesAfter reads the id of the last connection of the page before, empty for the first page.
func (c *call) continuesAfter() (string, *restError) {
	token := lastValue(c.query, "continuationToken")
	if token == "" {
		return "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(token)
	id, ok := strings.CutPrefix(string(text), continuation)
	if err != nil || !ok || id == "" {
		return "", badRequest("continuationToken is not one of a listing.")
	}
	return id, nil
}

// number reads a parameter from 1 to most.
func (c *call) number(name string, most, missing int) (int, *restError) {
	text := lastValue(c.query, name)
	if text == "" {
		return missing, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, badRequest("%s must be a number from 1 to %d.", name, most)
	}
	return n, nil
}
