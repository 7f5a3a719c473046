package emulator

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"

	"github.com/wpsgen/wpsgen/emulator/internal/odata"
	"github.com/wpsgen/wpsgen/internal/wire"
)

// groupsRequest is the body of addToGroups and removeFromGroups.
type groupsRequest struct {
	Groups []string `json:"groups"`
	Filter *string  `json:"filter"`
}

func (c *call) addToGroups() *restError      { return c.changeGroups(c.hub.join) }
func (c *call) removeFromGroups() *restError { return c.changeGroups(c.hub.leave) }

// changeGroups applies a change to the groups of the connections that the filter holds for; no filter
// means every connection of the hub (service-spec 4).
func (c *call) changeGroups(change func(group string, members ...*connection)) *restError {
	req, fail := c.groupsRequest()
	if fail != nil {
		return fail
	}
	text := ""
	if req.Filter != nil {
		text = *req.Filter
	}
	who := audience{kind: everybody}
	if who.filter, fail = parseFilter(text); fail != nil {
		return fail
	}
	members := c.hub.audience(who)
	for _, group := range req.Groups {
		change(group, members...)
	}
	return nil
}

func (c *call) groupsRequest() (*groupsRequest, *restError) {
	media, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type"))
	if err != nil || media != wire.MediaTypeJSON {
		return nil, unsupportedMedia("Use application/json.")
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, c.request.Body, maxMessage))
	if err != nil {
		return nil, badRequest("The body cannot be read, or has more than %d bytes.", maxMessage)
	}
	req := new(groupsRequest)
	if err := json.Unmarshal(body, req); err != nil {
		return nil, badRequest("The body is not a JSON object with groups and filter.")
	}
	if len(req.Groups) == 0 {
		return nil, badRequest("groups is missing or empty.")
	}
	for _, group := range req.Groups {
		if !isGroupName(group) {
			return nil, badRequest("Invalid group name in groups.")
		}
	}
	return req, nil
}

func parseFilter(text string) (*odata.Filter, *restError) {
	filter, err := odata.Parse(text)
	if err != nil {
		return nil, badRequest("Invalid filter: %v.", err)
	}
	return filter, nil
}
