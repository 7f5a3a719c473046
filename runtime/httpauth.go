package wps

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"
)

// authLevel is which key an http function asks for.
type authLevel uint8

const (
	levelAnonymous authLevel = iota
	levelFunction
	levelAdmin
)

func parseAuthLevel(s string) (authLevel, error) {
	switch strings.ToLower(s) {
	case "anonymous":
		return levelAnonymous, nil
	case "", "function":
		return levelFunction, nil
	case "admin":
		return levelAdmin, nil
	}
	return 0, fmt.Errorf("authLevel %q is none of anonymous, function and admin", s)
}

// String returns the level as function.json spells it.
func (l authLevel) String() string { return [...]string{"anonymous", "function", "admin"}[l] }

// setting is where the level's key is kept.
func (l authLevel) setting() string {
	return [...]string{"", settingFunctionKey, settingAdminKey}[l]
}

// keys are the hashes of the keys by level; nil where there is none. Hashes have one length, so that
// comparing them tells nothing about the key's.
type keys [levelAdmin + 1]*[sha256.Size]byte

func (s settings) keys() keys {
	var k keys
	for _, level := range []authLevel{levelFunction, levelAdmin} {
		if key := s.get(level.setting()); key != "" {
			hash := sha256.Sum256([]byte(key))
			k[level] = &hash
		}
	}
	return k
}

// accept reports whether a request may call a function of that level. The admin key opens both; a key
// comes as the header x-functions-key or as code in the query.
func (k *keys) accept(r *http.Request, level authLevel) bool {
	if level == levelAnonymous {
		return true
	}
	given := r.Header.Get("X-Functions-Key")
	if given == "" {
		given = r.URL.Query().Get("code")
	}
	hash := sha256.Sum256([]byte(given))
	match := 0
	for l := level; l <= levelAdmin; l++ {
		if k[l] != nil {
			match |= subtle.ConstantTimeCompare(hash[:], k[l][:])
		}
	}
	return match == 1
}
