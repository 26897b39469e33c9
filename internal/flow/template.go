package flow

import (
	"go/types"
	"text/template/parse"

	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// maxTemplate is the length of a template beyond which nobody reads it here, and
// maxTemplateNodes how many of its parts are looked at.
const (
	maxTemplate      = 1 << 16
	maxTemplateNodes = 4096
)

// revealTemplate looks at what a template shows of its data: the fields and
// entries that it names, if its text is known.
func (e *engine) revealTemplate(d directive, s site) revealed {
	text, ok := d.Arg("text")
	value, given := d.Arg("value")
	if !ok || !given || value.Quoted {
		return revealed{}
	}
	source := s.recv
	if !isRecv(text) {
		source = s.arg(text.Index)
	}
	if source == nil {
		return revealed{}
	}
	data := s.arg(value.Index)
	if data == nil {
		return revealed{}
	}
	return e.revealData(source, strip(data), s)
}

// revealData looks at the data of a template: at what the template shows if its
// text is known, at what is put together for it otherwise. What callers give is
// theirs to tell.
func (e *engine) revealData(source, data ssa.Value, s site) revealed {
	if p, ok := data.(*ssa.Parameter); ok && types.IsInterface(p.Type()) {
		i, ok := paramIndex(p)
		if !ok {
			return revealed{}
		}
		h := hole{param: i, owner: p.Parent(), as: asTemplate, format: -1}
		if t, ok := strip(source).(*ssa.Parameter); ok {
			h.format, _ = paramIndex(t)
		}
		return revealed{holes: []hole{h}}
	}
	if source != nil {
		if known, ok := e.eval(source, s.pos()).Known(); ok {
			return e.revealShown(data, shownBy(known))
		}
	}
	return e.revealMade(data)
}

// revealMade looks at data that is put together for a template whose text is not
// known: nobody puts in what is not shown.
func (e *engine) revealMade(data ssa.Value) revealed {
	shown := map[string]bool{}
	switch t := data.Type(); {
	case isMap(t):
		for i, u := range e.mapUpdates(data) {
			if c, ok := u.Key.(*ssa.Const); ok && i < 4*maxRevealStores {
				shown[constText(c)] = true
			}
		}
		return e.shownEntries(data, shown).sure()
	case isStruct(deref(t)):
		base := e.allocOf(data, 0)
		st, ok := deref(t).Underlying().(*types.Struct)
		if base == nil || !ok {
			return revealed{}
		}
		for f := range st.Fields() {
			shown[f.Name()] = len(e.storesIn(base, f.Origin())) > 0
		}
		return e.shownFields(data, deref(t), shown).sure()
	}
	return revealed{}
}

// sure returns what r says for certain.
func (r revealed) sure() revealed {
	var out revealed
	for _, s := range r.secrets {
		if s.Certain {
			out.secrets = append(out.secrets, s)
		}
	}
	return out
}

// revealShown looks at the parts of a value that are shown by their names.
func (e *engine) revealShown(data ssa.Value, shown map[string]bool) revealed {
	t := data.Type()
	switch {
	case isPlainText(t):
		if shown["."] {
			return e.reveal(data, asText)
		}
	case isMap(t):
		return e.shownEntries(data, shown)
	case isStruct(deref(t)):
		return e.shownFields(data, deref(t), shown)
	}
	return revealed{}
}

// shownEntries looks at the entries of a map that are shown.
func (e *engine) shownEntries(data ssa.Value, shown map[string]bool) revealed {
	var out revealed
	for i, u := range e.mapUpdates(data) {
		if i == 4*maxRevealStores {
			break
		}
		if c, ok := u.Key.(*ssa.Const); ok && shown[constText(c)] {
			out = out.with(e.revealEntry(u, asText))
		}
	}
	return out
}

// shownFields looks at the fields of a struct, and of those in it, that are shown.
func (e *engine) shownFields(data ssa.Value, t types.Type, shown map[string]bool) revealed {
	base := e.allocOf(data, 0)
	whole := ""
	if n := namedOf(t); n != nil {
		whole = n.Obj().Name()
	}
	var out revealed
	for _, f := range e.structSecrets(t, asPlus, 0, printed{exported: true}) {
		if !shown[f.field.Name()] || f.digest || base != nil && e.keptOut(base, f.field, f.direct) {
			continue
		}
		out.secrets = append(out.secrets, Secret{
			Kind: f.kind, Name: f.field.Name(), What: "field " + f.field.Name() + " of " + f.owner, Certain: f.certain, Whole: whole,
			At: e.location(data.Pos(), data.Pos()), field: f.field,
		})
	}
	st, ok := t.Underlying().(*types.Struct)
	if base == nil || !ok {
		return out
	}
	for f := range st.Fields() {
		if !shown[f.Name()] || !isPlainText(f.Type()) || shape.OfName(f.Name()) != shape.None {
			continue
		}
		for _, s := range e.storesIn(base, f.Origin()) {
			out = out.with(e.reveal(s.Val, asText))
		}
	}
	return out
}

// shownBy returns the names of the fields and entries that a template shows, "."
// for the data as a whole. What is only asked for is not shown.
func shownBy(text string) map[string]bool {
	shown := map[string]bool{}
	if len(text) > maxTemplate {
		return shown
	}
	t := parse.New("template")
	t.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := t.Parse(text, "", "", trees); err != nil {
		return shown
	}
	var todo []parse.Node
	for _, tree := range trees {
		todo = append(todo, tree.Root)
	}
	for n := 0; len(todo) > 0 && n < maxTemplateNodes; n++ {
		node := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch node := node.(type) {
		case *parse.ListNode:
			if node != nil {
				todo = append(todo, node.Nodes...)
			}
		case *parse.IfNode:
			todo = append(todo, node.List, node.ElseList)
		case *parse.RangeNode:
			todo = append(todo, node.List, node.ElseList)
		case *parse.WithNode:
			todo = append(todo, node.List, node.ElseList)
		case *parse.ActionNode:
			showPipe(node.Pipe, shown)
		}
	}
	return shown
}

// showPipe adds what a pipeline shows: nothing if one of its functions masks.
func showPipe(pipe *parse.PipeNode, shown map[string]bool) {
	if pipe == nil || len(pipe.Decl) > 0 {
		return
	}
	names := map[string]bool{}
	for _, cmd := range pipe.Cmds {
		for _, arg := range cmd.Args {
			switch arg := arg.(type) {
			case *parse.FieldNode:
				names[arg.Ident[len(arg.Ident)-1]] = true
			case *parse.DotNode:
				names["."] = true
			case *parse.VariableNode:
				names[arg.Ident[len(arg.Ident)-1]] = true
			case *parse.IdentifierNode:
				if isRedactorName(arg.Ident) {
					return
				}
			}
		}
	}
	for name := range names {
		shown[name] = true
	}
}
