package flow

import (
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// fileContent looks at what is read from a file, which speaks by the file's name.
func (e *engine) fileContent(d directive, s *site) revealed {
	a, ok := d.Arg("name")
	if !ok || a.Quoted || s == nil || s.arg(a.Index) == nil {
		return revealed{}
	}
	return e.namedFile(s.arg(a.Index), e.siteLocation(s))
}

// namedFile looks at the content of a file by its name, or by what the source
// calls the setting, the variable or the field that names it.
func (e *engine) namedFile(name ssa.Value, at finding.Location) revealed {
	if c, ok := strip(name).(*ssa.Const); ok {
		return fileOfPath(constText(c), at)
	}
	if r := fileOfPath(e.pathEnd(name), at); len(r.secrets) > 0 {
		return r
	}
	for _, called := range []string{e.keyOfFile(name), e.valueName(name)} {
		if r := fileOfSetting(called, at); len(r.secrets) > 0 {
			return r
		}
	}
	if p, ok := strip(name).(*ssa.Parameter); ok {
		if i, ok := paramIndex(p); ok {
			return revealed{holes: []hole{{param: i, owner: p.Parent(), as: asFileName, format: -1}}}
		}
	}
	return revealed{}
}

// fileOfPath looks at the content of a file by its path.
func fileOfPath(path string, at finding.Location) revealed {
	dir, base := filepath.Split(path)
	switch ext := filepath.Ext(base); ext {
	case "", ".txt", ".secret", ".key", ".token":
		base = strings.TrimSuffix(base, ext)
	default:
		return revealed{} // a file of several things
	}
	if !isTelling(base) || !shape.Certain(base) && !(shape.OfName(base) != shape.None && shape.HasWord(dir, "secret", "secrets")) {
		return revealed{}
	}
	return revealed{secrets: []Secret{{Kind: shape.OfName(base), Name: base, What: "content of file " + base, Certain: true, At: at}}}
}

// fileOfSetting looks at the content of a file by the name of the setting that
// says where it is: PasswordFile, TOKEN_PATH. A key may be one for everybody.
func fileOfSetting(name string, at finding.Location) revealed {
	words := shape.Words(name)
	n := len(words)
	for n > 0 && slices.Contains([]string{"file", "filename", "path", "name", "filepath", "location"}, strings.ToLower(words[n-1])) {
		n--
	}
	if n == 0 || n == len(words) || !isTelling(name) || shape.HasWord(name, "public", "pub", "cert", "certificate", "key_id", "log", "host", "known", "out", "output") {
		return revealed{}
	}
	inside := strings.Join(words[:n], "_")
	kind := shape.OfName(inside)
	switch last := strings.ToLower(words[n-1]); {
	case kind == shape.None && last == "key":
		kind = shape.Key
	case kind == shape.None || kind == shape.DSN:
		return revealed{}
	}
	sure := kind == shape.Password || kind == shape.Secret || kind == shape.Token || kind == shape.PrivateKey || shape.Certain(inside)
	return revealed{secrets: []Secret{{Kind: kind, Name: name, What: "content of the file of " + name, Certain: sure, At: at, fromFile: true}}}
}

// pathEnd returns the end of a path that is put together, "" if it is not known.
func (e *engine) pathEnd(name ssa.Value) string {
	alts := e.eval(name, name.Pos()).Alts
	if len(alts) != 1 {
		return ""
	}
	end := ""
	parts := alts[0].Parts
	for i := len(parts) - 1; i > 0 && parts[i].Kind == Text; i-- {
		end = parts[i].Text + end
	}
	if !strings.Contains(end, "/") {
		return ""
	}
	return end
}

// keyOfFile returns the setting or the variable of the environment that names a
// file, "" if none does.
func (e *engine) keyOfFile(name ssa.Value) string {
	for _, alt := range e.eval(name, name.Pos()).Alts {
		if len(alt.Parts) == 1 && (alt.Parts[0].Kind == Setting || alt.Parts[0].Kind == Environment) {
			return alt.Parts[0].Name
		}
	}
	return ""
}

// confirmed returns r with what a file's name says taken for certain, because the
// variable that its content is given to says so too.
func (r revealed) confirmed() revealed {
	r.secrets = slices.Clone(r.secrets)
	for i := range r.secrets {
		r.secrets[i].Certain = r.secrets[i].Certain || r.secrets[i].fromFile
	}
	return r
}
