package delivery_test

import (
	"testing"

	"github.com/wpsgen/wpsgen/internal/leaktest"
)

// TestMain fails the run when a goroutine outlives the tests.
func TestMain(m *testing.M) { leaktest.Main(m) }
