package authtest

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/walk"
)

// FileMutator puts bad practices into the files of a tree that are not Go:
// configuration, scripts, source of other languages. It changes a line, or puts
// one in the place of an empty line or of a comment, so that no other line moves.
type FileMutator struct {
	dir   string
	words *Mutator // for made-up names and literals
	files []*mutableFile
	sites map[string][]fileSite // by practice
}

// mutableFile is a file that may be changed.
type mutableFile struct {
	rel   string // relative to the tree, with slashes
	kind  string
	lines []string
	taken []int // lines that were changed, from 1
}

// fileSite is a line where a practice can be put in.
type fileSite struct {
	file *mutableFile
	line int // from 1
	form fileForm
}

// mostPerFile is how many mutations a file takes, closest how many lines lie
// between two of them.
const (
	mostPerFile = 3
	closest     = 4
	maxMutable  = 300_000 // bytes of a file
)

// NewFileMutator reads the tree in dir, a copy that may be changed. The seed
// decides which places are taken and what literals look like.
func NewFileMutator(dir string, seed uint64) (*FileMutator, error) {
	m := &FileMutator{dir: dir, words: &Mutator{rand: rand.New(rand.NewPCG(seed, 11))}, sites: map[string][]fileSite{}}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{".git", "node_modules", "vendor"}, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		return m.add(name, d)
	})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", filepath.Base(dir), err)
	}
	for _, f := range m.files {
		for n := range f.lines {
			for _, form := range fileForms() {
				if slices.Contains(form.kinds, f.kind) && form.fits(f, n+1) {
					m.sites[form.practice] = append(m.sites[form.practice], fileSite{f, n + 1, form})
				}
			}
		}
	}
	return m, nil
}

// add adds a file if it is of a known kind and runs for real.
func (m *FileMutator) add(name string, d fs.DirEntry) error {
	rel, err := filepath.Rel(m.dir, name)
	if err != nil {
		return err
	}
	rel = filepath.ToSlash(rel)
	info, err := d.Info()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxMutable || !isProduction(rel) {
		return err
	}
	if test, document := walk.Class(rel); test || document {
		return nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if kind := mutableKind(rel, data); kind != "" {
		m.files = append(m.files, &mutableFile{rel: rel, kind: kind, lines: strings.Split(string(data), "\n")})
	}
	return nil
}

// mutableKind returns the kind of a file, "" if nothing is put into its like.
func mutableKind(rel string, data []byte) string {
	base := strings.ToLower(path.Base(rel))
	switch extension := path.Ext(base); {
	case isForPeople(rel), strings.Contains(base, "lock"), strings.Contains(base, ".min."), strings.Contains(base, "package.json"), strings.Contains(base, "schema"):
		return ""
	case strings.Contains(base, "compose") && (extension == ".yml" || extension == ".yaml"):
		return "compose"
	case strings.Contains(rel, ".github/workflows/"):
		return "workflow"
	case (extension == ".yml" || extension == ".yaml") && (strings.Contains(rel, "tasks/") || strings.Contains(rel, "handlers/") || strings.Contains(rel, "playbook")):
		return "tasks"
	case extension == ".yml" || extension == ".yaml":
		return "yaml"
	case strings.HasPrefix(base, ".env") || extension == ".env":
		return "env"
	case strings.HasPrefix(base, "dockerfile"):
		return "dockerfile"
	case extension == ".conf" && (strings.Contains(string(data), "server {") || strings.Contains(string(data), "location ")):
		return "nginx"
	case strings.HasPrefix(string(data), "#!/bin/sh"), strings.HasPrefix(string(data), "#!/bin/bash"), strings.HasPrefix(string(data), "#!/usr/bin/env bash"):
		return "shell"
	default:
		return map[string]string{
			".tf": "hcl", ".properties": "properties", ".sh": "shell", ".json": "json", ".xml": "xml", ".py": "python",
			".js": "javascript", ".ts": "javascript", ".java": "java", ".php": "php", ".rb": "ruby",
		}[extension]
	}
}

// isForPeople reports whether a file holds texts for people, or describes an API.
func isForPeople(rel string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(rel), func(r rune) bool { return strings.ContainsRune("/_-.", r) }), func(w string) bool {
		return slices.Contains([]string{"lang", "langs", "locale", "locales", "i18n", "l10n", "translations", "openapi", "swagger"}, w)
	})
}

