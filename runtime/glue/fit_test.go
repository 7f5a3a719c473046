package glue

import (
	"io"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/wpsgen/wpsgen/runtime"
)

// callback decodes itself, though functions cannot be decoded.
type callback func()

func (c *callback) UnmarshalJSON([]byte) error { return nil }

type ring []ring

type envelope[T any] struct{ Body T }

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		typ            reflect.Type
		decode, encode string // part of the refusal, "" for none
	}{
		{reflect.TypeFor[envelope[chan int]](), "", ""}, // a value can do without a field
		{reflect.TypeFor[map[string]time.Time](), "", ""},
		{reflect.TypeFor[map[int8]any](), "", ""},
		{reflect.TypeFor[map[netip.Addr]int](), "", ""},
		{reflect.TypeFor[*[3]string](), "", ""},
		{reflect.TypeFor[ring](), "", ""},
		{reflect.TypeFor[callback](), "", "glue.callback cannot be encoded"},
		{reflect.TypeFor[io.Writer](), "io.Writer cannot be decoded", ""},
		{reflect.TypeFor[[]error](), "error, which cannot be decoded", ""},
		{reflect.TypeFor[map[string][]chan int](), "chan int, which cannot be", "chan int, which cannot be"},
		{reflect.TypeFor[*func()](), "func(), which cannot be", "func(), which cannot be"},
		{reflect.TypeFor[[]complex64](), "complex64, which cannot be", "complex64, which cannot be"},
		{reflect.TypeFor[unsafe.Pointer](), "unsafe.Pointer cannot be", "unsafe.Pointer cannot be"},
		{reflect.TypeFor[map[float64]int](), "map[float64]int cannot be", "map[float64]int cannot be"},
		{reflect.TypeFor[map[bool]int](), "map[bool]int cannot be", "map[bool]int cannot be"},
		{reflect.TypeFor[*wps.Actions](), "is not a payload", "has no place"},
		{reflect.TypeFor[[]wps.Action](), "is not a payload", "has no place"},
	} {
		for what, got := range map[string]struct {
			err  error
			want string
		}{"decode": {decodable(tt.typ), tt.decode}, "encode": {encodable(tt.typ), tt.encode}} {
			if (got.want == "") != (got.err == nil) || got.err != nil && !strings.Contains(got.err.Error(), got.want) {
				t.Errorf("%s %s: %v, want %q", what, tt.typ, got.err, got.want)
			}
		}
	}
}
