// Package digest keeps what was read from texts as bytes that are read back in a
// fraction of the time that parsing takes: a process that looks at three files
// must not spend most of its time on its own tables.
//
// A value is what tables are made of: numbers, strings, lists, maps from strings,
// structs and pointers to them. Fields of structs that are not exported are left
// out. A string that stands in the text is kept as its place there, so that a
// digest repeats no text.
package digest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"maps"
	"reflect"
	"slices"
	"sort"
	"sync"
)

// keySize is the size in bytes of the key of an entry.
const keySize = 16

// entrySize is the size in bytes of an entry: its key, and where its value ends.
const entrySize = keySize + 4

// A Table is a digest: what was read from texts, by their names, their content,
// and the type that they were read into. What it does not know is no error: the
// text has changed since, and has to be read. It is safe for use by several
// goroutines.
type Table struct {
	entries, values string
	types           sync.Map // reflect.Type to its signature
}

// Open returns the digest that Bytes returned. One that is broken knows nothing.
func Open(data string) *Table {
	t := &Table{}
	r := reader{data: data}
	size := r.number() * entrySize
	if !r.broken && size <= len(r.data) {
		t.entries, t.values = r.data[:size], r.data[size:]
	}
	return t
}

// Read sets what into points to to what was read from the text of this name, and
// reports whether the digest knows that. Strings are parts of the text.
func (t *Table) Read(name, text string, into any) bool {
	value := reflect.ValueOf(into).Elem()
	key := keyOf(name, text, t.signature(value.Type()))
	n := len(t.entries) / entrySize
	at := sort.Search(n, func(i int) bool { return t.entry(i)[:keySize] >= string(key[:]) })
	if at == n || t.entry(at)[:keySize] != string(key[:]) {
		return false
	}
	start, end := 0, t.end(at)
	if at > 0 {
		start = t.end(at - 1)
	}
	if start > end || end > len(t.values) {
		return false
	}
	r := reader{data: t.values[start:end], text: text}
	r.value(value)
	if r.broken {
		value.SetZero()
	}
	return !r.broken
}

// entry returns the n-th entry.
func (t *Table) entry(n int) string { return t.entries[n*entrySize : (n+1)*entrySize] }

// end returns where the value of the n-th entry ends.
func (t *Table) end(n int) int {
	return int(binary.LittleEndian.Uint32([]byte(t.entry(n)[keySize:])))
}

// signature returns what tells a type from what it was before.
func (t *Table) signature(kind reflect.Type) []byte {
	if known, ok := t.types.Load(kind); ok {
		return known.([]byte)
	}
	signature := appendType(nil, kind, nil)
	t.types.Store(kind, signature)
	return signature
}

// appendType appends what values of a type are made of.
func appendType(into []byte, kind reflect.Type, above []reflect.Type) []byte {
	into = append(into, byte(kind.Kind()))
	if slices.Contains(above, kind) {
		return into
	}
	above = append(above, kind)
	switch kind.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return appendType(into, kind.Elem(), above)
	case reflect.Struct:
		for i := range kind.NumField() {
			if f := kind.Field(i); f.IsExported() || f.Anonymous {
				into = append(append(into, f.Name...), 0)
				into = appendType(into, f.Type, above)
			}
		}
	}
	return append(into, 0)
}

// keyOf returns the key of an entry. A name may be a stranger's, a text is not:
// it may only have changed.
func keyOf(name, text string, signature []byte) (key [keySize]byte) {
	b := make([]byte, 0, 256)
	b = append(append(b, name...), 0)
	b = binary.LittleEndian.AppendUint64(b, uint64(len(text)))
	b = binary.LittleEndian.AppendUint32(b, checksum(text))
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(signature))
	sum := sha256.Sum256(b)
	copy(key[:], sum[:])
	return key
}

// checksum is that of a text, without a copy of all of it.
func checksum(text string) (sum uint32) {
	var part [4096]byte
	for len(text) > 0 {
		n := copy(part[:], text)
		sum = crc32.Update(sum, crc32.IEEETable, part[:n])
		text = text[n:]
	}
	return sum
}

// A Builder makes a digest.
type Builder struct {
	values map[[keySize]byte][]byte
	types  Table
}

// Add adds what was read from the text of this name. The value is a pointer, as
// Read takes one. The error is about its type.
func (b *Builder) Add(name, text string, from any) error {
	if b.values == nil {
		b.values = map[[keySize]byte][]byte{}
	}
	value := reflect.ValueOf(from).Elem()
	w := writer{text: text}
	w.value(value)
	b.values[keyOf(name, text, b.types.signature(value.Type()))] = w.data
	return w.err
}

// Bytes returns the digest, the same for the same values.
func (b *Builder) Bytes() []byte {
	keys := slices.SortedFunc(maps.Keys(b.values), func(a, b [keySize]byte) int { return bytes.Compare(a[:], b[:]) })
	out := binary.AppendUvarint(nil, uint64(len(keys)))
	end := 0
	for _, key := range keys {
		end += len(b.values[key])
		out = binary.LittleEndian.AppendUint32(append(out, key[:]...), uint32(end))
	}
	for _, key := range keys {
		out = append(out, b.values[key]...)
	}
	return out
}