// Apply makes at most n mutations, spread over practices and kinds of files, and
// writes the files.
func (m *FileMutator) Apply(n int) ([]Mutation, error) {
	practices := slices.Sorted(maps.Keys(m.sites))
	for _, p := range practices {
		m.sites[p] = m.mixed(m.sites[p])
	}
	var done []Mutation
	for progress := true; progress && len(done) < n; {
		progress = false
		for _, p := range practices {
			for len(m.sites[p]) > 0 && len(done) < n {
				s := m.sites[p][0]
				m.sites[p] = m.sites[p][1:]
				if s.file.crowded(s.line) {
					continue
				}
				done = append(done, m.apply(s))
				progress = true
				break
			}
		}
	}
	slices.SortFunc(done, func(a, b Mutation) int {
		return cmp.Or(cmp.Compare(a.Places[0].File, b.Places[0].File), cmp.Compare(a.Places[0].Line, b.Places[0].Line))
	})
	return done, m.write()
}

// mixed shuffles sites so that kinds of files and forms take turns.
func (m *FileMutator) mixed(list []fileSite) []fileSite {
	m.words.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	turn := map[string]int{}
	turns := make(map[int]int, len(list)) // by index before sorting
	index := make([]int, len(list))
	for i, s := range list {
		key := s.file.kind + " " + s.form.text
		turns[i], index[i] = turn[key], i
		turn[key]++
	}
	slices.SortStableFunc(index, func(a, b int) int { return cmp.Compare(turns[a], turns[b]) })
	out := make([]fileSite, len(list))
	for i, k := range index {
		out[i] = list[k]
	}
	return out
}

// crowded reports whether the file has had enough, or too much near a line.
func (f *mutableFile) crowded(line int) bool {
	return len(f.taken) >= mostPerFile || slices.ContainsFunc(f.taken, func(n int) bool { return n-line < closest && line-n < closest })
}

// apply changes the line of a site.
func (m *FileMutator) apply(s fileSite) Mutation {
	was := s.file.lines[s.line-1]
	now := s.form.apply(s.file, s.line, m.expand(s.form.text))
	s.file.lines[s.line-1] = now
	s.file.taken = append(s.file.taken, s.line)
	return Mutation{
		Operator: s.form.practice + " in " + s.file.kind, Rules: s.form.rules, Places: []Place{{s.file.rel, s.line}},
		Was: strings.TrimSpace(was), Text: strings.TrimSpace(now),
	}
}

// expand fills the places of a text: $pw and $key are literals, $host a public
// host, $word a name, $basic the value of a Basic header, $$ a dollar sign.
func (m *FileMutator) expand(text string) string {
	password := strings.NewReplacer("&", "+", "%", "=", "?", "!").Replace(m.words.password())
	user := m.words.word()
	basic := base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
	return strings.NewReplacer("$$", "$", "$pw", password, "$key", m.words.key(), "$host", m.words.host(), "$word", user, "$basic", basic).Replace(text)
}

// write writes the files that were changed.
func (m *FileMutator) write() error {
	for _, f := range m.files {
		if len(f.taken) == 0 {
			continue
		}
		if err := os.WriteFile(filepath.Join(m.dir, filepath.FromSlash(f.rel)), []byte(strings.Join(f.lines, "\n")), 0o600); err != nil {
			return fmt.Errorf("writing a mutation: %w", err)
		}
	}
	return nil
}
