package wps

import (
	"errors"
	"fmt"
	"strings"

	"github.com/wpsgen/wpsgen/internal/wire"
)

var (
	errNoAccessKey    = errors.New("the connection string has no AccessKey; copy one with a key from the service's Keys page, or connect by identity")
	errEmptyAccessKey = errors.New("AccessKey= is empty, which anybody could sign with; copy a connection string with a key from the service's Keys page")
	errNoCredential   = errors.New("a connection by identity needs credentials: give the app entra.WithIdentity() of package runtime/entra, or set a connection string with an AccessKey")
)

// errNotSet is why a connection is not there at all, as opposed to being unusable.
type errNotSet struct{ setting string }

func (e *errNotSet) Error() string {
	return fmt.Sprintf("setting %s is not set; set it to the service's connection string, or name another setting with connection=", e.setting)
}

// connection returns the connection that a setting holds; the empty name is the default setting. It is a
// connection string or, when there is none, what NAME__serviceUri and its neighbours say (extension-spec 9.1).
func (c *config) connection(setting string) (connection, error) {
	if setting == "" {
		setting = settingConnection
	}
	text := c.settings.get(setting)
	if text == "" {
		if uri := c.settings.get(setting + ":serviceUri"); uri != "" {
			return c.identityConnection(setting, uri)
		}
		return connection{}, &errNotSet{setting: setting}
	}
	cs, err := wire.ParseConnectionString(text)
	if err == nil && cs.HasKey && cs.AccessKey == "" {
		err = errEmptyAccessKey
	}
	if err != nil {
		return connection{}, fmt.Errorf("setting %s: %w", setting, err)
	}
	return connection{ConnectionString: cs, setting: setting}, nil
}

// service returns the connection that a setting holds, which must be one that requests can be sent with.
func (c *config) service(setting string) (connection, error) {
	conn, err := c.connection(setting)
	if err != nil || conn.authorizes() {
		return conn, err
	}
	err = errNoAccessKey
	if conn.byIdentity() {
		err = errNoCredential
	}
	return connection{}, fmt.Errorf("setting %s: %w", conn.setting, err)
}

// signers say whose keys may sign the events of a binding, as the binding has it.
type signers struct {
	connections []string
	connection  string
	unsigned    bool
}

// names are the settings that hold the connections; the empty one is the default.
func (s signers) names() []string {
	if len(s.connections) == 0 {
		return []string{s.connection}
	}
	return s.connections
}

// connections returns the connections whose keys may sign: connections, else connection, else the
// default one (extension-spec 9.1), and what is wrong with every one that cannot be used.
func (c *config) connections(from signers) ([]connection, []error) {
	names := from.names()
	var list []connection
	var problems []error
	first := make(map[string]int) // in the list, by host
	for i, name := range names {
		if strings.TrimSpace(name) == "" && len(from.connections) > 0 {
			problems = append(problems, fmt.Errorf("item %d is empty; it must be the name of a setting", i+1))
			continue
		}
		conn, err := c.connection(name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		if at, twice := first[conn.Host]; twice {
			if conn.AccessKey == "" || conn.AccessKey != list[at].AccessKey { // the same under two names, as in wpsgen dev, does no harm
				problems = append(problems, fmt.Errorf("settings %s and %s name the same host %s; an event names its key by host, so keep one", list[at].setting, name, conn.Host))
			}
			continue
		}
		first[conn.Host] = len(list)
		list = append(list, conn)
	}
	return list, problems
}
