package emulator

import (
	"errors"
	"net"
	"reflect"
	"strings"
	"testing"
)

// recordedConn notes what is written to it.
type recordedConn struct {
	net.Conn
	writes []string
	err    error
}

func (c *recordedConn) Write(p []byte) (int, error) {
	c.writes = append(c.writes, string(p))
	return len(p), c.err
}

func TestBatchConn(t *testing.T) {
	under := new(recordedConn)
	b := &batchConn{Conn: under}
	write := func(texts ...string) {
		t.Helper()
		for _, text := range texts {
			if n, err := b.Write([]byte(text)); n != len(text) || err != nil {
				t.Fatalf("write: %d, %v", n, err)
			}
		}
	}
	flush := func() {
		t.Helper()
		if err := b.flush(); err != nil {
			t.Fatal(err)
		}
	}
	large := strings.Repeat("x", maxBatch)
	write("at once")
	b.hold()
	write("a", "b")
	flush()
	flush()
	write("again")
	b.hold()
	write("c", large, "d")
	flush()
	if want := []string{"at once", "ab", "again", "c" + large, "d"}; !reflect.DeepEqual(under.writes, want) {
		t.Errorf("%d writes", len(under.writes))
	}
	under.err = errors.New("broken")
	b.hold()
	write("e")
	if err := b.flush(); !errors.Is(err, under.err) {
		t.Errorf("flush: %v", err)
	}
}
