package flow

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/shape"
)

// Digest is a fast hash of a password that is kept, or that a password is
// checked by.
type Digest struct {
	Algorithm string
	// Name is what the source calls the password.
	Name string
	// Salted is set if something that is not known goes into the digest too.
	Salted bool
	// Cost is the cost of a slow hash whose cost is too low, Least what it should
	// at least be.
	Cost, Least int
	// Checked is set if the digest is only compared with another.
	Checked  bool
	Pos, End token.Pos
	At       finding.Location
	Symbol   string
	Use      string // in words: what becomes of the digest
	UseAt    finding.Location
}

// hasher finds the digests of a package.
type hasher struct {
	*engine
	list    []*Digest
	helpers map[*ssa.Function]helper
	// cheapOnly is set in a function that may use a fast hash.
	cheapOnly bool
}

// digests returns the fast hashes of passwords in the package.
func (e *engine) digests() []*Digest {
	h := &hasher{engine: e, helpers: map[*ssa.Function]helper{}}
	var visit func(fn *ssa.Function)
	visit = func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					h.call(call)
				}
			}
		}
		for _, anon := range fn.AnonFuncs {
			visit(anon)
		}
	}
	for _, fn := range e.roots {
		if !isProtocol(e.pass.Pkg.Path()) {
			h.cheapOnly = isProtocolFunction(fn)
			visit(fn)
		}
	}
	return h.list
}

// isProtocol reports whether a package by its path implements a protocol that
// says itself how passwords are hashed.
func isProtocol(path string) bool {
	return shape.HasWord(path, "mysql", "postgres", "pgx", "ntlm", "radius", "sasl", "scram", "smb", "digest", "ldap", "rtsp", "sip", "snmp", "vnc",
		"rfb", "ipmi", "imap", "pop", "pop3", "onvif", "oss", "httpdigest")
}

// isProtocolFunction reports whether a function by its name does something else
// with a digest than keeping it.
func isProtocolFunction(fn *ssa.Function) bool {
	names := withoutSignUp(strings.Join(functionNames(fn), "_"))
	return shape.HasWord(names, "ha1", "ha2", "challenge", "nonce", "realm", "scramble", "native", "ntlm", "nt", "cram", "scram", "apop", "radius",
		"pwned", "hibp", "breach", "breached", "leaked", "compromised", "gravatar", "etag", "cache", "fingerprint", "checksum", "signature", "sign", "hmac",
		"derive", "kdf", "cipher", "mac", "pbkdf2", "stretch", "encrypt", "decrypt", "key", "auth_key",
		"anonymize", "redact", "log") && !shape.HasWord(names, "password", "passwd", "pwd") ||
		shape.HasWord(names, "pg", "postgres", "psql", "mysql", "ha1", "nonce", "realm", "scramble", "ntlm", "cram", "scram", "pwned", "hibp", "breach", "breached", "leaked",
			"compromised", "cache", "fingerprint", "challenge", "response", "derive", "kdf", "redact", "anonymize")
}

// isFormat reports whether a function by its name makes a digest as a protocol or
// a directory has it, which ask for more than the password.
func isFormat(fn *ssa.Function) bool {
	names := strings.Join(functionNames(fn), "_")
	return shape.HasWord(names, "ssha", "ldap") ||
		shape.HasWord(names, "digest") && !shape.HasWord(names, "password", "passwd", "pwd") && !isOfPassword(fn)
}

// withoutSignUp returns names without the signing up and in of users, which signs
// nothing.
func withoutSignUp(names string) string {
	words := shape.Words(names)
	for i := 1; i < len(words); i++ {
		switch strings.ToLower(words[i]) {
		case "up", "in", "on", "out":
			if strings.EqualFold(words[i-1], "sign") {
				words[i-1] = "login"
			}
		}
	}
	return strings.Join(words, "_")
}

// isOfPassword reports whether all that a function is given is a password.
func isOfPassword(fn *ssa.Function) bool {
	fn = root(fn)
	params := fn.Signature.Params()
	return params.Len() == 1 && isText(params.At(0).Type()) && isPasswordName(params.At(0).Name())
}

// algorithm returns the fast hash that a call computes, or begins to compute,
// and its input if that is an argument.
func (h *hasher) algorithm(s site) (name string, input ssa.Value, ok bool) {
	for _, d := range h.funcDirectives(s.callee) {
		if d.Verb != "value" || len(d.Words) == 0 || d.Words[0] != "digest" {
			continue
		}
		a, given := d.Arg("algorithm")
		if !given {
			continue
		}
		if in, has := d.Arg("input"); has && !in.Quoted {
			return a.Text, s.arg(in.Index), s.arg(in.Index) != nil
		}
		return a.Text, nil, true
	}
	return "", nil, false
}

