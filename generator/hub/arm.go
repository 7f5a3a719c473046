package hub

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// allGroups is the filter of group presence events that lets every group through: a name may end in *
// (service-spec 6.1).
var allGroups = []string{"*"}

// armTemplate is the part of an ARM template that hubs need; names are those of service-spec 6.1.
type armTemplate struct {
	Schema         string                  `json:"$schema"`
	ContentVersion string                  `json:"contentVersion"`
	Parameters     map[string]armParameter `json:"parameters,omitempty"`
	Resources      []armHub                `json:"resources"`
}

type armParameter struct {
	Type     string            `json:"type"`
	Metadata map[string]string `json:"metadata"`
}

type armHub struct {
	Type       string        `json:"type"`
	APIVersion string        `json:"apiVersion"`
	Name       string        `json:"name"`
	Properties armProperties `json:"properties"`
}

type armProperties struct {
	AnonymousConnectPolicy string       `json:"anonymousConnectPolicy"`
	EventHandlers          []armHandler `json:"eventHandlers"`
}

type armHandler struct {
	URLTemplate         string       `json:"urlTemplate"`
	UserEventPattern    string       `json:"userEventPattern,omitempty"`
	SystemEvents        []string     `json:"systemEvents,omitempty"`
	GroupPresenceEvents *armPresence `json:"groupPresenceEvents,omitempty"`
}

type armPresence struct {
	EventNames   []string `json:"eventNames"`
	GroupFilters []string `json:"groupFilters"`
}

// arm prints a template with a resource for each hub of a service that exists.
func arm(settings []Settings, target Target) (string, error) {
	t := armTemplate{
		Schema:         "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
		ContentVersion: "1.0.0.0",
		Resources:      []armHub{},
	}
	if slices.ContainsFunc(settings, Settings.NeedsKey) {
		t.Parameters = map[string]armParameter{keyParameter: {
			Type:     "securestring",
			Metadata: map[string]string{"description": strings.ReplaceAll(keyHelp, "\n", " ")},
		}}
	}
	for _, handlers := range byHub(settings) {
		h := armHub{
			Type:       "Microsoft.SignalRService/webPubSub/hubs",
			APIVersion: versionFor(handlers),
			Name:       armString(target.Service + "/" + handlers[0].Hub),
			Properties: armProperties{AnonymousConnectPolicy: "deny"},
		}
		for _, s := range handlers {
			h.Properties.EventHandlers = append(h.Properties.EventHandlers, newARMHandler(s, target))
		}
		t.Resources = append(t.Resources, h)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	err := enc.Encode(t)
	return b.String(), err
}

func newARMHandler(s Settings, target Target) armHandler {
	h := armHandler{URLTemplate: armString(target.URL + s.Path), UserEventPattern: armString(s.UserEventPattern())}
	if s.NeedsKey() {
		h.URLTemplate = "[concat('" + strings.ReplaceAll(target.URL+s.Path+"?code=", "'", "''") + "', uriComponent(parameters('" + keyParameter + "')))]"
	}
	for _, event := range s.SystemEvents {
		h.SystemEvents = append(h.SystemEvents, armString(event))
	}
	if len(s.GroupPresenceEvents) > 0 {
		h.GroupPresenceEvents = &armPresence{EventNames: s.GroupPresenceEvents, GroupFilters: allGroups}
	}
	return h
}

// armString makes a string one that an ARM template takes as it is: one in brackets would be an expression.
func armString(s string) string {
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		return "[" + s
	}
	return s
}
