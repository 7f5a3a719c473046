package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// patience bounds how long a step of these tests may take before it counts as failed.
const patience = time.Minute

const devSource = `package main

import "github.com/wpsgen/wpsgen/runtime"

// Message answers.
//
//wps:trigger hub=chat eventType=user eventName=message
func Message(data string) string { return "one " + data }

// Negotiate gives a connection.
//
//wps:http methods=get authLevel=anonymous
//wps:connection hub=chat userId={query.user}
func Negotiate(connection wps.Connection) string { return connection.URL }

func main() { wps.Main(Functions()) }
`

// TestDev edits, breaks and mends an app while dev runs it and a client is connected.
func TestDev(t *testing.T) {
	d := startDev(t, devSource)
	d.await(`(?m)^  events +http://.*/runtime/webhooks/webpubsub$`)
	d.await(`(?m)^  hub +chat: message$`)
	d.await(`(?m)^  negotiate +GET negotiate$`)

	two := strings.Replace(devSource, `"one "`, `"two "`, 1)
	client := d.connect("ann")
	client.ask("hello", "one hello")
	d.await(`(?m)^\d\d:\d\d:\d\d  chat +message +ann +200 +\d+ ms$`)

	d.edit(two)
	d.await(`serving again after \d+ ms`)
	client.ask("hello", "two hello")

	d.edit(strings.Replace(two, "eventType=user", "eventType=usr", 1))
	d.await(`main.go:7:34: WPS202: eventType cannot be "usr"; did you mean "user"\?(\n .*)*\n.*goes on serving`)
	client.ask("still", "two still")

	d.edit(devSource + "\nvar unused int = \"text\"\n")
	d.await(`(?s)does not build:.*main.go:18:18: cannot use "text".*goes on serving`)
	client.ask("still", "two still")

	d.edit(strings.Replace(devSource, `"one "`, `"three "`, 1))
	d.await(`serving again after \d+ ms`)
	client.ask("mended", "three mended")

	d.edit(strings.ReplaceAll(devSource, "hub=chat", "hub=talk"))
	d.await(`serving again after \d+ ms`)
	client.send("nobody listens here any more")
	d.await(`chat +message +ann +0 .*no event handler`)
	d.connect("bob").ask("hello", "one hello")
	d.stop()
}

// TestDevStartsBroken waits for the mistake to be mended.
func TestDevStartsBroken(t *testing.T) {
	d := startDev(t, strings.Replace(devSource, "hub=chat ", "hubb=chat ", 1))
	d.await(`WPS106: .*hubb.*(\n .*)*\n.*waiting for a change`)
	d.edit(devSource)
	d.await(`Ctrl-C stops everything`)
	d.connect("ann").ask("hello", "one hello")
	d.stop()
}

// TestDevWithoutOtherExtensions runs what can run of an app that has bindings of other extensions.
func TestDevWithoutOtherExtensions(t *testing.T) {
	d := startDev(t, devSource+`
// Filed is what a queue gets.
//
//wps:http methods=get authLevel=anonymous
//wps:binding type=queue direction=out name=next queueName=next connection=Storage
func File(next *string) string { *next = "text"; return "filed" }

// Stamp waits for a queue.
//
//wps:binding type=queueTrigger direction=in name=text queueName=next connection=Storage
func Stamp(text string) {}
`)
	d.await(`function=file .* binding=next type=queue`)
	d.await(`a function does not run without the Functions host, which has its trigger function=stamp`)
	d.await(`(?m)^  stamp +queueTrigger, which only the Functions host has$`)
	d.await(`Ctrl-C stops everything`)
	if got := d.page("/api/file"); got != "filed" {
		t.Errorf("got %q", got)
	}
	d.stop()
}

// TestDevReadsLocalSettings takes settings from the file, and new ones when it changes.
func TestDevReadsLocalSettings(t *testing.T) {
	source := strings.Replace(devSource, `"one "`, `os.Getenv("GREETING") + " "`, 1)
	source = strings.Replace(source, "import ", "import \"os\"\nimport ", 1)
	d := startDev(t, source)
	d.await(`Ctrl-C stops everything`)
	client := d.connect("ann")
	client.ask("hello", " hello")
	d.write("local.settings.json", `{"Values": {"GREETING": "dear", /* lenient */},}`)
	d.await(`serving again after`)
	client.ask("hello", "dear hello")
	d.write("local.settings.json", "{\n\"Values\": {\"GREETING\": 1}}")
	d.await(`Values.GREETING is not a string`)
	client.ask("hello", "dear hello")
	d.stop()
}

// TestDevRestartsWhatEnded brings a program that died back.
func TestDevRestartsWhatEnded(t *testing.T) {
	source := strings.Replace(devSource, `return "one " + data`, `if data == "die" { os.Exit(7) }; return "one " + data`, 1)
	source = strings.Replace(source, "import ", "import \"os\"\nimport ", 1)
	d := startDev(t, source)
	d.await(`Ctrl-C stops everything`)
	client := d.connect("ann")
	client.send("die")
	d.await(`ended by itself: exit status 7`)
	d.await(`starting it again\n(?s:.*)wpsgen dev: serving again\n`)
	d.connect("bob").ask("hello", "one hello")
	d.stop()
}

