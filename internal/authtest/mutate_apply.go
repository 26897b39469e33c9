package authtest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// Apply makes at most n mutations, spread over operators, at most one a
// function, and writes the files. A mutation that does not type-check is taken
// back and counted (Dropped).
func (m *Mutator) Apply(n int) ([]Mutation, error) {
	names := slices.Sorted(maps.Keys(m.sites))
	for _, name := range names {
		list := m.sites[name]
		m.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		m.sites[name] = alternate(list)
	}
	taken := map[token.Pos]bool{}
	var done []Mutation
	for progress := true; progress && len(done) < n; {
		progress = false
		for _, name := range names {
			if len(done) == n {
				break
			}
			mutation, err := m.applyNext(name, taken)
			if err != nil {
				return nil, err
			}
			if mutation != nil {
				done = append(done, *mutation)
				progress = true
			}
		}
	}
	slices.SortFunc(done, func(a, b Mutation) int {
		return cmp.Or(cmp.Compare(a.Places[0].File, b.Places[0].File), cmp.Compare(a.Places[0].Line, b.Places[0].Line))
	})
	return done, m.write()
}

// alternate puts sites where a credential is in scope and others by turns, as
// long as there are both, so that insertions do not work with made-up ones only.
func alternate(list []site) []site {
	var rich, poor, out []site
	for _, s := range list {
		if s.rich {
			rich = append(rich, s)
		} else {
			poor = append(poor, s)
		}
	}
	for i := range max(len(rich), len(poor)) {
		if i < len(rich) {
			out = append(out, rich[i])
		}
		if i < len(poor) {
			out = append(out, poor[i])
		}
	}
	return out
}

// maxTries is how many places an operator may try before it rests until the
// next round: some operators fit hardly anywhere.
const maxTries = 40

// applyNext applies the next site of an operator that can be had, if any.
func (m *Mutator) applyNext(name string, taken map[token.Pos]bool) (*Mutation, error) {
	for range maxTries {
		if len(m.sites[name]) == 0 {
			return nil, nil
		}
		s := m.sites[name][0]
		m.sites[name] = m.sites[name][1:]
		if taken[s.fn] {
			continue
		}
		d := s.make()
		if d == nil || len(d.edits) == 0 || m.crowded(d) {
			continue
		}
		if d.rules == nil {
			d.rules = operatorRules(name)
		}
		mutation := m.describe(name, d)
		if err := m.try(d); err != nil {
			if m.dropped[name] == nil {
				m.dropped[name] = &Dropped{Operator: name, Example: fmt.Sprintf("%s: %v", mutation.Text, err)}
			}
			m.dropped[name].Count++
			continue
		}
		taken[s.fn] = true
		return mutation, nil
	}
	return nil, nil
}

// crowded reports whether a line of the draft is another mutation's, or close
// to it, or says that linters shall not look at it.
func (m *Mutator) crowded(d *draft) bool {
	for _, e := range d.edits {
		line := e.in.tok.Line(e.in.tok.Pos(e.from))
		if strings.Contains(e.in.line(line), "nolint") {
			return true
		}
		for _, other := range e.in.edits {
			if d := e.in.tok.Line(e.in.tok.Pos(other.from)) - line; d > -3 && d < 3 {
				return true
			}
		}
	}
	return false
}

// line returns the text of a line, from 1.
func (s *source) line(n int) string {
	from := s.tok.Offset(s.tok.LineStart(n))
	text, _, _ := strings.Cut(string(s.text[from:]), "\n")
	return text
}

// describe returns the mutation that a draft makes.
func (m *Mutator) describe(operator string, d *draft) *Mutation {
	mutation := &Mutation{Operator: operator, Rules: d.rules, Uses: d.uses, near: d.near}
	var was, text []string
	for _, e := range d.edits {
		mutation.Places = append(mutation.Places, Place{e.in.rel, e.in.tok.Line(e.in.tok.Pos(e.from))})
		was = append(was, strings.Join(strings.Fields(string(e.in.text[e.from:e.to])), " "))
		text = append(text, strings.Trim(e.text, "; "))
	}
	mutation.Was, mutation.Text = strings.TrimSpace(strings.Join(was, " ")), strings.Join(text, " <and> ")
	return mutation
}

// try applies a draft if the package type-checks with it.
func (m *Mutator) try(d *draft) error {
	type state struct {
		edits   []edit
		imports map[string]bool
	}
	before := map[*source]state{}
	var u *unit
	for _, e := range d.edits {
		if _, ok := before[e.in]; !ok {
			before[e.in] = state{slices.Clone(e.in.edits), maps.Clone(e.in.imports)}
		}
		e.in.edits = append(e.in.edits, e)
		u = e.in.unit
	}
	for in, paths := range d.imports {
		for _, p := range paths {
			in.imports[p] = true
		}
	}
	for _, err := range m.errors(u) {
		if u.faults[err.Error()] {
			continue
		}
		for in, s := range before {
			in.edits, in.imports = s.edits, s.imports
		}
		return err
	}
	return nil
}

// errors type-checks a package as it is with its edits, and returns what is
// wrong with it.
func (m *Mutator) errors(u *unit) (list []error) {
	var files []*ast.File
	for _, s := range u.files {
		file := s.file
		if len(s.edits) > 0 {
			var err error
			file, err = parser.ParseFile(m.fset, s.path, s.render(), parser.SkipObjectResolution)
			if err != nil {
				return []error{err}
			}
		}
		files = append(files, file)
	}
	conf := types.Config{
		Importer: importer{m, u}, Sizes: u.pkg.TypesSizes,
		Error: func(err error) { list = append(list, err) },
	}
	if u.pkg.Module != nil && u.pkg.Module.GoVersion != "" {
		conf.GoVersion = "go" + u.pkg.Module.GoVersion
	}
	_, _ = conf.Check(u.pkg.PkgPath, m.fset, files, nil) // the error is the first of the list
	return list
}

// importer gives the packages that were loaded with the module.
type importer struct {
	m *Mutator
	u *unit
}

// Import implements types.Importer.
func (i importer) Import(importPath string) (*types.Package, error) {
	if importPath == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := i.u.pkg.Imports[importPath]; pkg != nil && pkg.Types != nil { // vendored paths of the library differ
		return pkg.Types, nil
	}
	if pkg := i.m.imported[importPath]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("%s cannot be imported", importPath)
}

// render returns the file's text with its edits. Imports go behind the package
// clause, on its line.
func (s *source) render() []byte {
	edits := slices.Clone(s.edits)
	if len(s.imports) > 0 {
		var clause strings.Builder
		for _, p := range slices.Sorted(maps.Keys(s.imports)) {
			fmt.Fprintf(&clause, "; import %s %q", importName(p), p)
		}
		at := s.tok.Offset(s.file.Name.End())
		edits = append(edits, edit{s, at, at, clause.String()})
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	last := 0
	for _, e := range edits {
		out = append(append(out, s.text[last:e.from]...), e.text...)
		last = e.to
	}
	return append(out, s.text[last:]...)
}

// importName returns the name under which a mutation imports a package.
func importName(p string) string { return "the" + path.Base(p) }

// write writes the files that were changed.
func (m *Mutator) write() error {
	for _, u := range m.units {
		for _, s := range u.files {
			if len(s.edits) == 0 {
				continue
			}
			out := s.render()
			if _, err := format.Source(out); err != nil {
				return fmt.Errorf("%s: %w", s.rel, err)
			}
			if err := os.WriteFile(s.path, out, 0o644); err != nil {
				return fmt.Errorf("writing a mutation: %w", err)
			}
		}
	}
	return nil
}
