package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wpsgen/wpsgen/emulator"
	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/appfiles"
	"github.com/wpsgen/wpsgen/generator/diag"
	"github.com/wpsgen/wpsgen/generator/hub"
	"github.com/wpsgen/wpsgen/internal/dev"
)

// stopGrace is how long a program may take to finish what it is doing.
const stopGrace = 5 * time.Second

// readyLimit is how long a program may take to come up.
const readyLimit = 30 * time.Second

// devSession is one run of wpsgen dev: what stays while programs come and go, and the program of now.
type devSession struct {
	dir         string
	out, errOut io.Writer
	tmp         string
	proxy       *dev.Proxy
	emulator    *emulator.Emulator
	findings    findingOptions
	watcher     *dev.Watcher

	builds    int
	announced bool         // the addresses have been printed
	pkg       string       // the main package, once known
	current   *build       // what serves, nil before anything does
	hubs      []string     // those the emulator has event handlers for
	running   *dev.Process // its process
	ending    sync.WaitGroup
}

// build is a program with all it needs to run.
type build struct {
	app      *generator.App
	program  string
	env      []string
	settings []hub.Settings
	sum      [sha256.Size]byte // of program and environment
}

// discard removes the program. What is left of it goes with the session's folder.
func (b *build) discard() { _ = os.RemoveAll(filepath.Dir(b.program)) }

func (s *devSession) say(format string, args ...any) {
	fmt.Fprintf(s.errOut, "wpsgen dev: "+format+"\n", args...)
}

// reload generates and builds what is in the folder now and lets it take over, unless it is what runs
// already. When it cannot, the program that runs stays.
func (s *devSession) reload(ctx context.Context) error {
	begun := time.Now()
	b, built, err := s.build(ctx)
	if err != nil {
		return err
	}
	before := s.current
	if before != nil && b.sum == before.sum && s.serving() {
		b.discard()
		return nil
	}
	s.current = b
	if err := s.start(ctx); err != nil {
		if s.serving() {
			s.current = before
			b.discard()
		}
		return err
	}
	if before != nil {
		before.discard()
	}
	if !s.announced {
		s.announced = true
		s.printApp()
	} else {
		s.say("serving again after %d ms, of which the build took %d ms", time.Since(begun).Milliseconds(), built.Milliseconds())
	}
	return nil
}

// build makes a program of what is in the folder now. It also returns how long go build took.
func (s *devSession) build(ctx context.Context) (*build, time.Duration, error) {
	if s.current == nil {
		s.say("generating %s", s.dir)
	}
	app, err := s.generate()
	if err != nil {
		return nil, 0, err
	}
	b := &build{app: app}
	local, err := appfiles.LocalSettings(app.Dir)
	if err != nil {
		return nil, 0, err
	}
	b.env = environment(app, local, s.emulator.ConnectionString())
	if b.settings, err = hub.FromApp(app, lookupIn(b.env)); err != nil {
		return nil, 0, err
	}
	if s.pkg == "" {
		if s.pkg, err = dev.MainPackage(ctx, app.Dir); err != nil {
			return nil, 0, err
		}
	}
	if s.current == nil {
		s.say("building %s", s.pkg)
	}
	s.builds++
	b.program = filepath.Join(s.tmp, strconv.Itoa(s.builds), programName(app.Dir))
	begun := time.Now()
	if err := dev.Build(ctx, app.Dir, s.pkg, b.program); err != nil {
		s.pkg = "" // it may be another one now
		return nil, 0, fmt.Errorf("the app does not build:\n%w", buildProblem(err))
	}
	took := time.Since(begun)
	program, err := os.ReadFile(b.program)
	if err != nil {
		return nil, 0, err
	}
	b.sum = sha256.Sum256(append(program, strings.Join(b.env, "\x00")...))
	go s.watchSources(ctx, app.Dir, s.pkg)
	return b, took, nil
}

// watchSources adds the folders of packages outside the app's.
func (s *devSession) watchSources(ctx context.Context, dir, pkg string) {
	folders, err := dev.SourceFolders(ctx, dir, pkg)
	if err == nil {
		err = s.watcher.Add(folders...)
	}
	if err != nil && ctx.Err() == nil {
		s.say("changes outside %s are not seen: %v", dir, err)
	}
}

