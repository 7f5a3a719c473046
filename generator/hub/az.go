package hub

import (
	"slices"
	"strings"
)

// azKey is the environment variable of the az commands that has the key. The shell stops without it.
const azKey = "WEBPUBSUB_EXTENSION_KEY"

// az prints a command for each hub (service-spec 6.3). create replaces what the hub has.
func az(settings []Settings, target Target) string {
	var b strings.Builder
	b.WriteString(comment("#", "A hub that has settings already is changed with update in place of create."))
	if slices.ContainsFunc(settings, Settings.NeedsKey) {
		b.WriteString(comment("#", azKey+" is, URL-encoded, "+keyHelp))
	}
	for _, handlers := range byHub(settings) {
		b.WriteString("az webpubsub hub create --name=" + shell(target.Service) +
			" --resource-group=" + shell(target.ResourceGroup) + " --hub-name=" + shell(handlers[0].Hub))
		for _, s := range handlers {
			b.WriteString(" \\\n  --event-handler " + azHandler(s, target))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// azHandler has the words of one event handler; az parts each at its first equals sign.
func azHandler(s Settings, target Target) string {
	url := shell("url-template=" + target.URL + s.Path)
	if s.NeedsKey() {
		url = shell("url-template="+target.URL+s.Path+"?code=") + `"${` + azKey + `:?}"`
	}
	words := []string{url}
	if pattern := s.UserEventPattern(); pattern != "" {
		words = append(words, shell("user-event-pattern="+pattern))
	}
	for _, event := range s.SystemEvents {
		words = append(words, shell("system-event="+event))
	}
	return strings.Join(words, " ")
}

// shell quotes a word for a POSIX shell, unless it has nothing the shell would look at.
func shell(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,@+", r)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
