package settings

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// readXML reads an XML document: web.config, settings of Maven, beans of Spring,
// plans of JMeter, property lists. An element is a mapping of its attributes and
// elements, or, without any, a scalar; the text beside attributes is called
// "value". What follows a key element in a property list is named by it, and an
// element with a text and nothing but a name, by that.
func readXML(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := xmlReader{src: src, at: root}
	d := xml.NewDecoder(bytes.NewReader(src.data))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		start := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return []*Setting{root}, &fault{offset: int(d.InputOffset()), reason: syntaxReason(err), part: true}
		}
		if !r.token(token, span{start: start, end: int(d.InputOffset())}) {
			return []*Setting{root}, &fault{offset: start, reason: "elements nest too deep", part: true}
		}
	}
	return []*Setting{root}, nil
}

// syntaxReason returns what the parser says of a fault, without names from the
// file.
func syntaxReason(err error) string {
	var bad *xml.SyntaxError
	if !errors.As(err, &bad) {
		return "not valid XML"
	}
	text, _, _ := strings.Cut(bad.Msg, "<")
	text, _, _ = strings.Cut(text, ":")
	text, _, _ = strings.Cut(text, "\"")
	return strings.TrimSpace(text)
}

// xmlReader builds the settings of one document.
type xmlReader struct {
	src   *source
	at    *Setting // the open element
	depth int
}

// token takes one token at its place, and reports whether there is room for it.
func (r *xmlReader) token(token xml.Token, at span) bool {
	switch token := token.(type) {
	case xml.StartElement:
		if r.depth == maxDepth {
			return false
		}
		r.depth++
		r.open(token, at)
	case xml.EndElement:
		if r.at.Parent != nil {
			r.depth--
			r.end()
		}
	case xml.CharData:
		r.text(at)
	}
	return true
}

// open begins an element.
func (r *xmlReader) open(e xml.StartElement, at span) {
	name := span{start: at.start + 1, end: at.start + 1 + len(e.Name.Local)}
	if e.Name.Space != "" {
		name = span{start: name.start + len(e.Name.Space) + 1, end: name.end + len(e.Name.Space) + 1}
	}
	element := r.at.add(&Setting{Name: e.Name.Local, Kind: Mapping, key: name, val: at})
	r.at = element
	i := name.end
	for {
		item, next := r.attribute(i, at.end)
		if item == nil {
			return
		}
		if !strings.HasPrefix(item.Name, "xmlns") && !strings.HasPrefix(item.Name, "xsi:") {
			element.add(item)
		}
		i = next
	}
}

// attribute reads the next attribute of a tag that ends at end, and returns the
// offset behind it.
func (r *xmlReader) attribute(i, end int) (*Setting, int) {
	data := r.src.data
	for i < end && isXMLBlank(data[i]) {
		i++
	}
	from := i
	for i < end && !isXMLBlank(data[i]) && strings.IndexByte("=/>", data[i]) < 0 {
		i++
	}
	name := span{start: from, end: i}
	for i < end && isXMLBlank(data[i]) {
		i++
	}
	if name.start == name.end || i >= end || data[i] != '=' {
		return nil, i
	}
	i++
	for i < end && isXMLBlank(data[i]) {
		i++
	}
	if i >= end || data[i] != '"' && data[i] != '\'' {
		return nil, i
	}
	n := bytes.IndexByte(data[i+1:end], data[i])
	if n < 0 {
		return nil, i
	}
	text, at := r.decoded(i+1, i+1+n)
	return &Setting{Name: string(data[name.start:name.end]), key: name, Text: text, val: at, Quoted: true}, i + n + 2
}

// isXMLBlank reports whether b is white space.
func isXMLBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// text adds the text of the open element.
func (r *xmlReader) text(at span) {
	data := r.src.data
	if bytes.HasPrefix(data[at.start:at.end], []byte("<![CDATA[")) {
		at = span{start: at.start + len("<![CDATA["), end: max(at.start+len("<![CDATA["), at.end-len("]]>"))}
	}
	for at.start < at.end && isXMLBlank(data[at.start]) {
		at.start++
	}
	for at.end > at.start && isXMLBlank(data[at.end-1]) {
		at.end--
	}
	if at.start == at.end || r.at.Parent == nil {
		return
	}
	text, where := r.decoded(at.start, at.end)
	r.at.add(&Setting{Name: xmlText, Text: text, val: where, key: r.at.key, Quoted: true})
}

// xmlText is the name of the text of an element that has attributes, too.
const xmlText = "value"

// end closes the open element. One that is a text alone becomes a scalar, and
// gets the name of the key before it in a property list.
func (r *xmlReader) end() {
	e, parent := r.at, r.at.Parent
	r.at = parent
	if len(e.Items) == 1 && e.Items[0].Name == xmlText && e.Items[0].key.start == e.key.start {
		text := e.Items[0]
		e.Kind, e.Items, e.Text, e.val, e.Quoted = Scalar, nil, text.Text, text.val, true
	}
	if len(e.Items) == 2 && e.Items[1].Name == xmlText && isNaming(e.Items[0]) {
		name, text := e.Items[0], e.Items[1]
		e.Kind, e.Items, e.Text, e.val, e.Quoted = Scalar, nil, text.Text, text.val, true
		e.Name, e.key = name.Text, name.val
	}
	n := len(parent.Items)
	if parent.Name != "dict" || n < 2 || parent.Items[n-2].Name != "key" || parent.Items[n-2].Kind != Scalar || len(parent.Items[n-2].Text) > maxName {
		return
	}
	e.Name, e.key = parent.Items[n-2].Text, parent.Items[n-2].val
	parent.Items = append(parent.Items[:n-2], e)
}

// isNaming reports whether an attribute is what an element is called, so that its
// text is a setting of that name: <prop key="password">x</prop>.
func isNaming(attribute *Setting) bool {
	if attribute.Name != "name" && attribute.Name != "key" {
		return false
	}
	return attribute.Text != "" && len(attribute.Text) <= maxName
}

// decoded returns the text between two offsets, entities replaced.
func (r *xmlReader) decoded(start, end int) (string, span) {
	data := r.src.data
	if bytes.IndexByte(data[start:end], '&') < 0 {
		return string(data[start:end]), span{start: start, end: end}
	}
	var d decoder
	for i := start; i < end; {
		n := bytes.IndexByte(data[i:end], ';')
		if data[i] != '&' || n < 0 || n > maxEntity {
			d.copy(data, i, i+1)
			i++
			continue
		}
		if text, ok := entityText(data[i : i+n+1]); ok {
			d.put(text, i, i+n+1)
		} else {
			d.copy(data, i, i+n+1)
		}
		i += n + 1
	}
	return string(d.text), d.span(start, end)
}

// maxEntity is the length up to which text between & and ; is an entity.
const maxEntity = 12

// entityText returns the text that an entity stands for.
func entityText(entity []byte) (string, bool) {
	d := xml.NewDecoder(bytes.NewReader(entity))
	d.Entity = xml.HTMLEntity
	token, err := d.RawToken()
	text, ok := token.(xml.CharData)
	return string(text), ok && err == nil
}
