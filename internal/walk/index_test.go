package walk

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// FuzzIndex feeds foreign index files; those that git wrote are the seeds.
func FuzzIndex(f *testing.F) {
	f.Add([]byte("DIRC\x00\x00\x00\x02\x00\x00\x00\x01"))
	for _, args := range [][]string{{}, {"--object-format=sha256"}} {
		dir := f.TempDir()
		if exec.Command("git", append([]string{"init", "-q", dir}, args...)...).Run() != nil {
			continue // no git, or one that knows no other hash
		}
		for _, name := range []string{"a", "a-much-longer-name-than-the-others", "b/c/d"} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
				f.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
				f.Fatal(err)
			}
		}
		for _, version := range []string{"2", "4"} {
			for _, args := range [][]string{{"add", "-A"}, {"update-index", "--index-version", version}} {
				command := exec.Command("git", args...)
				command.Dir = dir
				if out, err := command.CombinedOutput(); err != nil {
					f.Fatalf("git %v: %v\n%s", args, err, out)
				}
			}
			data, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
			if err != nil {
				f.Fatal(err)
			}
			if tracked, ok := parseIndex(data); !ok || len(tracked) != 3 || tracked[2] != "b/c/d" {
				f.Fatalf("version %s, %v: %q, %v", version, args, tracked, ok)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tracked, _ := parseIndex(data)
		for _, name := range tracked {
			if len(name) > len(data) && len(tracked) < 2 {
				t.Errorf("name of %d bytes in %d", len(name), len(data))
			}
		}
	})
}
