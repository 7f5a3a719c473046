package wps

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/wpsgen/wpsgen/internal/jsonio"
	"github.com/wpsgen/wpsgen/internal/schedule"
)

// hostConfig is what this package must know of how the Functions host that started it is set up.
type hostConfig struct {
	addr        string        // where to listen
	routePrefix string        // of http functions
	forwards    bool          // the host passes some requests through as they are (host-spec 1.8)
	timeout     time.Duration // after which the host kills the process; 0 for never
}

// Settings that override host.json (host-spec 4.1), and those that tell the host's default timeout.
const (
	overridePrefix  = "AzureFunctionsJobHost:"
	settingAppRoot  = "FUNCTIONS_APP_ROOT_PATH"
	settingSKU      = "WEBSITE_SKU"
	skuConsumption  = "Dynamic"
	timeoutConsume  = 5 * time.Minute
	timeoutElse     = 30 * time.Minute
	timeoutUnending = "-1"
)

// host reads how the Functions host is set up; nil when it is not what started this process.
func (s settings) host() (*hostConfig, error) {
	port := s.get(settingHostPort)
	if port == "" {
		return nil, nil
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, fmt.Errorf("setting %s: %q is not a port number", settingHostPort, port)
	}
	file, err := readHostJSON(s.get(settingAppRoot))
	if err != nil {
		return nil, err
	}
	h := &hostConfig{addr: "127.0.0.1:" + port, routePrefix: "api"}
	if p := file.Extensions.HTTP.RoutePrefix; p != nil {
		h.routePrefix = *p
	}
	if p, ok := s.lookup(settingRoutePrefix); ok {
		h.routePrefix = p
	}
	h.routePrefix = strings.Trim(h.routePrefix, "/")
	h.forwards = s.hostFlag("customHandler:enableForwardingHttpRequest", file.CustomHandler.EnableForwardingHTTPRequest) ||
		s.hostFlag("customHandler:enableProxyingHttpRequest", file.CustomHandler.EnableProxyingHTTPRequest)
	h.timeout, err = s.functionTimeout(file.FunctionTimeout)
	return h, err
}

// hostFlag is a truth value of host.json, which a setting may override.
func (s settings) hostFlag(name string, file hostBool) bool {
	if override, ok := s.lookup(overridePrefix + name); ok {
		return strings.EqualFold(override, "true")
	}
	return bool(file)
}

// hostJSON is the part of host.json that matters here.
type hostJSON struct {
	FunctionTimeout string `json:"functionTimeout"`
	Extensions      struct {
		HTTP struct {
			RoutePrefix *string `json:"routePrefix"`
		} `json:"http"`
	} `json:"extensions"`
	CustomHandler struct {
		EnableForwardingHTTPRequest hostBool `json:"enableForwardingHttpRequest"`
		EnableProxyingHTTPRequest   hostBool `json:"enableProxyingHttpRequest"`
	} `json:"customHandler"`
}

// hostBool is a truth value, which the host takes as text, too.
type hostBool bool

// UnmarshalJSON reads true, false and the same as text.
func (b *hostBool) UnmarshalJSON(doc []byte) error {
	*b = hostBool(strings.EqualFold(strings.Trim(string(doc), `"`), "true"))
	return nil
}

// readHostJSON reads host.json of an app as leniently as the host does.
func readHostJSON(root string) (hostJSON, error) {
	var file hostJSON
	path := filepath.Join(root, "host.json")
	src, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return file, nil
	}
	if err == nil {
		err = json.Unmarshal(jsonio.Standardize(src), &file)
	}
	if err != nil {
		return file, fmt.Errorf("%s: %w", path, err)
	}
	return file, nil
}

// functionTimeout is how long a call may take (host-spec 1.3): what host.json says, else what the plan gives.
func (s settings) functionTimeout(text string) (time.Duration, error) {
	if override, ok := s.lookup(overridePrefix + "functionTimeout"); ok {
		text = override
	}
	switch {
	case text == timeoutUnending:
		return 0, nil
	case text == "" && strings.EqualFold(s.get(settingSKU), skuConsumption):
		return timeoutConsume, nil
	case text == "":
		return timeoutElse, nil
	}
	span, err := schedule.Parse(text)
	if err != nil || span.Interval() == 0 {
		return 0, fmt.Errorf("host.json: functionTimeout %q is not a time span such as 00:05:00", text)
	}
	return span.Interval(), nil
}

// passesOn reports whether the host passes requests for a function through, and never calls it with an
// envelope: where it does so at all, those with an httpTrigger in, an http output and nothing else
// (host-spec 1.8). With UpstreamHTTP the host sees none of this package's other bindings.
func (h *hostConfig) passesOn(f *boundFunction) bool {
	if !h.forwards || f.http == nil {
		return false
	}
	outputs := 0
	for _, b := range f.Bindings {
		switch b.(type) {
		case HTTPTrigger:
		case HTTPOutput:
			outputs++
		case OtherBinding:
			return false
		default:
			if f.Upstream == UpstreamTrigger {
				return false
			}
		}
	}
	return outputs == 1
}

// deadline is how long a call gets before its context ends: a little less than the host allows, since the
// host answers a call that takes too long by killing the process.
func (h *hostConfig) deadline() time.Duration { return h.timeout - min(h.timeout/20, 2*time.Second) }