// call judges one call of a fast hash.
func (h *hasher) call(call *ssa.Call) {
	s := h.siteOf(call)
	name, input, ok := h.algorithm(s)
	var helped []ssa.Value
	if !ok {
		if name, helped = h.helper(s); len(helped) == 0 {
			h.cheap(call, s)
			return
		}
	}
	if h.cheapOnly {
		return
	}
	var inputs, results []ssa.Value
	if len(helped) > 0 {
		inputs, results = helped, []ssa.Value{call}
	} else if input != nil {
		inputs, results = []ssa.Value{input}, []ssa.Value{call}
	} else {
		inputs, results = h.written(call)
	}
	var leaves []ssa.Value
	for _, in := range inputs {
		leaves = h.leaves(leaves, in, 0)
	}
	d := &Digest{Algorithm: name, Symbol: symbol(call.Parent())}
	if !h.reads(d, leaves, call) || d.Salted && isFormat(root(call.Parent())) || h.isMigrated(call) {
		return
	}
	w := &fate{hasher: h, seen: map[ssa.Value]bool{}}
	for _, r := range results {
		w.follow(r, 0)
	}
	if w.use == "" && !w.sent {
		w.use, w.at = w.result, w.resultAt
	}
	if w.exempt || w.use == "" || w.prehash && (w.checked || w.use == w.result) || w.checked && h.isOneOfSeveral(call) {
		return
	}
	d.Use, d.UseAt, d.Checked = w.use, w.at, w.checked
	d.Pos, d.End = h.span(call, call.Pos())
	d.At = h.location(d.Pos, d.End)
	h.list = append(h.list, d)
}

// reads tells of which password a digest is made, and what goes into it beside;
// it reports false if it is of no password, or as HTTP Digest makes it.
func (h *hasher) reads(d *Digest, leaves []ssa.Value, call *ssa.Call) bool {
	colons := 0
	for _, leaf := range leaves {
		if k, ok := leaf.(*ssa.Const); ok {
			text, _ := h.constant(k, call.Pos()).Known()
			colons += strings.Count(text, ":")
			continue
		}
		name := h.leafName(leaf)
		switch {
		case shape.HasWord(name, "realm", "nonce", "ha1", "challenge", "cnonce", "method", "timestamp", "session"):
			return false
		case d.Name == "" && (isPasswordName(name) || isPasswordOfCall(leaf, call.Parent())) && !isWorkedName(name) && !shape.HasWord(name, "wifi", "wpa", "psk", "token", "proxy", "smtp", "db",
			"database", "redis", "api", "secret", "master", "encryption", "key", "zip", "archive", "file"):
			d.Name = name
		default:
			d.Salted = true
		}
	}
	return d.Name != "" && colons < 2
}

// isPasswordOfCall reports whether a value is the text that a function which by
// its name hashes or checks passwords is given under a name that says nothing.
func isPasswordOfCall(v ssa.Value, fn *ssa.Function) bool {
	p, ok := v.(*ssa.Parameter)
	if !ok || !isText(p.Type()) || !shape.HasWord(fn.Name(), "password", "passwd", "pwd", "passphrase") {
		return false
	}
	return len(p.Name()) == 1 || len(shape.Words(p.Name())) == 1 && shape.HasWord(p.Name(), "plain", "plaintext", "cleartext", "clear", "raw", "value", "val",
		"str", "text", "input", "new", "given", "candidate", "secret", "string", "data", "attempt", "supplied")
}

// leafName returns what the source calls a value.
func (h *hasher) leafName(v ssa.Value) string {
	if name := h.nameOf(v); name != "" {
		if call, ok := v.(*ssa.Call); !ok || isPasswordName(name) {
			return name
		} else if key := h.keyOf(call); key != "" {
			return key
		}
		return name
	}
	for _, alt := range h.eval(v, v.Pos()).Alts {
		for _, p := range alt.Parts {
			if p.Kind == Setting || p.Kind == Param || p.Kind == Environment {
				return p.holeName()
			}
		}
	}
	return ""
}

// keyOf returns the key by which a call reads a form.
func (h *hasher) keyOf(call *ssa.Call) string {
	for _, alt := range h.eval(call, call.Pos()).Alts {
		for _, p := range alt.Parts {
			if p.Kind == Setting || p.Kind == Environment {
				return p.Name
			}
		}
	}
	return ""
}

// maxInputs is how many parts of the input of a digest are looked at.
const maxInputs = 16

