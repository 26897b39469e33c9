package secrets

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// sources returns some megabytes of the toolchain's source.
func sources(b *testing.B) (files map[string][]byte, size int64) {
	b.Helper()
	files = map[string][]byte{}
	for _, folder := range []string{"net", "crypto", "encoding"} {
		err := filepath.WalkDir(filepath.Join(runtime.GOROOT(), "src", folder), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(name)
			if err == nil && !IsBinary(data) {
				files[name] = data
				size += int64(len(data))
			}
			return err
		})
		if err != nil {
			b.Skip("no source of the toolchain:", err)
		}
	}
	return files, size
}

// BenchmarkScan scans source text; BenchmarkRead is the reading of the same
// files, for comparison.
func BenchmarkScan(b *testing.B) {
	files, size := sources(b)
	e := mustNew(b, Options{})
	b.SetBytes(size)
	for b.Loop() {
		for name, data := range files {
			e.Scan(name, data)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	files, size := sources(b)
	b.SetBytes(size)
	for b.Loop() {
		for name := range files {
			if _, err := os.ReadFile(name); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkFirstScan is what the first file costs: reading the rules.
func BenchmarkFirstScan(b *testing.B) {
	text := []byte(strings.Repeat("package a\n\nfunc add(x, y int) int { return x + y }\n", 20))
	for b.Loop() {
		mustNew(b, Options{}).Scan("a.go", text)
	}
}
