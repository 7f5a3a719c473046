package emulator_test

import (
	"net/http"
	"testing"

	"github.com/wpsgen/wpsgen/internal/leaktest"
)

// TestMain fails the run when a goroutine outlives the tests.
func TestMain(m *testing.M) { leaktest.Main(tests{m}) }

// tests are the package's tests; behind them the client they share gives up its idle connections.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer http.DefaultClient.CloseIdleConnections()
	return t.M.Run()
}
