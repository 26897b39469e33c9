package general

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// BenchmarkFind searches the source of two packages of the standard library.
func BenchmarkFind(b *testing.B) {
	type file struct {
		name string
		data []byte
	}
	var files []file
	var size int64
	for _, pattern := range []string{"net/http/*.go", "crypto/tls/*.go"} {
		names, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src", filepath.FromSlash(pattern)))
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			files, size = append(files, file{name, data}), size+int64(len(data))
		}
	}
	b.SetBytes(size)
	for b.Loop() {
		for _, f := range files {
			Find(f.name, f.data)
		}
	}
}

// BenchmarkTriggers searches text that holds no trigger.
func BenchmarkTriggers(b *testing.B) {
	text := []byte(strings.Repeat("the quick brown fox jumps over the lazy dog; ", 4000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find("a.txt", text)
	}
}
