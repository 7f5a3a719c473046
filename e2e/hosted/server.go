package hosted

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/generator/hub"
	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// Options are what a Server may be given.
type Options struct {
	// Emulator are those of the service.
	Emulator emulator.Options
	// Host are those of the host. Its folder, the service's connection string and the storage account
	// are there already.
	Host hosttest.Options
}

// Server is an app behind the stand-in of the host, and the emulator, which know each other.
type Server struct {
	App      *App
	Emulator *emulator.Emulator
	Host     *hosttest.Host

	stopTimers context.CancelFunc
	timers     sync.WaitGroup
}

// Start runs an app until Close. The emulator sends the events for which the app has functions.
func Start(ctx context.Context, app *App, o Options) (*Server, error) {
	s := &Server{App: app, stopTimers: func() {}}
	var err error
	if s.Emulator, err = emulator.New(o.Emulator); err != nil {
		return nil, err
	}
	settings := map[string]string{
		"WebPubSubConnectionString": s.Emulator.ConnectionString(),
		"AzureWebJobsStorage":       "UseDevelopmentStorage=true",
	}
	for _, fn := range app.model.Functions() {
		for _, b := range fn.Bindings {
			if !b.IsOther() { // another extension's is of another service
				for _, name := range append(b.Values("connection"), b.Values("connections")...) {
					settings[name] = s.Emulator.ConnectionString()
				}
			}
		}
	}
	maps.Copy(settings, o.Host.Settings)
	o.Host.Dir, o.Host.Settings = app.Dir, settings
	if s.Host, err = hosttest.Start(ctx, o.Host); err != nil {
		return nil, errors.Join(err, s.Emulator.Close())
	}
	if err := s.setHubs(settings); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// setHubs gives every hub of the app its event handlers.
func (s *Server) setHubs(settings map[string]string) error {
	all, err := hub.FromApp(s.App.model, func(name string) (string, bool) {
		value, ok := settings[name]
		return value, ok
	})
	if err != nil {
		return err
	}
	hubs := make(map[string]emulator.Hub)
	for _, h := range all {
		name := strings.ToLower(h.Hub)
		hubs[name] = emulator.Hub{EventHandlers: append(hubs[name].EventHandlers, emulator.EventHandler{
			URLTemplate: s.Host.URL() + h.Path, SystemEvents: h.SystemEvents, UserEventPattern: h.UserEventPattern(),
		})}
	}
	for name, h := range hubs {
		err = errors.Join(err, s.Emulator.SetHub(name, h))
	}
	return err
}

// URL is the address of one of the app's http functions.
func (s *Server) URL(function string) string { return s.Host.URL() + s.App.model.Path(function) }

// Close ends everything: the host first, which kills the app, since that would go on trying to reach a
// service that has gone.
func (s *Server) Close() error {
	s.stopTimers()
	s.Host.Close()
	s.timers.Wait()
	return s.Emulator.Close()
}
