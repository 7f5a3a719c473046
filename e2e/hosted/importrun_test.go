package hosted

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wpsgen/wpsgen/generator"
	"github.com/wpsgen/wpsgen/generator/binding"
	"github.com/wpsgen/wpsgen/internal/hosttest"
)

// hostRefuses says why the Functions host would not start an app whatever the import makes of it.
func hostRefuses(model *generator.App) string {
	loaded := func(fn *generator.Function) bool {
		return slices.ContainsFunc([]string{"webPubSubTrigger", "webPubSubConnection", "webPubSub"}, func(typ string) bool { return has(fn, typ) })
	}
	for _, fn := range model.Functions() {
		if slices.ContainsFunc(fn.Bindings, func(b *generator.Binding) bool { return !b.IsOther() && len(b.Values("connections")) > 1 }) {
			return "several connections need several services, and there is one emulator (extension-spec 9.1)"
		}
		if has(fn, "webPubSubContext") && !slices.ContainsFunc(model.Functions(), loaded) {
			return "webPubSubContext alone does not load the extension (host-spec 4.2)"
		}
	}
	return ""
}

// runFunctions has the host run the functions that neither requests nor events run.
func runFunctions(t *testing.T, s *Server) {
	t.Helper()
	for _, fn := range s.App.model.Functions() {
		switch trigger := fn.Trigger(); trigger.Type {
		case "httpTrigger", "webPubSubTrigger":
		case "timerTrigger":
			if inv, err := s.Host.RunTimer(t.Context(), fn.Name); err != nil || !inv.Success() {
				t.Errorf("%s: %+v, %v", fn.Name, inv, err)
			}
		default:
			var value any = "job 1"
			if slices.ContainsFunc(trigger.Members, func(m binding.Member) bool { return m.Key == "cardinality" && m.Value == "many" }) {
				value = []string{`{"t": 20.5}`, "hot"}
			}
			wantSuccess(t, s, fn.Name, value)
		}
	}
}

// expectEvents waits until the host has run each function that an event of the clients' lives runs.
func expectEvents(t *testing.T, s *Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, fn := range s.App.model.Functions() {
		trigger := fn.Trigger()
		if trigger.Type != "webPubSubTrigger" || trigger.Value("clientProtocols") == "mqtt" || trigger.Value("eventType") == "groupPresence" {
			continue
		}
		inv, err := s.Host.WaitInvocation(ctx, func(inv *hosttest.Invocation) bool { return inv.Function == fn.Name })
		if err != nil || !inv.Success() {
			t.Errorf("%s: %+v, %v", fn.Name, inv, err)
		}
	}
}

var announced = regexp.MustCompile(`^ *(events|emulator) +(http://[^/ ]+)`)

// startDev runs wpsgen dev for an app until the test ends, and returns the addresses of the app and the emulator.
func startDev(t *testing.T, program, dir string, settings map[string]string) (base, emulator string) {
	t.Helper()
	cmd := exec.Command(program, "dev", "--addr", "127.0.0.1:0", "--emulator-addr", "127.0.0.1:0", dir)
	cmd.Env = append(os.Environ(), "GOWORK=off")
	for name, value := range settings {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(name, ":", "__")+"="+value)
	}
	said := new(strings.Builder) // read when the program has ended
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		err := cmd.Wait()
		t.Log(said)
		if err != nil {
			t.Error(err)
		}
	})
	giveUp := time.AfterFunc(2*patience, func() { _ = cmd.Process.Signal(os.Interrupt) })
	defer giveUp.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		m := announced.FindStringSubmatch(lines.Text())
		switch {
		case m == nil:
		case m[1] == "events":
			base = m[2]
		default:
			go func() {
				for lines.Scan() {
				}
			}()
			return base, m[2]
		}
	}
	t.Fatal("wpsgen dev ended, or did not serve in time; what it said follows")
	return "", ""
}
