package settings

import (
	"bytes"
	"encoding/base64"
	"sort"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// readHCL reads a file in HashiCorp's configuration language: Terraform, its
// variable files, Packer, Nomad, Vault. Labels of blocks are keys; references
// and calls are holes; the default of a variable, and the literal that a call or
// a condition falls back to, is a fallback. Behind a fault the parser goes on.
func readHCL(src *source) ([]*Setting, *fault) {
	if offset := hclTooDeep(src.data); offset >= 0 {
		return nil, &fault{offset: offset, reason: "expressions nest too deep"}
	}
	file, diagnostics := hclsyntax.ParseConfig(src.data, "", hcl.InitialPos)
	if diagnostics.HasErrors() {
		if older, ok := asBlocks(src.data); ok {
			if again, faults := hclsyntax.ParseConfig(older, "", hcl.InitialPos); !faults.HasErrors() {
				file, diagnostics = again, faults
			}
		}
	}
	root := &Setting{Kind: Mapping, src: src}
	r := hclReader{src: src, grow: newGrower()}
	if file != nil {
		if body, ok := file.Body.(*hclsyntax.Body); ok {
			r.body(root, body, 0)
		}
	}
	return []*Setting{root}, r.fault(diagnostics)
}

// asBlocks returns a text in which objects that begin at the end of a line are
// blocks, of the same length, and whether there was one. The servers that read the
// first version of the language take blocks within objects.
func asBlocks(data []byte) (out []byte, ok bool) {
	out = bytes.Clone(data)
	for i, b := range data {
		if b != '{' || i+1 < len(data) && data[i+1] != '\n' && data[i+1] != '\r' {
			continue
		}
		before := bytes.TrimRight(data[:i], " \t")
		if n := len(before); n > 1 && before[n-1] == '=' && strings.IndexByte("=!<>", before[n-2]) < 0 {
			out[n-1], ok = ' ', true
		}
	}
	return out, ok
}

// maxChoices is how many conditional expressions a file of HCL may hold: each
// may nest in the one before it.
const maxChoices = 20_000

// hclTooDeep returns where brackets, operators or conditions nest so deep that the
// parser, which calls itself for each, could exhaust the stack; -1 if nowhere.
// Brackets in texts and comments count, too: that only makes it careful.
func hclTooDeep(data []byte) int {
	depth, operators, choices := 0, 0, 0
	for i, b := range data {
		switch b {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(0, depth-1)
		case '!', '-':
			operators++
		case '?':
			choices++
		case ' ', '\t', '\n', '\r':
		default:
			operators = 0
		}
		if depth > maxDepth || operators > maxDepth || choices > maxChoices {
			return i
		}
	}
	return -1
}

// hclReader turns the syntax of one file into settings.
type hclReader struct {
	src  *source
	grow *grower
}

// fault returns the first error of the parser. Its summaries are fixed texts,
// its details quote the file.
func (r *hclReader) fault(list hcl.Diagnostics) *fault {
	for _, d := range list {
		if d.Severity == hcl.DiagError && d.Subject != nil {
			return &fault{offset: d.Subject.Start.Byte, reason: d.Summary, part: true}
		}
	}
	return nil
}

// rangeSpan returns the span of a range of the parser. In broken text some
// ranges end before they begin.
func rangeSpan(r hcl.Range) span {
	return span{start: r.Start.Byte, end: max(r.Start.Byte, r.End.Byte)}
}

// body adds the attributes and blocks of a body to a mapping, in their order.
func (r *hclReader) body(into *Setting, body *hclsyntax.Body, depth int) {
	if depth > maxDepth {
		return
	}
	attributes := make([]*hclsyntax.Attribute, 0, len(body.Attributes))
	for _, a := range body.Attributes {
		attributes = append(attributes, a)
	}
	sort.Slice(attributes, func(i, j int) bool { return attributes[i].SrcRange.Start.Byte < attributes[j].SrcRange.Start.Byte })
	for _, a := range attributes {
		item := r.value(a.Expr, depth+1)
		item.Name, item.key = a.Name, rangeSpan(a.NameRange)
		into.add(item)
	}
	count := map[string]int{}
	for _, b := range body.Blocks {
		count[b.Type]++
	}
	for _, b := range body.Blocks {
		r.block(into, b, count[b.Type] > 1, depth)
	}
}

// block adds a block: below its type and its labels, several without labels as
// the elements of a list.
func (r *hclReader) block(into *Setting, b *hclsyntax.Block, several bool, depth int) {
	key := rangeSpan(b.TypeRange)
	at := r.grow.mapping(into, b.Type, key)
	if len(b.Labels) == 0 && several {
		at.Kind = List
		r.body(at.add(&Setting{Kind: Mapping, val: key}), b.Body, depth+1)
		return
	}
	if b.Type == "variable" && len(b.Labels) == 1 {
		r.variable(at, b)
		return
	}
	for i, label := range b.Labels {
		at = r.grow.mapping(at, label, r.label(b, i))
		at.label = true
	}
	r.body(at, b.Body, depth+1)
}

// label returns the place of a label without its quotes.
func (r *hclReader) label(b *hclsyntax.Block, i int) span {
	at := rangeSpan(b.LabelRanges[i])
	if at.end-at.start > 1 && r.src.data[at.start] == '"' {
		at.start, at.end = at.start+1, at.end-1
	}
	return at
}

// variable adds what a declared variable falls back to.
func (r *hclReader) variable(into *Setting, b *hclsyntax.Block) {
	value, ok := b.Body.Attributes["default"]
	if !ok {
		return
	}
	item := r.value(value.Expr, 0)
	if item.Kind == Scalar && item.Text != "" {
		item = r.fallback(value.Expr, b.Labels[0], value.Expr)
	}
	item.Name, item.key = b.Labels[0], r.label(b, 0)
	into.add(item)
}

// value turns an expression into a setting without parent.
func (r *hclReader) value(e hclsyntax.Expression, depth int) *Setting {
	s := &Setting{src: r.src, val: rangeSpan(e.Range())}
	if depth > maxDepth {
		return s
	}
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return r.value(e.Expression, depth+1)
	case *hclsyntax.ObjectConsExpr:
		s.Kind = Mapping
		for _, pair := range e.Items {
			item := r.value(pair.ValueExpr, depth+1)
			item.Name, item.key = r.key(pair.KeyExpr)
			s.add(item)
		}
	case *hclsyntax.TupleConsExpr:
		s.Kind = List
		for _, element := range e.Exprs {
			s.add(r.value(element, depth+1))
		}
	case *hclsyntax.FunctionCallExpr:
		return r.call(e, depth)
	case *hclsyntax.ConditionalExpr:
		return r.either(e, e.TrueResult, e.FalseResult)
	default:
		r.scalar(s, e)
	}
	return s
}

