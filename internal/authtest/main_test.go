package authtest_test

import (
	"os"
	"sync"
	"testing"

	"github.com/authlint/authlint/internal/authtest"
)

// folder is where the tests share a binary.
var folder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "authlint-tests-") })

// built builds authlint when the first test needs it.
var built = sync.OnceValues(func() (string, error) {
	dir, err := folder()
	if err != nil {
		return "", err
	}
	return authtest.Build(dir)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := folder(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// program returns the path of the authlint binary.
func program(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
