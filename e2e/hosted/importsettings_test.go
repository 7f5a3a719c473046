package hosted

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/internal/hosttest"
	"github.com/wpsgen/wpsgen/internal/schedule"
)

var (
	settingInText = regexp.MustCompile(`%([^%]+)%`)
	plainSetting  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
)

// settingsFor are the settings that an app is tried with: its own, as far as they do not name a service or disable a
// function, and values for those that its bindings need and that are not there or hold a placeholder of any
// spelling.
func settingsFor(t *testing.T, model *generator.App) map[string]string {
	t.Helper()
	own, err := appfiles.LocalSettings(model.Dir)
	if err != nil {
		t.Fatal(err)
	}
	values := make(map[string]string)
	for name, value := range own {
		if value != "" && !namesService(model, name) && !strings.HasPrefix(name, "AzureWebJobs.") {
			values[name] = value
		}
	}
	values["WebPubSubHub"] = valueFor("hub", "WebPubSubHub", own["WebPubSubHub"])
	for _, fn := range model.Functions() {
		for _, b := range fn.Bindings {
			for _, m := range b.Members {
				for _, found := range settingInText.FindAllStringSubmatch(fmt.Sprint(m.Value), -1) {
					values[found[1]] = valueFor(m.Key, found[1], own[found[1]])
				}
			}
		}
	}
	return values
}

// namesService reports whether a setting is the connection of one of our bindings, or a part of it.
func namesService(model *generator.App, setting string) bool {
	setting = strings.ReplaceAll(setting, "__", ":")
	for _, fn := range model.Functions() {
		for _, b := range fn.Bindings {
			if b.IsOther() {
				continue
			}
			for _, name := range append(b.Values("connection"), append(b.Values("connections"), "WebPubSubConnectionString")...) {
				name = strings.ReplaceAll(name, "__", ":")
				if strings.EqualFold(name, setting) || strings.HasPrefix(strings.ToLower(setting), strings.ToLower(name)+":") {
					return true
				}
			}
		}
	}
	return false
}

// valueFor is a setting's own value where it can be the property's, else one made of the setting's name.
func valueFor(property, name, own string) string {
	made := "s" + regexp.MustCompile(`[^A-Za-z0-9]`).ReplaceAllString(name, "")
	switch property {
	case "hub", "eventName", "route":
		if plainSetting.MatchString(own) {
			return own
		}
		return made
	case "schedule":
		if _, err := schedule.Parse(own); err == nil {
			return own
		}
		return "0 0 0 1 1 *"
	}
	return cmp.Or(own, made)
}

// otherInputs make the host know the binding types of extensions that it does not have, and give nulls.
func otherInputs(model *generator.App) map[string]hosttest.InputFunc {
	inputs := make(map[string]hosttest.InputFunc)
	for _, fn := range model.Functions() {
		for _, b := range fn.Bindings {
			if b.IsOther() {
				inputs[b.Type] = func(hosttest.Input) (any, error) { return nil, nil }
			}
		}
	}
	return inputs
}
