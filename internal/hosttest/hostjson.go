package hosttest

import (
	"fmt"
	"strings"
	"time"
)

const (
	// defaultInitialization is how long a process may take to be ready (host-spec 1.2).
	defaultInitialization = 30 * time.Second
	// defaultFunctionTimeout is that of all plans but Consumption (host-spec 1.3).
	defaultFunctionTimeout = 30 * time.Minute
)

// hostConfig is what the stand-in takes from host.json.
type hostConfig struct {
	config          config
	retry           *retryPolicy
	routePrefix     string
	functionTimeout time.Duration // 0: none
	// legacy tells that the handler is under the deprecated httpWorker, which customHandler beats.
	legacy         bool
	forward, proxy bool
	initialization time.Duration
	stderrAsError  bool
}

// readHostConfig checks host.json by the host's rules (host-spec 4.1).
func readHostConfig(doc object, s settings) (*hostConfig, error) {
	switch raw, ok := doc.fold("version"); {
	case !ok:
		return nil, ownText("The host.json file is missing the required 'version' property. See https://aka.ms/functions-hostjson for steps to migrate the configuration file.")
	case netTextOfConfig(raw) != "2.0":
		return nil, ownText("'%s' is an invalid value for host.json 'version' property. We recommend you set the 'version' property to '2.0'.", netTextOfConfig(raw))
	}
	c := newConfig(doc, s)
	h := &hostConfig{
		config: c, routePrefix: "api", functionTimeout: defaultFunctionTimeout, initialization: defaultInitialization,
		legacy: !c.has("customhandler") && c.has("httpworker"),
	}
	if prefix, ok := c["extensions:http:routeprefix"]; ok {
		h.routePrefix = strings.Trim(prefix, "/")
	}
	h.forward = c.isTrue("customhandler:enableforwardinghttprequest", false)
	h.proxy = c.isTrue("customhandler:enableproxyinghttprequest", false)
	h.stderrAsError = c.isTrue(h.section()+":description:usestderrorstreamforerrorsonly", true)
	if raw, ok := doc.fold("retry"); ok {
		var err error
		if h.retry, err = parseRetry(raw); err != nil {
			return nil, err
		}
	}
	return h, h.readTimes()
}

func (h *hostConfig) section() string {
	if h.legacy {
		return "httpworker"
	}
	return "customhandler"
}

func (h *hostConfig) readTimes() error {
	var err error
	switch text := h.config["functiontimeout"]; text {
	case "":
	case "-1", "-00:00:00.0010000":
		h.functionTimeout = 0
	default:
		if h.functionTimeout, err = parseTimeSpan(text); err != nil {
			return fmt.Errorf("functionTimeout: %w", err)
		}
	}
	if text := h.config[h.section()+":initializationtimeout"]; text != "" {
		if h.initialization, err = parseTimeSpan(text); err != nil {
			return fmt.Errorf("initializationTimeout: %w", err)
		}
	}
	return nil
}
