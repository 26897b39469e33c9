package settings

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// readYAML reads a stream of YAML documents. A malformed document is read again
// without the place at fault; where that leads nowhere it is left out, and reading
// goes on at the next document marker.
func readYAML(src *source) ([]*Setting, *fault) {
	r := &yamlReader{src: src, data: src.data, lines: yamlLines(src.data), active: map[*yaml.Node]bool{}}
	var docs []*Setting
	var first *fault
	lost := false
	rounds := maxRestarts + maxRepairs
	for _, part := range src.worth {
		r.data, r.isCopy = src.data[:part.to], false
		for r.moveTo(part.from); rounds > 0; rounds-- {
			read, bad := r.documents()
			docs = append(docs, read...)
			if bad == nil {
				break
			}
			if first == nil {
				first = bad.fault
			}
			if r.repair(bad) {
				continue
			}
			lost = true
			if !r.restart(bad.offset) {
				break
			}
		}
	}
	if first != nil && !lost {
		first.part = true
	}
	return docs, first
}

// yamlReader turns the nodes of one stream into settings.
type yamlReader struct {
	src    *source
	data   []byte // of the source up to the end of the part, with what is at fault made good
	lines  []int  // offsets of lines as YAML counts them
	base   int    // where the parser was started
	above  int    // lines before base
	cursor struct{ line, column, offset int }
	active map[*yaml.Node]bool // aliased nodes that are being copied
	copied int
	over   bool // more aliases than maxAliased

	isCopy  bool // data is no longer that of the source
	repairs int
	reread  int // bytes
}

// restart moves the reader to the first document marker on a line behind or at
// offset, and reports whether there is one.
func (r *yamlReader) restart(offset int) bool {
	from := max(offset-1, r.base)
	if from >= len(r.data) {
		return false
	}
	n := bytes.Index(r.data[from:], []byte("\n---"))
	if n < 0 {
		return false
	}
	r.moveTo(from + n + 1)
	return true
}

// yamlLines finds the line starts as YAML counts lines: CR, NEL, LS and PS end
// a line, too, and a byte order mark stands outside.
func yamlLines(data []byte) []int {
	i := 0
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		i = 3
	}
	lines := []int{i}
	for ; i < len(data); i++ {
		if n := yamlBreak(data, i); n > 0 {
			i += n - 1
			lines = append(lines, i+1)
		}
	}
	return lines
}

// yamlBreak returns the length of the line break at data[i:], 0 if there is none.
func yamlBreak(data []byte, i int) int {
	switch data[i] {
	case '\n':
		return 1
	case '\r':
		if i+1 < len(data) && data[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2:
		if i+1 < len(data) && data[i+1] == 0x85 {
			return 2
		}
	case 0xE2:
		if i+2 < len(data) && data[i+1] == 0x80 && (data[i+2] == 0xA8 || data[i+2] == 0xA9) {
			return 3
		}
	}
	return 0
}

// offset returns the byte offset of a line and a column that counts characters.
func (r *yamlReader) offset(line, column int) int {
	line += r.above
	if line < 1 || line > len(r.lines) {
		return len(r.data)
	}
	at, from := r.lines[line-1], 1
	if r.cursor.line == line && r.cursor.column <= column { // long lines are read in order
		at, from = r.cursor.offset, r.cursor.column
	}
	for ; from < column && at < len(r.data); from++ {
		_, size := utf8.DecodeRune(r.data[at:])
		at += size
	}
	r.cursor.line, r.cursor.column, r.cursor.offset = line, from, at
	return at
}

// documents reads documents until the end or the first fault.
func (r *yamlReader) documents() ([]*Setting, *yamlFault) {
	loader, err := yaml.NewLoader(bytes.NewReader(r.data[r.base:]),
		yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth), loaderlimits.AliasNone())))
	if err != nil {
		return nil, &yamlFault{fault: &fault{reason: "the reader could not be set up"}, context: -1}
	}
	var docs []*Setting
	for {
		var node yaml.Node
		err := loader.Load(&node)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return docs, r.faultOf(err)
		}
		if node.Kind == yaml.DocumentNode && len(node.Content) > 0 {
			docs = append(docs, r.setting(node.Content[0], false, r.src))
		}
	}
	if r.over {
		return docs, &yamlFault{fault: &fault{offset: len(r.data), reason: "aliases beyond the limit are left out", part: true}, context: -1}
	}
	return docs, nil
}

