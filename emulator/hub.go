package emulator

import (
	"sync"
	"sync/atomic"
)

// hub knows the connections of one hub and who is in which group.
type hub struct {
	name     string // in lower case
	settings atomic.Pointer[hubSettings]

	mu          sync.RWMutex
	connections map[string]*connection
	users       map[string]connectionSet
	groups      map[string]connectionSet
}

type connectionSet map[*connection]struct{}

func newHub(name string) *hub {
	h := &hub{
		name:        name,
		connections: make(map[string]*connection),
		users:       make(map[string]connectionSet),
		groups:      make(map[string]connectionSet),
	}
	h.settings.Store(newHubSettings())
	return h
}

// add makes a connection known, as a member of the groups.
func (h *hub) add(c *connection, groups []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.connections[c.id] = c
	if c.user() != "" {
		insert(h.users, c.user(), c)
	}
	for _, group := range groups {
		h.joinLocked(c, group)
	}
}

// remove forgets a connection; it reports false when that was done before.
func (h *hub) remove(c *connection) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.connections[c.id] != c {
		return false
	}
	delete(h.connections, c.id)
	discard(h.users, c.user(), c)
	for group := range c.groups {
		discard(h.groups, group, c)
	}
	clear(c.groups)
	return true
}

// connection returns the connection of that id, or nil.
func (h *hub) connection(id string) *connection {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.connections[id]
}

// join makes the connections members of the group. Those that have ended meanwhile are left out.
func (h *hub) join(group string, members ...*connection) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range members {
		if h.connections[c.id] == c {
			h.joinLocked(c, group)
		}
	}
}

func (h *hub) joinLocked(c *connection, group string) {
	c.groups[group] = struct{}{}
	insert(h.groups, group, c)
}

// leave ends the membership of the connections in the group.
func (h *hub) leave(group string, members ...*connection) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range members {
		delete(c.groups, group)
		discard(h.groups, group, c)
	}
}

// leaveAll ends every membership of the connections.
func (h *hub) leaveAll(members ...*connection) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range members {
		for group := range c.groups {
			discard(h.groups, group, c)
		}
		clear(c.groups)
	}
}

func insert(sets map[string]connectionSet, name string, c *connection) {
	set, ok := sets[name]
	if !ok {
		set = make(connectionSet)
		sets[name] = set
	}
	set[c] = struct{}{}
}

func discard(sets map[string]connectionSet, name string, c *connection) {
	set := sets[name]
	delete(set, c)
	if len(set) == 0 {
		delete(sets, name)
	}
}