// leaves appends the values that an input is put together of.
func (h *hasher) leaves(list []ssa.Value, v ssa.Value, depth int) []ssa.Value {
	if depth > 12 || len(list) >= maxInputs {
		return list
	}
	switch x := v.(type) {
	case *ssa.Convert:
		return h.leaves(list, x.X, depth+1)
	case *ssa.ChangeType:
		return h.leaves(list, x.X, depth+1)
	case *ssa.MakeInterface:
		return h.leaves(list, x.X, depth+1)
	case *ssa.Slice:
		if a, ok := x.X.(*ssa.Alloc); ok {
			if elems, all := h.ordered(a); all {
				for _, el := range elems {
					list = h.leaves(list, el, depth+1)
				}
				return list
			}
		}
		return h.leaves(list, x.X, depth+1)
	case *ssa.BinOp:
		if x.Op == token.ADD {
			return h.leaves(h.leaves(list, x.X, depth+1), x.Y, depth+1)
		}
	case *ssa.Call:
		if b, ok := x.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			return h.leaves(h.leaves(list, x.Call.Args[0], depth+1), x.Call.Args[1], depth+1)
		}
		if parts, ok := h.parts(x); ok {
			for _, p := range parts {
				list = h.leaves(list, p, depth+1)
			}
			return list
		}
	}
	return append(list, v)
}

// parts returns the values that a modelled call puts together.
func (h *hasher) parts(call *ssa.Call) ([]ssa.Value, bool) {
	s := h.siteOf(call)
	for _, d := range forResult(h.funcDirectives(s.callee), 0) {
		if d.Verb != "transfer" || len(d.Words) == 0 {
			continue
		}
		name := ""
		switch d.Words[0] {
		case "sprintf":
			if f, ok := d.Arg("format"); ok && !f.Quoted && s.arg(f.Index) != nil {
				a, _ := d.Arg("args")
				return append([]ssa.Value{s.arg(f.Index)}, h.restList(s, a.Index)...), true
			}
		case "sprint", "sprintln":
			name = "args"
		case "concat":
			name = "parts"
		case "same", "lower", "upper", "trim-space", "base64-encode", "hex-encode":
			name = "value"
		case "join":
			if a, ok := d.Arg("list"); ok && s.arg(a.Index) != nil {
				elems, _ := h.elementValues(s.arg(a.Index), nil)
				return elems, len(elems) > 0
			}
		}
		if a, ok := d.Arg(name); ok && !a.Quoted {
			if a.Rest {
				return h.restList(s, a.Index), true
			}
			if isRecv(a) {
				return []ssa.Value{s.recv}, s.recv != nil
			}
			return []ssa.Value{s.arg(a.Index)}, s.arg(a.Index) != nil
		}
	}
	return nil, false
}

// written returns what is written to a hash that is computed step by step, and
// the values of it that are asked for.
func (h *hasher) written(hash ssa.Value) (inputs, results []ssa.Value) {
	seen := map[ssa.Value]bool{}
	var visit func(v ssa.Value, depth int)
	visit = func(v ssa.Value, depth int) {
		if seen[v] || depth > 6 || v.Referrers() == nil {
			return
		}
		seen[v] = true
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.Phi, *ssa.TypeAssert:
				visit(r.(ssa.Value), depth+1)
			case *ssa.Store:
				if r.Val == v {
					visit(r.Addr, depth+1)
				}
			case *ssa.UnOp:
				visit(r, depth+1)
			case *ssa.Call:
				in, out := h.step(r, v)
				inputs, results = append(inputs, in...), append(results, out...)
			}
		}
	}
	visit(hash, 0)
	return inputs, results
}

// step returns what one call writes to a hash, and what it reads from it.
func (h *hasher) step(call *ssa.Call, hash ssa.Value) (inputs, results []ssa.Value) {
	s := h.siteOf(call)
	if s.recv == hash {
		switch s.name() {
		case "Write", "WriteString":
			return s.args, nil
		case "Sum":
			if len(s.args) == 1 {
				if k, ok := s.args[0].(*ssa.Const); !ok || k.Value != nil {
					inputs = s.args
				}
			}
			return inputs, []ssa.Value{call}
		}
		return nil, nil
	}
	if len(s.args) > 1 && shape.HasWord(s.name(), "write", "string", "fprint", "fprintf", "fprintln", "copy") {
		for i := 1; i < len(s.args); i++ {
			if s.variadic(i) {
				inputs = append(inputs, h.restList(s, i)...)
			} else {
				inputs = append(inputs, s.args[i])
			}
		}
	}
	return inputs, nil
}
