package main

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wpsgen/wpsgen/emulator"
)

type emulatorOptions struct {
	addr         string
	remote       bool
	keyFromEnv   string
	handlers     []string
	systemEvents []string
	anonymous    bool
}

func newEmulatorCommand() *cobra.Command {
	var opts emulatorOptions
	cmd := &cobra.Command{
		Use:   "emulator",
		Short: "Run the Web PubSub emulator alone",
		Long: help(`Emulator runs Azure Web PubSub in memory until it is interrupted, and prints the
connection string to use. Any server SDK, client or Functions host can talk to it.`,
			`--upstream sends a hub's events to a URL: all user events, and the system events that
--system-events names. Each event is printed as a line with hub, event, user, status and
milliseconds.`,
			`It listens on loopback unless --remote is given, and its default access key is
published: with --remote, name an environment variable that holds another one.`),
		Example: "  wpsgen emulator --addr 127.0.0.1:8081 --upstream chat=http://127.0.0.1:7071/runtime/webhooks/webpubsub",
		Args:    arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runEmulator(cmd, opts)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.addr, "addr", "127.0.0.1:8081", "address to listen on; port 0 takes a free one")
	f.BoolVar(&opts.remote, "remote", false, "let other machines connect; needs --key-env")
	f.StringVar(&opts.keyFromEnv, "key-env", "", "environment variable with the access key")
	f.StringArrayVar(&opts.handlers, "upstream", nil, "HUB=URL that gets the hub's events; may be repeated")
	f.StringSliceVar(&opts.systemEvents, "system-events", []string{"connect", "connected", "disconnected"}, "system events the upstreams get")
	f.BoolVar(&opts.anonymous, "anonymous", false, "let clients without a token in, for the hubs with an upstream")
	return cmd
}

func runEmulator(cmd *cobra.Command, opts emulatorOptions) error {
	hubs, err := opts.hubs()
	if err != nil {
		return err
	}
	key, err := opts.accessKey()
	if err != nil {
		return err
	}
	em, err := emulator.New(emulator.Options{
		Addr: opts.addr, AllowRemote: opts.remote, AccessKey: key, Hubs: hubs,
		Logger:  refusals(cmd.ErrOrStderr()),
		OnEvent: func(r emulator.EventRecord) { printEvent(cmd.OutOrStdout(), r) },
	})
	if err != nil {
		return err
	}
	defer em.Close()
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "  emulator  %s\n", em.Endpoint())
	if key == "" {
		fmt.Fprintf(out, "  connection string  %s\n", em.ConnectionString())
	} else {
		fmt.Fprintf(out, "  connection string  Endpoint=%s;AccessKey=<$%s>;Version=1.0;\n", em.Endpoint(), opts.keyFromEnv)
	}
	fmt.Fprint(out, "\nCtrl-C stops it.\n\n")
	<-cmd.Context().Done()
	return nil
}

func (o emulatorOptions) accessKey() (string, error) {
	switch {
	case o.keyFromEnv == "" && o.remote:
		return "", fmt.Errorf("--remote needs an access key of your own: put one of at least 32 bytes in an environment variable and name it with --key-env")
	case o.keyFromEnv == "":
		return "", nil
	}
	key, ok := lookupSetting(o.keyFromEnv)
	if !ok || key == "" {
		return "", fmt.Errorf("--key-env: the environment variable %s is not set", o.keyFromEnv)
	}
	return key, nil
}

func (o emulatorOptions) hubs() (map[string]emulator.Hub, error) {
	hubs := make(map[string]emulator.Hub)
	for _, h := range o.handlers {
		name, url, ok := strings.Cut(h, "=")
		if !ok || name == "" || url == "" {
			return nil, fmt.Errorf("--upstream %q is not HUB=URL", h)
		}
		hub := hubs[name]
		hub.AllowAnonymous = o.anonymous
		hub.EventHandlers = append(hub.EventHandlers, emulator.EventHandler{
			URLTemplate: url, UserEventPattern: "*", SystemEvents: o.systemEvents,
		})
		hubs[name] = hub
	}
	return hubs, nil
}

// refusals is the logger for what the emulator refuses, with the reason.
func refusals(w interface{ Write([]byte) (int, error) }) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{
		Level: slog.LevelWarn,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
}
