// Command bare runs the engine of package secrets with gitleaks' rules alone,
// without packs, without doubts, and prints each match as "file:line: rule". It
// is what .ci/bench-secrets compares with gitleaks.
//
// usage: bare [-config file] [folder]
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/authlint/authlint/internal/secrets"
)

func main() {
	name := flag.String("config", "", "rules in gitleaks' format instead of the default ones")
	flag.Parse()
	if err := run(*name, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func run(config, folder string) error {
	opts := secrets.Options{NoPacks: true}
	if config != "" {
		data, err := os.ReadFile(config)
		if err != nil {
			return err
		}
		opts.Name, opts.Config = config, data
	}
	engine, err := secrets.New(opts)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var mu sync.Mutex
	var group sync.WaitGroup
	names := make(chan string, 64)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for name := range names {
				data, err := os.ReadFile(name)
				if err != nil || len(data) == 0 {
					continue
				}
				for _, m := range engine.Scan(name, data) {
					if !m.Allowed {
						mu.Lock()
						fmt.Fprintf(out, "%s:%d: %s\n", name, m.Line, m.RuleID)
						mu.Unlock()
					}
				}
			}
		})
	}
	err = filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			names <- name
		}
		return nil // what cannot be read is not compared
	})
	close(names)
	group.Wait()
	return err
}
