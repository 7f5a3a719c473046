package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/hub"
	"github.com/wpsgen/wpsgen/internal/expr"
)

// formatEmulator is the format that the emulator takes, which package hub does not know of.
const formatEmulator = "json"

// hubFormats are the values of --format.
var hubFormats = []string{hub.FormatAz, hub.FormatBicep, hub.FormatTerraform, hub.FormatARM, formatEmulator}

type hubOptions struct {
	format string
	target hub.Target
}

func newHubCommand() *cobra.Command {
	var opts hubOptions
	cmd := &cobra.Command{
		Use:   "hub [packages]",
		Short: "Print the event handlers that the service needs",
		Long: help(`Hub prints the event handler settings that an app's functions need, for the service: az
commands for a POSIX shell (--format az), a Bicep file (bicep), Terraform for the azurerm
provider (terraform), an ARM template (arm), or the hubs of the emulator, as
emulator.Options.Hubs takes them (json). The service itself is taken to exist. Nothing is
asked over the network and nothing is changed there.`,
			`An event is listed when a function runs on it, and connect only then: a service that asks
and gets no answer lets no client in. Clients without a token are not let in; whoever
wants that changes it in what is printed. The URL is that of the host's extension, with
?code= and a variable for its key, which is never printed; with upstream: http in
wpsgen.yaml, and for functions with //wps:context, it is the app's own. A program that
runs without the Functions host needs no key: take ?code= off.`,
			`Hubs and events that come from an app setting, as %NAME%, are looked up in the environment
and then in local.settings.json. What cannot be known is said on stderr, with the way
out. Findings go to stderr, too, and with an error among them nothing is printed.`),
		Example: "  wpsgen hub --url https://chat.azurewebsites.net --name chat-wps --resource-group chat >hub.sh\n" +
			"  wpsgen hub --format bicep ./chat/... >hub.bicep",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runHub(cmd, opts, args)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.format, "format", hub.FormatAz, "what is printed: "+strings.Join(hubFormats, ", "))
	f.StringVar(&opts.target.URL, "url", "", "the app's base URL as the service reaches it")
	f.StringVar(&opts.target.Service, "name", "", "name of the Web PubSub resource")
	f.StringVar(&opts.target.ResourceGroup, "resource-group", "", "resource group of the Web PubSub resource, for az and terraform")
	completeWords(cmd, "format", hubFormats...)
	return cmd
}

func runHub(cmd *cobra.Command, opts hubOptions, patterns []string) error {
	if err := opts.check(); err != nil {
		return err
	}
	app, wd, err := appWithoutErrors(cmd, patterns)
	if err != nil {
		return err
	}
	settings, err := hubSettings(cmd.ErrOrStderr(), app)
	if err != nil {
		return err
	}
	for _, note := range hub.Notes(app) {
		place := note.Function.Place
		fmt.Fprintf(cmd.ErrOrStderr(), "%s:%d: function %s: %s\n", diag.Relative(wd, place.File), place.Line, note.Function.Name, note.Text)
	}
	if len(settings) == 0 {
		sayHub(cmd.ErrOrStderr(), "no function of the app runs on an event of a hub that the directives name; there is nothing to print")
		return nil
	}
	opts.fill(cmd.ErrOrStderr())
	opts.sayPresence(cmd.ErrOrStderr(), settings)
	text, err := renderHub(opts, settings)
	if err != nil {
		return err
	}
	_, err = io.WriteString(cmd.OutOrStdout(), text)
	return err
}

func sayHub(w io.Writer, format string, args ...any) {
	fmt.Fprintf(w, "wpsgen hub: "+format+"\n", args...)
}

// appWithoutErrors analyses packages of one app and prints its findings.
func appWithoutErrors(cmd *cobra.Command, patterns []string) (*generator.App, string, error) {
	result, wd, err := analyse(patterns)
	if err != nil {
		return nil, "", err
	}
	var findings findingOptions
	report := &diag.Report{Findings: result.Findings, Root: wd}
	if err := findings.write(cmd.ErrOrStderr(), cmd.ErrOrStderr(), report); err != nil {
		return nil, "", err
	}
	if err := findings.failed(result.Findings); err != nil {
		return nil, "", err
	}
	app, err := theApp(result, cmp.Or(strings.Join(patterns, " "), "./..."), wd)
	return app, wd, err
}

// hubSettings derives an app's settings and says which of the app settings they depend on.
func hubSettings(errOut io.Writer, app *generator.App) ([]hub.Settings, error) {
	local, err := appfiles.LocalSettings(app.Dir)
	if err != nil {
		return nil, err
	}
	said := make(map[string]bool)
	settings, err := hub.FromApp(app, func(name string) (string, bool) {
		value, from, ok := settingOf(name, local)
		if ok && !said[name] {
			said[name] = true
			sayHub(errOut, "the app setting %s is taken from %s; where the app runs it has to be the same", name, from)
		}
		return value, ok
	})
	var missing *expr.UnresolvedError
	switch {
	case errors.As(err, &missing):
		return nil, fmt.Errorf("%w Set %s in the environment or in %s as it is where the app runs", err, missing.Setting, appfiles.SettingsFile)
	case err != nil:
		return nil, err
	}
	return settings, hub.Check(settings)
}

// settingOf finds an app setting as dev does, and says where.
func settingOf(name string, local map[string]string) (value, from string, ok bool) {
	if value, ok = lookupSetting(name); ok {
		return value, "the environment", true
	}
	value, ok = local[name]
	return value, appfiles.SettingsFile, ok
}
