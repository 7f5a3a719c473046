package wps

import (
	"errors"
	"fmt"

	"github.com/wpsgen/wpsgen/internal/wire"
)

var errNoAccessKey = errors.New("the connection string has no AccessKey; copy one with a key from the service's Keys page (connections by identity are not supported yet by this version)")

// errNotSet is why a connection is not there at all, as opposed to being unusable.
type errNotSet struct{ setting string }

func (e *errNotSet) Error() string {
	return fmt.Sprintf("setting %s is not set; set it to the service's connection string, or name another setting with connection=", e.setting)
}

// connection returns the connection that a setting holds; the empty name is the default setting. A
// connection without a key is an error: it could neither check a signature nor make a token.
func (s settings) connection(setting string) (wire.ConnectionString, error) {
	if setting == "" {
		setting = settingConnection
	}
	text := s.get(setting)
	if text == "" {
		if s.get(setting+":serviceUri") != "" {
			return wire.ConnectionString{}, fmt.Errorf(
				"setting %s__serviceUri names a connection by identity, which is not supported yet by this version; set %s to a connection string with an AccessKey", setting, setting)
		}
		return wire.ConnectionString{}, &errNotSet{setting: setting}
	}
	cs, err := wire.ParseConnectionString(text)
	if err == nil && cs.AccessKey == "" {
		err = errNoAccessKey
	}
	if err != nil {
		return wire.ConnectionString{}, fmt.Errorf("setting %s: %w", setting, err)
	}
	return cs, nil
}

// signers say whose keys may sign the events of a binding, as the binding has it.
type signers struct {
	connections []string
	connection  string
	unsigned    bool
}

// connections returns the connections whose keys may sign: connections, else connection, else the
// default one (extension-spec 9.1), and what is wrong with every one that cannot be used.
func (s settings) connections(from signers) ([]wire.ConnectionString, []error) {
	names := from.connections
	if len(names) == 0 {
		names = []string{from.connection}
	}
	var list []wire.ConnectionString
	var problems []error
	settingOf := make(map[string]string)
	for i, name := range names {
		if name == "" && len(from.connections) > 0 {
			problems = append(problems, fmt.Errorf("item %d is empty; it must be the name of a setting", i+1))
			continue
		}
		cs, err := s.connection(name)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		if first, twice := settingOf[cs.Host]; twice {
			problems = append(problems, fmt.Errorf("settings %s and %s name the same host %s; an event names its key by host, so keep one", first, name, cs.Host))
			continue
		}
		settingOf[cs.Host] = name
		list = append(list, cs)
	}
	return list, problems
}