// start runs the current build, waits until it is ready, points everything at it and ends the program
// before it.
func (s *devSession) start(ctx context.Context) error {
	b := s.current
	ctx, cancel := context.WithTimeoutCause(ctx, readyLimit, fmt.Errorf("the app did not get ready within %s", readyLimit))
	defer cancel()
	launch := dev.Launch{
		Program: b.program, Dir: b.app.Dir, Env: b.env,
		AddrVariable: settingAddr, ReadyPath: "/readyz", Output: s.errOut,
	}
	if s.running == nil {
		launch.Tried = func(addr string) { s.say("starting, waiting for http://%s%s", addr, launch.ReadyPath) }
	}
	p, addr, err := launch.Start(ctx)
	if err != nil {
		return err
	}
	if err := s.setHubs(b.settings); err != nil {
		p.Stop(0)
		return err
	}
	s.proxy.Point(addr)
	s.retire()
	s.running = p
	return nil
}

// retire lets the program that runs, if one does, finish what it is doing and end.
func (s *devSession) retire() {
	if p := s.running; p != nil {
		s.ending.Go(func() { p.Stop(stopGrace) })
		s.running = nil
	}
}

// stop ends every program and returns when all are gone.
func (s *devSession) stop() {
	s.retire()
	s.ending.Wait()
}

// exited is closed when the program that runs ends; nil, which blocks, when it is known to have ended.
func (s *devSession) exited() <-chan struct{} {
	if !s.serving() {
		return nil
	}
	return s.running.Done()
}

// serving reports whether a program runs.
func (s *devSession) serving() bool { return s.running != nil && !s.ended() }

// ended reports whether the program has ended by itself.
func (s *devSession) ended() bool {
	if s.running == nil {
		return false
	}
	select {
	case <-s.running.Done():
		return true
	default:
		return false
	}
}

func (s *devSession) base() string { return "http://" + s.proxy.Addr() }

// generate brings the files of the app in the folder up to date and prints its findings.
func (s *devSession) generate() (*generator.App, error) {
	defer collectLess()()
	result, err := generator.Run(generator.Config{Dir: s.dir})
	if err != nil {
		return nil, &trouble{err}
	}
	wd, err := workingDir()
	if err != nil {
		return nil, err
	}
	if err := s.findings.write(s.errOut, s.errOut, &diag.Report{Findings: result.Findings, Root: wd}); err != nil {
		return nil, err
	}
	if diag.HasErrors(result.Findings) {
		return nil, errFindings
	}
	if err := result.Write(); err != nil {
		return nil, err
	}
	return theApp(result, s.dir, wd)
}

// trouble is what keeps the go command from so much as listing the app's packages.
type trouble struct{ error }

func (t *trouble) Unwrap() error { return t.error }

// theApp returns the one app of a result.
func theApp(result *generator.Result, dir, wd string) (*generator.App, error) {
	switch len(result.Apps) {
	case 0:
		return nil, fmt.Errorf("%s has no annotated functions; put //wps:trigger or //wps:http above one", dir)
	case 1:
		return result.Apps[0], nil
	}
	var folders strings.Builder
	for _, app := range result.Apps {
		folders.WriteString("\n\t" + diag.Relative(wd, app.Dir))
	}
	return nil, fmt.Errorf("there are several apps below %s; name the folder of one:%s", dir, folders.String())
}

// setHubs gives every hub its event handlers, and takes them from hubs the app no longer has.
func (s *devSession) setHubs(settings []hub.Settings) error {
	hubs := emulatorHubs(settings, s.base())
	before := s.hubs
	s.hubs = slices.Collect(maps.Keys(hubs))
	for _, name := range before {
		if _, stays := hubs[name]; !stays {
			hubs[name] = emulator.Hub{}
		}
	}
	for name, h := range hubs {
		if err := s.emulator.SetHub(name, h); err != nil {
			return err
		}
	}
	return nil
}
