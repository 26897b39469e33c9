//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/authlint/authlint/internal/cli"
)

// TestInterrupted sends signals to authlint at work: it ends soon, says so,
// leaves the reports of an earlier run as they are and nothing else behind.
func TestInterrupted(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("no git command")
	}
	for _, c := range []struct {
		name   string
		signal os.Signal
		args   []string
	}{
		{"a scan", os.Interrupt, nil},
		{"a scan on a CI system", syscall.SIGTERM, []string{"--format", "text:report.txt"}},
		{"what is staged", os.Interrupt, []string{"--staged"}},
		{"standard input", os.Interrupt, []string{"secrets", "-"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, temporary, bin := t.TempDir(), t.TempDir(), t.TempDir()
			started := filepath.Join(bin, "started")
			write(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n\ngo 1.25\n")
			write(t, filepath.Join(dir, "main.go"), "package main\n\nfunc main() {}\n")
			write(t, filepath.Join(dir, "out.sarif"), "of yesterday\n")
			for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}} {
				cmd := exec.Command(git, args...)
				cmd.Dir = dir
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("git: %v: %s", err, out)
				}
			}
			// A go command that never ends tells when authlint is at work.
			write(t, filepath.Join(bin, "go"), "#!/bin/sh\ntouch "+started+"\nexec sleep 300\n")
			if err := os.Chmod(filepath.Join(bin, "go"), 0o755); err != nil {
				t.Fatal(err)
			}
			before := listing(t, dir)
			cmd := exec.Command("authlint", append(c.args, "--format", "sarif:out.sarif")...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "TMPDIR="+temporary, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
			var errs bytes.Buffer
			cmd.Stderr = &errs
			input, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer input.Close()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if slices.Contains(c.args, "-") {
				if _, err := io.WriteString(input, "DB_PASSWORD=Winter-Lake-22\n"); err != nil {
					t.Fatal(err)
				}
				time.Sleep(2 * time.Second) // nothing tells that it waits for more
			} else {
				await(t, started)
			}
			if err := cmd.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			timer := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
			err = cmd.Wait()
			timer.Stop()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != cli.ExitUnread || errs.String() != "authlint: interrupted\n" {
				t.Errorf("authlint ended with %v and %q, want exit code %d", err, errs.String(), cli.ExitUnread)
			}
			if after := listing(t, dir); !slices.Equal(before, after) {
				t.Errorf("files are %v, were %v", after, before)
			}
			if left := listing(t, temporary); len(left) > 0 {
				t.Errorf("temporary files are left: %v", left)
			}
			if text, err := os.ReadFile(filepath.Join(dir, "out.sarif")); err != nil || string(text) != "of yesterday\n" {
				t.Errorf("the report is %q, error %v", text, err)
			}
		})
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// await waits until a file is there.
func await(t *testing.T, file string) {
	t.Helper()
	for range 1200 {
		if _, err := os.Stat(file); err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("authlint never called the go command")
}

// listing returns the names of what lies in a folder.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