// setting turns a node into a setting without parent. A copy stands for an alias.
func (r *yamlReader) setting(n *yaml.Node, alias bool, src *source) *Setting {
	s := &Setting{Kind: Scalar, Aliased: alias, src: src, Tag: explicitTag(n)}
	start := r.start(n)
	s.val = span{start: start, end: start}
	switch n.Kind {
	case yaml.MappingNode:
		s.Kind = Mapping
		r.mapping(s, n, alias)
	case yaml.SequenceNode:
		s.Kind = List
		for _, item := range n.Content {
			if made := r.resolve(item, alias); made != nil {
				s.add(made)
			}
		}
	case yaml.ScalarNode:
		s.Quoted = n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		s.val = scalarSpan(r.data, start, n)
		s.Text = r.original(n.Value, s.val)
		if n.Tag == "!!null" {
			s.Text = ""
		}
	}
	return s
}

// resolve is setting, through an alias if n is one. It returns nil for a cycle
// and beyond the limit.
func (r *yamlReader) resolve(n *yaml.Node, alias bool) *Setting {
	if n.Kind == yaml.AliasNode {
		if n.Alias == nil || r.active[n.Alias] {
			return nil
		}
		r.active[n.Alias] = true
		defer delete(r.active, n.Alias)
		n, alias = n.Alias, true
	}
	if alias {
		if r.copied++; r.copied > maxAliased {
			r.over = true
			return nil
		}
	}
	return r.setting(n, alias, r.src)
}

// mapping adds the pairs of a mapping node, those of merge keys last.
func (r *yamlReader) mapping(s *Setting, n *yaml.Node, alias bool) {
	if r.active[n] && !alias {
		return
	}
	r.active[n] = true // a merge of the mapping into itself
	defer delete(r.active, n)
	var merges []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.ScalarNode && key.Value == "<<" && key.Style == 0 {
			merges = append(merges, value)
			continue
		}
		item := r.resolve(value, alias)
		if item == nil {
			continue
		}
		if key.Kind == yaml.AliasNode && key.Alias != nil {
			key = key.Alias
		}
		item.key = scalarSpan(r.data, r.start(key), key)
		item.Name = r.original(key.Value, item.key)
		s.add(item)
	}
	for _, value := range merges {
		r.merge(s, value)
	}
}

// merge adds the items of the mappings that a merge key names, as copies,
// where s has none of that name.
func (r *yamlReader) merge(s *Setting, value *yaml.Node) {
	list := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		list = value.Content
	}
	has := make(map[string]bool, len(s.Items))
	for _, item := range s.Items {
		has[item.Name] = true
	}
	for _, n := range list {
		from := r.resolve(n, true)
		if from == nil || from.Kind != Mapping {
			continue
		}
		for _, item := range from.Items {
			if !has[item.Name] {
				has[item.Name] = true
				s.add(item)
			}
		}
	}
}

// start returns the offset of a node behind its tag and anchor.
func (r *yamlReader) start(n *yaml.Node) int {
	data := r.data
	at := r.offset(n.Line, n.Column)
	for at < len(data) && (data[at] == '&' || data[at] == '!') {
		for at < len(data) && strings.IndexByte(" \t\r\n", data[at]) < 0 {
			at++
		}
		at = skipYAMLBlank(data, at)
	}
	return at
}

// skipYAMLBlank returns the offset behind blanks, line breaks and comments.
func skipYAMLBlank(data []byte, at int) int {
	for at < len(data) {
		switch data[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			n := bytes.IndexByte(data[at:], '\n')
			if n < 0 {
				return len(data)
			}
			at += n
		default:
			return at
		}
	}
	return at
}

// explicitTag returns the tag that the source gives to a node.
func explicitTag(n *yaml.Node) string {
	if n.Style&yaml.TaggedStyle == 0 {
		return ""
	}
	return n.Tag
}
