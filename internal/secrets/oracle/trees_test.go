package oracle

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zricethezav/gitleaks/v8/sources"

	"github.com/authlint/authlint/internal/secrets"
)

var (
	trees   = flag.String("trees", "", "folders whose files are compared, separated by commas")
	minutes = flag.Int("minutes", 60, "how long to compare at most")
	skip    = flag.Int("skip", 0, "how many of the files to leave out, which an earlier run has compared")
)

const (
	// fragmentLimit is the size up to which gitleaks reads a file in one piece.
	fragmentLimit = 100_000
	// largeLimit is the size up to which larger files are compared: gitleaks
	// needs the square of it.
	largeLimit = 2_000_000
)

// TestTrees compares all text files of the named folders, each content once, at
// every depth, until the time is up. They come in an order that mixes the
// folders, so that what was not reached is like what was.
func TestTrees(t *testing.T) {
	if *trees == "" {
		t.Skip("no -trees given")
	}
	c := comparison{pairs: pairs(t), seen: map[[16]byte]bool{}}
	end := time.Now().Add(time.Duration(*minutes) * time.Minute)
	names := filesBelow(t, strings.Split(*trees, ","))
	names = names[min(*skip, len(names)):]
	reached := 0
	for _, name := range names {
		if time.Now().After(end) || t.Failed() && c.differ > 50 {
			break
		}
		reached++
		c.file(t, name)
		if reached%20_000 == 0 {
			t.Logf("%s: %d of %d files: %s", time.Now().Format(time.TimeOnly), reached, len(names), c.String())
		}
	}
	t.Logf("%d of %d files: %s", reached, len(names), c.String())
}

// filesBelow returns all files of the folders, mixed.
func filesBelow(t *testing.T, folders []string) []string {
	t.Helper()
	type mixed struct {
		name string
		key  uint64
	}
	var list []mixed
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() {
				hash := fnv.New64a()
				_, _ = hash.Write([]byte(name))
				list = append(list, mixed{name, hash.Sum64()})
			}
			return nil // what cannot be read is not compared
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(list, func(a, b mixed) int {
		if a.key < b.key {
			return -1
		}
		return 1
	})
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].name
	}
	return names
}

// comparison counts what was compared.
type comparison struct {
	pairs                   []pair
	seen                    map[[16]byte]bool
	fragments, bytes        int
	found                   [2]int // by depth
	large, largeFound       int
	largeExtra, cut, differ int
}

// String returns the figures.
func (c *comparison) String() string {
	return fmt.Sprintf("%d fragments of %d bytes, %d findings at depth 0 and %d at depth 5; %d larger files with %d findings, %d of them not in gitleaks' pieces, %d of gitleaks' cut short by its pieces; %d differ",
		c.fragments, c.bytes, c.found[0], c.found[1], c.large, c.largeFound, c.largeExtra, c.cut, c.differ)
}

// file compares one file.
func (c *comparison) file(t *testing.T, name string) {
	data, err := os.ReadFile(name)
	if err != nil || len(data) == 0 || len(data) > largeLimit || secrets.IsBinary(data) || hasMark(data) {
		return
	}
	sum := sha256.Sum256(data)
	if c.seen[[16]byte(sum[:16])] {
		return
	}
	c.seen[[16]byte(sum[:16])] = true
	text := string(data)
	if !strings.HasSuffix(text, "\n") {
		text += "\n" // without it gitleaks takes the whole file for the last line
	}
	failed := false
	for i, p := range c.pairs {
		want, same := p.same(t, name, name, text)
		failed = failed || !same
		if len(data) <= fragmentLimit {
			c.found[i] += len(want)
		}
	}
	if failed {
		c.differ++
	}
	if len(data) <= fragmentLimit {
		c.fragments, c.bytes = c.fragments+1, c.bytes+len(data)
		return
	}
	c.pieces(t, name, text)
}

// pieces compares a larger file with what gitleaks finds when it reads the file
// in pieces. That the engine finds what gitleaks finds in one piece has been seen.
func (c *comparison) pieces(t *testing.T, name, text string) {
	p := c.pairs[len(c.pairs)-1]
	type found struct {
		rule, match string
		line        int
	}
	mine := map[found]int{}
	for _, m := range ours(p.ours, name, text) {
		mine[found{m.rule, m.match, m.startLine}]++
		c.largeFound++
	}
	file := sources.File{Content: strings.NewReader(text), Path: name}
	missing := map[found]bool{}
	for f := range mine {
		missing[f] = true
	}
	err := file.Fragments(context.Background(), func(fragment sources.Fragment, err error) error {
		if err != nil {
			return err
		}
		p.theirs.MaxDecodeDepth = p.depth
		for _, f := range p.theirs.Detect(fragmentOf(fragment)) {
			key := found{f.RuleID, f.Match, f.StartLine}
			delete(missing, key)
			if mine[key] > 0 {
				continue
			}
			// At an end of a piece a match, or the line of one, is cut.
			c.cut++
			if at := strings.Index(fragment.Raw, f.Match); at > 200 && at+len(f.Match) < len(fragment.Raw)-200 && len(f.Tags) == 0 {
				c.differ++
				t.Errorf("%s: gitleaks alone finds %s on line %d", name, f.RuleID, f.StartLine)
			}
		}
		return nil
	})
	if err != nil {
		return // gitleaks does not read it
	}
	c.large++
	c.largeExtra += len(missing)
}

// hasMark reports whether text begins with a byte order mark, which only the
// engine reads.
func hasMark(data []byte) bool {
	return strings.HasPrefix(string(data), "\xef\xbb\xbf") || strings.HasPrefix(string(data), "\xff\xfe") || strings.HasPrefix(string(data), "\xfe\xff")
}
