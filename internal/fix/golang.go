package fix

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/goload"
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// formatted returns a Go file after an edit as gofmt writes it, if gofmt had
// nothing to change in it before.
func formatted(before, after []byte) []byte {
	plain := func(data []byte) []byte {
		return bytes.ReplaceAll(bytes.TrimPrefix(data, byteOrderMark), []byte("\r\n"), []byte("\n"))
	}
	was := plain(before)
	if out, err := format.Source(was); err != nil || !bytes.Equal(out, was) {
		return after
	}
	out, err := format.Source(plain(after))
	if err != nil {
		return after // what is wrong with it is found out when it is type-checked
	}
	if newText(before).crlf {
		out = bytes.ReplaceAll(out, []byte("\n"), []byte("\r\n"))
	}
	if bytes.HasPrefix(before, byteOrderMark) {
		out = slices.Concat(byteOrderMark, out)
	}
	return out
}

// withoutImports returns a Go file after an edit without the imports that only
// what is gone made use of.
func withoutImports(before, after []byte) []byte {
	fset := token.NewFileSet()
	was, err := parser.ParseFile(fset, "", before, 0) // UsesImport wants objects
	if err != nil {
		return after
	}
	is, err := parser.ParseFile(fset, "", after, 0)
	if err != nil {
		return after
	}
	var cuts []edit
	for _, spec := range is.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil || astutil.UsesImport(is, name) || !astutil.UsesImport(was, name) {
			continue
		}
		for _, decl := range is.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT && gen.Pos() <= spec.Pos() && spec.End() <= gen.End() {
				start, end := importLines(fset, after, gen, spec)
				cuts = append(cuts, edit{start: start, end: end})
			}
		}
	}
	return newText(after).apply(cuts)
}

// importLines returns the range of the lines of an import: of the whole
// declaration if it is the only one there.
func importLines(fset *token.FileSet, data []byte, decl *ast.GenDecl, spec *ast.ImportSpec) (start, end int) {
	start, end = fset.Position(spec.Pos()).Offset, fset.Position(spec.End()).Offset
	if len(decl.Specs) == 1 {
		start, end = fset.Position(decl.Pos()).Offset, fset.Position(decl.End()).Offset
	}
	for start > 0 && (data[start-1] == ' ' || data[start-1] == '\t') {
		start--
	}
	if i := bytes.IndexByte(data[end:], '\n'); i >= 0 && (start == 0 || data[start-1] == '\n') {
		end += i + 1
	}
	return start, end
}

// maxSuspects is how many fixes of a package are tried one by one if the package
// does not compile with all of them; the rest is left to the next pass.
const maxSuspects = 20

// compiled returns the fixes without those that break a Go package.
func (p *planner) compiled(ctx context.Context, jobs []job) ([]job, error) {
	broken, err := p.broken(ctx, jobs)
	if err != nil || len(broken) == 0 {
		return jobs, err
	}
	var good []job
	suspects := map[string][]job{}
	for _, j := range jobs {
		if dir := packageOf(j); broken[dir] {
			suspects[dir] = append(suspects[dir], j)
			continue
		}
		good = append(good, j)
	}
	kept := map[string][]job{}
	for i := range maxSuspects {
		var trial []job
		for dir, list := range suspects {
			if i < len(list) {
				trial = append(append(trial, kept[dir]...), list[i])
			}
		}
		if len(trial) == 0 {
			break
		}
		if broken, err = p.broken(ctx, trial); err != nil {
			return nil, err
		}
		for dir, list := range suspects {
			switch {
			case i >= len(list):
			case broken[dir]:
				p.drop(list[i])
			default:
				kept[dir] = append(kept[dir], list[i])
			}
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(suspects)) {
		good = append(good, kept[dir]...)
		p.plan.Later += max(0, len(suspects[dir])-maxSuspects)
	}
	return good, nil
}

// packageOf returns the directory of the Go package that a fix changes, "-" if
// it changes none.
func packageOf(j job) string {
	for _, e := range j.fix.Edits {
		if isGo(e.Location.File) {
			return path.Dir(e.Location.File)
		}
	}
	return "-"
}

// drop tells that a fix is left out.
func (p *planner) drop(j job) {
	at := j.finding.Primary
	p.plan.Notices = append(p.plan.Notices, finding.Notice{
		ID: "fix-left-out", Level: "warning", Where: at,
		Message: fmt.Sprintf("%s:%d: the fix of %s was left out: the package does not compile with it", at.File, at.Line, j.finding.Rule),
	})
}

// broken returns the directories of packages that have errors with the fixes
// made which they have not without.
func (p *planner) broken(ctx context.Context, jobs []job) (map[string]bool, error) {
	overlay := map[string][]byte{}
	var dirs []string
	for name, data := range p.results(jobs) {
		if isGo(name) {
			overlay[p.absolute(name)] = data
			dirs = append(dirs, p.absolute(path.Dir(name)))
		}
	}
	if len(overlay) == 0 {
		return nil, nil
	}
	slices.Sort(dirs)
	dirs = slices.Compact(dirs)
	after, err := p.compile(ctx, dirs, overlay)
	if err != nil || len(after) == 0 {
		return nil, err
	}
	if p.before == nil { // all directories that there will ever be
		if p.before, err = p.compile(ctx, dirs, nil); err != nil {
			return nil, err
		}
	}
	broken := map[string]bool{}
	for _, dir := range dirs {
		for _, fault := range after[dir] {
			if rel, err := filepath.Rel(p.dir, dir); err == nil && !slices.Contains(p.before[dir], fault) {
				broken[filepath.ToSlash(rel)] = true
			}
		}
	}
	return broken, nil
}

// compile returns the errors in directories with the overlay in place.
func (p *planner) compile(ctx context.Context, dirs []string, overlay map[string][]byte) (map[string][]string, error) {
	var files []string
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, fmt.Errorf("listing a package: %w", err)
		}
		for _, e := range entries {
			if isGo(e.Name()) && e.Type().IsRegular() {
				files = append(files, filepath.Join(dir, e.Name()))
			}
		}
	}
	return goload.Compile(ctx, goload.Options{
		Root: p.dir, Paths: dirs, Files: files, Overlay: overlay,
		Tags: p.opts.Tags, Env: p.opts.Env, Download: p.opts.Download,
	})
}

// absolute returns the path of a file of the root.
func (p *planner) absolute(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }
