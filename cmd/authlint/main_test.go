//go:build unix

package main

import (
	"archive/tar"
	archivezip "archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"authlint": main, "exits": exits, "nobody": nobody})
}

// TestScripts runs the scripts that specify the command line. With
// UPDATE_SCRIPTS set it writes the expected output into them.
func TestScripts(t *testing.T) {
	root, err := os.MkdirTemp("", "authlint-script-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		WorkdirRoot:         root,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup:               func(env *testscript.Env) error { return setup(env, root) },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sparse": sparse,
			"fill":   fill,
			"proxy":  proxy,
			"pack":   pack,
		},
	})
}

// setup lets the go command work without the user's home, and off the network.
func setup(env *testscript.Env, root string) error {
	out, err := exec.Command("go", "env", "GOROOT", "GOMODCACHE", "GOCACHE", "GOFLAGS").Output()
	if err != nil {
		return fmt.Errorf("asking for the environment of go: %w", err)
	}
	values := strings.Split(string(out), "\n")
	for i, name := range []string{"GOROOT", "GOMODCACHE", "GOCACHE", "GOFLAGS"} {
		env.Setenv(name, values[i])
	}
	program, err := exec.LookPath("authlint")
	if err != nil {
		return err
	}
	env.Setenv("BIN", filepath.Dir(program))
	env.Setenv("GOPROXY", "off")
	env.Setenv("GOTOOLCHAIN", "local")
	env.Setenv("HOME", env.WorkDir)
	for _, dir := range []string{root, env.WorkDir, filepath.Dir(program), filepath.Dir(filepath.Dir(program))} {
		if err := os.Chmod(dir, 0o755); err != nil { // others must get in, see nobody
			return err
		}
	}
	return nil
}

// exits runs a program and fails unless it ends with a given code:
// exits <code> <program> [args].
func exits() {
	want, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fail(err)
	}
	if got := run(os.Args[2:], nil); got != want {
		fail(fmt.Errorf("exit code %d, want %d", got, want))
	}
}

// nobody runs a program without the rights of root, for whom every file is
// readable: nobody <program> [args].
func nobody() {
	var attributes *syscall.SysProcAttr
	if os.Getuid() == 0 {
		attributes = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	os.Exit(run(os.Args[1:], attributes))
}

// run runs a program and returns its exit code.
func run(args []string, attributes *syscall.SysProcAttr) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = os.Stdin, os.Stdout, os.Stderr, attributes
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		fail(err)
	}
	return cmd.ProcessState.ExitCode()
}

// fail ends a helper program.
func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(125)
}

// sparse makes a file of a size that takes no space: sparse <file> <bytes>.
func sparse(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), nil, 0o644))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// fill replaces {{n}} in files by n letters and digits, so that no script
// holds what a secret scanner would report: fill <file>...
func fill(ts *testscript.TestScript, _ bool, args []string) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	blank := regexp.MustCompile(`\{\{(\d+)\}\}`)
	random := rand.New(rand.NewPCG(1, 2))
	for _, name := range args {
		text := blank.ReplaceAllStringFunc(ts.ReadFile(name), func(found string) string {
			n, err := strconv.Atoi(strings.Trim(found, "{}"))
			ts.Check(err)
			var b strings.Builder
			for range n {
				b.WriteByte(alphabet[random.IntN(len(alphabet))])
			}
			return b.String()
		})
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}

// pack makes an archive, zip or tar.gz by its name: pack <archive> <file>...
func pack(ts *testscript.TestScript, _ bool, args []string) {
	var out bytes.Buffer
	if strings.HasSuffix(args[0], ".zip") {
		w := archivezip.NewWriter(&out)
		for _, name := range args[1:] {
			file, err := w.Create(name)
			ts.Check(err)
			_, err = file.Write([]byte(ts.ReadFile(name)))
			ts.Check(err)
		}
		ts.Check(w.Close())
	} else {
		packed := gzip.NewWriter(&out)
		w := tar.NewWriter(packed)
		for _, name := range args[1:] {
			text := ts.ReadFile(name)
			ts.Check(w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(text))}))
			_, err := w.Write([]byte(text))
			ts.Check(err)
		}
		ts.Check(errors.Join(w.Close(), packed.Close()))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o644))
}

// proxy makes a module proxy of folders that are named path@version:
// proxy <source> <destination>.
func proxy(ts *testscript.TestScript, _ bool, args []string) {
	source, destination := ts.MkAbs(args[0]), ts.MkAbs(args[1])
	ts.Check(filepath.WalkDir(source, func(dir string, d fs.DirEntry, err error) error {
		path, version, ok := strings.Cut(dir, "@")
		if err != nil || !ok {
			return err
		}
		path = filepath.ToSlash(strings.TrimPrefix(path, source+string(filepath.Separator)))
		base := filepath.Join(destination, filepath.FromSlash(path), "@v", version)
		goMod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		ts.Check(err)
		ts.Check(os.MkdirAll(filepath.Dir(base), 0o755))
		ts.Check(os.WriteFile(base+".mod", goMod, 0o644))
		ts.Check(os.WriteFile(base+".info", fmt.Appendf(nil, "{\"Version\": %q}", version), 0o644))
		ts.Check(os.WriteFile(filepath.Join(filepath.Dir(base), "list"), []byte(version+"\n"), 0o644))
		file, err := os.Create(base + ".zip")
		ts.Check(err)
		ts.Check(zip.CreateFromDir(file, module.Version{Path: path, Version: version}, dir))
		ts.Check(file.Close())
		return fs.SkipDir
	}))
}