// key returns the name of an object's key and its place.
func (r *hclReader) key(e hclsyntax.Expression) (string, span) {
	at := rangeSpan(e.Range())
	name := hcl.ExprAsKeyword(e)
	if name == "" {
		if value, bad := e.Value(nil); !bad.HasErrors() && value.IsKnown() && !value.IsNull() && value.Type() == cty.String {
			name = value.AsString()
		}
	}
	return name, at
}

// transparent are functions whose result is made of their first argument alone.
var transparent = map[string]bool{
	"jsonencode": true, "yamlencode": true, "sensitive": true, "nonsensitive": true, "tostring": true, "trimspace": true, "toset": true, "tolist": true, "tomap": true,
}

// choosing are functions that return the first of their arguments that is there.
var choosing = map[string]bool{"coalesce": true, "try": true, "lookup": true, "coalescelist": true}

// call turns a call into a setting: of what it is made of, if that is known.
func (r *hclReader) call(e *hclsyntax.FunctionCallExpr, depth int) *Setting {
	switch {
	case transparent[e.Name] && len(e.Args) > 0:
		return r.value(e.Args[0], depth+1)
	case choosing[e.Name] && len(e.Args) > 1:
		return r.either(e, e.Args...)
	}
	if text := r.inside(e); !strings.HasPrefix(text, "${") {
		at := rangeSpan(e.Range())
		return &Setting{src: r.src, Text: text, Quoted: true, val: opaque(at.start, at.end, len(text))}
	}
	return r.opaque(e)
}

// either turns a choice into a hole, with the literal among the choices as what
// it falls back to.
func (r *hclReader) either(whole hclsyntax.Expression, choices ...hclsyntax.Expression) *Setting {
	for i := len(choices) - 1; i >= 0; i-- {
		if inner := r.value(choices[i], maxDepth); inner.Kind == Scalar && inner.Quoted && inner.Text != "" {
			return r.fallback(whole, nameIn(choices), choices[i])
		}
	}
	return r.opaque(whole)
}

// nameIn returns the name of the first reference among expressions.
func nameIn(list []hclsyntax.Expression) string {
	for _, e := range list {
		if name := traversalName(e); name != "" {
			return name
		}
	}
	return ""
}

// traversalName returns the last name of a reference: db_password of
// var.db_password. It is empty for any other expression.
func traversalName(e hclsyntax.Expression) string {
	ref, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok {
		return ""
	}
	name := ref.Traversal.RootName()
	for _, step := range ref.Traversal {
		if attr, ok := step.(hcl.TraverseAttr); ok {
			name = attr.Name
		}
	}
	return name
}