// TestDevContextFunctions sends events to http functions by their routes.
func TestDevContextFunctions(t *testing.T) {
	d := startDev(t, `package main

import "github.com/wpsgen/wpsgen/runtime"

// Connect lets everybody in but one.
//
//wps:http methods=post,options authLevel=anonymous
//wps:context
func Connect(event *wps.RequestContext) (*wps.ConnectEventResponse, error) {
	if req := event.Request.(*wps.ConnectEventRequest); req.UserID == "mallory" {
		return nil, wps.Unauthorized("no")
	}
	return nil, nil
}

// Message answers.
//
//wps:http methods=post,options authLevel=anonymous
//wps:context
func Message(event *wps.RequestContext) *wps.UserEventResponse {
	req := event.Request.(*wps.UserEventRequest)
	return &wps.UserEventResponse{Data: wps.Text("got " + string(req.Data))}
}

// Validate answers the service when it asks for permission.
//
//wps:http methods=post,options authLevel=anonymous
//wps:context
func Validate(*wps.RequestContext) {}

// Negotiate gives a connection.
//
//wps:http methods=get authLevel=anonymous
//wps:connection hub=chat userId={query.user}
func Negotiate(connection wps.Connection) string { return connection.URL }

func main() { wps.Main(Functions()) }
`)
	d.await(`(?m)^  hub +chat: connect, message$`)
	d.connect("ann").ask("hello", "got hello")
	d.await(`chat +connect +ann +200`)
	resp, err := http.Get(eventsURL.FindStringSubmatch(d.output())[1] + "/api/negotiate?user=mallory")
	if err != nil {
		t.Fatal(err)
	}
	url, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	if _, resp, err := websocket.Dial(t.Context(), string(url), nil); err == nil || resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("mallory: %v", err)
	}
	d.stop()
}

// eventsURL finds the app's address in what dev has printed, with and without its scheme.
var eventsURL = regexp.MustCompile(`events +(http://([^/]+))/runtime`)

// devRun is dev at work on an app in a folder of its own.
type devRun struct {
	*screen
	dir    string
	tmp    string
	cancel context.CancelFunc
	status chan int
	// stopped is closed once stop has taken the status.
	stopped chan struct{}
}

func startDev(t *testing.T, source string) *devRun {
	t.Helper()
	d := &devRun{screen: &screen{t: t}, dir: t.TempDir(), tmp: t.TempDir(), status: make(chan int, 1), stopped: make(chan struct{})}
	t.Setenv("TMPDIR", d.tmp)
	t.Setenv("GOFLAGS", "-mod=mod")
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOSUMDB", "off")
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	d.write("go.mod", fmt.Sprintf("module example.com/app\n\ngo 1.26.0\n\nrequire github.com/wpsgen/wpsgen v0.0.0\n\nreplace github.com/wpsgen/wpsgen => %s\n", root))
	d.write("go.sum", string(sum))
	d.write("main.go", source)
	// Let the go command complete go.mod now: a change of it while dev runs would be one more reload.
	list := exec.Command("go", "list", "-deps", ".")
	list.Dir = d.dir
	if out, err := list.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ctx, cancel := context.WithCancel(t.Context())
	d.cancel = cancel
	go func() {
		d.status <- run(ctx, []string{"dev", d.dir, "--addr", "127.0.0.1:0", "--emulator-addr", "127.0.0.1:0"}, d, d)
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-d.status:
		case <-d.stopped:
		}
		if t.Failed() {
			t.Logf("dev said:\n%s", d.output())
		}
	})
	return d
}

func (d *devRun) write(name, content string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(content), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// edit saves the source. What dev prints from here on is what await looks at.
func (d *devRun) edit(source string) {
	d.look()
	d.write("main.go", source)
}

// stop interrupts dev and checks that it leaves nothing behind.
func (d *devRun) stop() {
	d.t.Helper()
	events := eventsURL.FindStringSubmatch(d.output())
	d.cancel()
	select {
	case status := <-d.status:
		close(d.stopped)
		if status != exitGood {
			d.t.Errorf("status %d", status)
		}
	case <-time.After(patience):
		d.t.Fatal("dev does not end")
	}
	if left, err := os.ReadDir(d.tmp); err != nil || len(left) > 0 {
		d.t.Errorf("left in the temporary folder: %v %v", left, err)
	}
	if conn, err := net.Dial("tcp", events[2]); err == nil {
		conn.Close()
		d.t.Errorf("something listens at %s still", events[2])
	}
}

// page returns what the app answers a GET with.
func (d *devRun) page(path string) string {
	d.t.Helper()
	resp, err := http.Get(eventsURL.FindStringSubmatch(d.output())[1] + path)
	if err != nil {
		d.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK {
		d.t.Fatalf("%s: %d %s %v", path, resp.StatusCode, body, err)
	}
	return string(body)
}

type devClient struct {
	d    *devRun
	conn *websocket.Conn
}

// connect negotiates like a page does and connects.
func (d *devRun) connect(user string) *devClient {
	d.t.Helper()
	conn, _, err := websocket.Dial(d.t.Context(), d.page("/api/negotiate?user="+user), nil)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { conn.CloseNow() })
	return &devClient{d, conn}
}

func (c *devClient) send(text string) {
	c.d.t.Helper()
	if err := c.conn.Write(c.d.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		c.d.t.Fatal(err)
	}
}

func (c *devClient) ask(text, want string) {
	c.d.t.Helper()
	c.send(text)
	ctx, cancel := context.WithTimeout(c.d.t.Context(), patience)
	defer cancel()
	if _, got, err := c.conn.Read(ctx); err != nil || string(got) != want {
		c.d.t.Fatalf("asked %q, got %q, %v; want %q", text, got, err, want)
	}
}
