package emulator

import (
	"strings"
	"sync"
)

// maxLiteralRules bounds the names granted or revoked one by one, per permission and connection
// (service-spec 4).
const maxLiteralRules = 1000

// permission says for which groups a connection may do one thing. Names that were granted or revoked
// one by one decide before roles do.
type permission struct {
	mu       sync.RWMutex
	all      bool
	literals map[string]bool
	patterns []pattern
}

// newPermission reads the roles that speak about the verb, "joinLeaveGroup" or "sendToGroup"; other
// roles are skipped. It returns the roles whose pattern is not one.
func newPermission(verb string, roles []string) (*permission, []string) {
	p := &permission{literals: make(map[string]bool)}
	var bad []string
	base := "webpubsub." + verb
	for _, role := range roles {
		rest, ok := strings.CutPrefix(role, base)
		if !ok {
			continue
		}
		if rest == "" {
			p.all = true
		} else if name, ok := strings.CutPrefix(rest, "."); ok && name != "" {
			p.literals[name] = true
		} else if text, ok := strings.CutPrefix(rest, "s."); ok && text != "" {
			compiled, err := compilePattern(text)
			if err != nil {
				bad = append(bad, role)
				continue
			}
			p.patterns = append(p.patterns, compiled)
		}
	}
	return p, bad
}

// allows reports whether the connection may do it in the group.
func (p *permission) allows(group string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if allowed, ok := p.literals[group]; ok {
		return allowed
	}
	return p.allowedByRule(group)
}

// set grants or revokes the literal group name. It reports false when there are too many names.
func (p *permission) set(group string, allowed bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.allowedByRule(group) == allowed {
		delete(p.literals, group)
		return true
	}
	if _, known := p.literals[group]; !known && len(p.literals) >= maxLiteralRules {
		return false
	}
	p.literals[group] = allowed
	return true
}

func (p *permission) allowedByRule(group string) bool {
	if p.all {
		return true
	}
	for _, pattern := range p.patterns {
		if pattern.match(group) {
			return true
		}
	}
	return false
}
