package sarif

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// marshal returns v as compact JSON without nulls in objects, and with <, > and
// & as they are. go-sarif writes null for much that is absent, which its schema
// forbids and GitHub refuses.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding SARIF: %w", err)
	}
	d := nullDropper{src: buf.Bytes(), dst: make([]byte, 0, buf.Len())}
	d.value()
	return append(d.dst, '\n'), nil
}

// nullDropper copies compact, valid JSON without the members of objects that
// are null.
type nullDropper struct {
	src, dst []byte
	at       int
}

// value copies the value that starts here.
func (d *nullDropper) value() {
	switch d.src[d.at] {
	case '{':
		d.object()
	case '[':
		d.array()
	default:
		d.copyTo(d.scalarEnd())
	}
}

// object copies an object member by member.
func (d *nullDropper) object() {
	d.copyTo(d.at + 1)
	first := true
	for d.src[d.at] != '}' {
		if d.src[d.at] == ',' {
			d.at++
		}
		colon := d.scalarEnd()
		if bytes.HasPrefix(d.src[colon+1:], []byte("null")) {
			d.at = colon + 1 + len("null")
			continue
		}
		if !first {
			d.dst = append(d.dst, ',')
		}
		first = false
		d.copyTo(colon + 1)
		d.value()
	}
	d.copyTo(d.at + 1)
}

// array copies an array; a null in one keeps its place.
func (d *nullDropper) array() {
	d.copyTo(d.at + 1)
	for d.src[d.at] != ']' {
		if d.src[d.at] == ',' {
			d.copyTo(d.at + 1)
		}
		d.value()
	}
	d.copyTo(d.at + 1)
}

// scalarEnd returns where the string, number or word ends that starts here.
func (d *nullDropper) scalarEnd() int {
	i := d.at
	if d.src[i] != '"' {
		for i < len(d.src) && bytes.IndexByte([]byte(",]}\n"), d.src[i]) < 0 {
			i++
		}
		return i
	}
	for i++; d.src[i] != '"'; i++ {
		if d.src[i] == '\\' {
			i++
		}
	}
	return i + 1
}

func (d *nullDropper) copyTo(end int) {
	d.dst = append(d.dst, d.src[d.at:end]...)
	d.at = end
}