// opaque turns an expression into a hole.
func (r *hclReader) opaque(e hclsyntax.Expression) *Setting {
	at := rangeSpan(e.Range())
	text := "${" + traversalName(e) + "}"
	return &Setting{src: r.src, Text: text, val: opaque(at.start, at.end, len(text))}
}

// fallback turns an expression into a hole of that name that falls back to the
// literal in another one.
func (r *hclReader) fallback(whole hclsyntax.Expression, name string, literal hclsyntax.Expression) *Setting {
	inner := &Setting{src: r.src, val: rangeSpan(literal.Range())}
	r.scalar(inner, literal)
	at := rangeSpan(whole.Range())
	var d decoder
	d.put("${"+name+":-", inner.val.start, inner.val.start)
	d.append(inner.Text, inner.val)
	d.put("}", inner.val.end, inner.val.end)
	return &Setting{src: r.src, Text: string(d.text), val: d.span(at.start, at.end), Quoted: true}
}

// scalar fills in the text of an expression that is a text, a number, or a
// reference.
func (r *hclReader) scalar(s *Setting, e hclsyntax.Expression) {
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		s.Quoted = true
		r.template(s, e)
	case *hclsyntax.LiteralValueExpr:
		if !e.Val.IsNull() {
			s.Text = string(r.src.data[s.val.start:s.val.end])
		}
	case *hclsyntax.UnaryOpExpr:
		s.Text = string(r.src.data[s.val.start:s.val.end])
	default:
		*s = *r.opaque(e)
	}
}

// template reads a quoted text or a here-document with its holes.
func (r *hclReader) template(s *Setting, e *hclsyntax.TemplateExpr) {
	var d decoder
	start, end := s.val.end, s.val.start
	for _, part := range e.Parts {
		at := rangeSpan(part.Range())
		start, end = min(start, at.start), max(end, at.end)
		literal, ok := part.(*hclsyntax.LiteralValueExpr)
		if !ok || literal.Val.Type() != cty.String {
			d.put(r.inside(part), at.start, at.end)
			continue
		}
		r.literal(&d, literal.Val.AsString(), at)
	}
	if whole := s.val; whole.end-whole.start > 1 && r.src.data[whole.start] == '"' {
		start, end = whole.start+1, max(end, whole.end-1) // an unterminated text has no quote behind it
	}
	s.Text, s.val = string(d.text), d.span(min(start, end), end)
}

// inside returns what an expression inside a template is known to give: Base64
// of a known text, otherwise a hole.
func (r *hclReader) inside(e hclsyntax.Expression) string {
	call, ok := e.(*hclsyntax.FunctionCallExpr)
	if !ok || call.Name != "base64encode" || len(call.Args) != 1 {
		return "${" + traversalName(e) + "}"
	}
	arg := r.value(call.Args[0], maxDepth)
	if arg.Kind != Scalar || !arg.Quoted || strings.Contains(arg.Text, "${") {
		return "${}"
	}
	return base64.StdEncoding.EncodeToString([]byte(arg.Text))
}

// literal takes over the text of one part of a template. Its source may have
// escapes, and indentation that the format takes away.
func (r *hclReader) literal(d *decoder, text string, at span) {
	raw := r.src.data[at.start:at.end]
	if bytes.HasSuffix(raw, []byte(text)) {
		d.copy(r.src.data, at.end-len(text), at.end)
		return
	}
	var inner decoder
	for i := at.start; i < at.end; {
		i = hclStep(&inner, r.src.data, i, at.end)
	}
	switch {
	case string(inner.text) == text:
		d.append(text, inner.span(at.start, at.end))
	case !r.unindented(d, text, at):
		d.put(text, at.start, at.end)
	}
}

// unindented takes over lines of a here-document whose indentation the format
// takes away, and reports whether the text is such lines.
func (r *hclReader) unindented(d *decoder, text string, at span) bool {
	var inner decoder
	from := at.start
	for line := range strings.Lines(text) {
		end := at.end
		if n := bytes.IndexByte(r.src.data[from:at.end], '\n'); n >= 0 {
			end = from + n + 1
		}
		if !bytes.HasSuffix(r.src.data[from:end], []byte(line)) {
			return false
		}
		inner.copy(r.src.data, end-len(line), end)
		from = end
	}
	d.append(text, inner.span(at.start, at.end))
	return true
}

// hclStep decodes the character at i, or the escape there, and returns the
// offset behind it.
func hclStep(d *decoder, data []byte, i, end int) int {
	switch {
	case data[i] == '\\' && i+1 < end:
		return tomlEscape(d, data, i, end)
	case i+2 < end && (data[i] == '$' || data[i] == '%') && data[i+1] == data[i] && data[i+2] == '{':
		d.put(string(data[i]), i, i+2)
		return i + 2
	}
	d.copy(data, i, i+1)
	return i + 1
}
