package digest

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
)

// writer makes the bytes of a value.
type writer struct {
	data []byte
	text string
	last int // where the last string that was found in the text ends
	err  error
}

// value appends a value.
func (w *writer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		w.number(map[bool]int{true: 1}[v.Bool()])
	case reflect.Int, reflect.Int64, reflect.Int32:
		w.data = binary.AppendVarint(w.data, v.Int())
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		w.data = binary.AppendUvarint(w.data, v.Uint())
	case reflect.Float64:
		w.data = binary.AppendUvarint(w.data, math.Float64bits(v.Float()))
	case reflect.String:
		w.string(v.String())
	case reflect.Pointer:
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(1)
		w.value(v.Elem())
	case reflect.Slice:
		w.list(v)
	case reflect.Map:
		w.table(v)
	case reflect.Struct:
		w.fields(v)
	default:
		w.err = fmt.Errorf("a %s cannot be kept in a digest", v.Type())
	}
}

// number appends a number that is not negative.
func (w *writer) number(n int) { w.data = binary.AppendUvarint(w.data, uint64(n)) }

// string appends a string: twice its length, and where it stands in the text, from
// the last one on, or one more than that, and itself.
func (w *writer) string(s string) {
	at := -1
	if s != "" {
		if at = strings.Index(w.text[w.last:], s); at >= 0 {
			at += w.last
		} else {
			at = strings.Index(w.text, s)
		}
	}
	if at < 0 {
		w.number(2*len(s) + 1)
		w.data = append(w.data, s...)
		return
	}
	w.number(2 * len(s))
	w.data = binary.AppendVarint(w.data, int64(at-w.last))
	w.last = at + len(s)
}

// list appends a list: its length and one more, 0 for none, and its elements.
func (w *writer) list(v reflect.Value) {
	if v.IsNil() {
		w.number(0)
		return
	}
	w.number(v.Len() + 1)
	if v.Type().Elem().Kind() == reflect.Uint8 {
		w.data = append(w.data, v.Bytes()...)
		return
	}
	for i := range v.Len() {
		w.value(v.Index(i))
	}
}

// table appends a map from strings, likewise.
func (w *writer) table(v reflect.Value) {
	if v.IsNil() {
		w.number(0)
		return
	}
	w.number(v.Len() + 1)
	elements := map[string]reflect.Value{}
	for it := v.MapRange(); it.Next(); {
		elements[it.Key().String()] = it.Value()
	}
	for _, key := range slices.Sorted(maps.Keys(elements)) {
		w.string(key)
		w.value(elements[key])
	}
}

// fields appends the fields of a struct that are not zero: how many there are,
// and each behind its number.
func (w *writer) fields(v reflect.Value) {
	var set []int
	for i := range v.NumField() {
		if f := v.Type().Field(i); (f.IsExported() || f.Anonymous) && !v.Field(i).IsZero() {
			set = append(set, i)
		}
	}
	w.number(len(set))
	for _, i := range set {
		w.number(i)
		w.value(v.Field(i))
	}
}

// reader reads the bytes of a value.
type reader struct {
	data, text string
	last       int
	broken     bool // the bytes are not what a writer made
}

// unsigned reads a number of any size that is not negative.
func (r *reader) unsigned() uint64 {
	n := uint64(0)
	for i := 0; i < len(r.data) && i < binary.MaxVarintLen64; i++ {
		c := r.data[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.data = r.data[i+1:]
			return n
		}
	}
	r.broken, r.data = true, ""
	return 0
}

// number reads a number that is not negative.
func (r *reader) number() int { return int(min(r.unsigned(), math.MaxInt32)) }

// signed reads any number.
func (r *reader) signed() int64 {
	n := r.unsigned()
	return int64(n>>1) ^ -int64(n&1)
}

// take reads so many bytes.
func (r *reader) take(size int) string {
	if size > len(r.data) {
		r.broken, r.data = true, ""
		return ""
	}
	taken := r.data[:size]
	r.data = r.data[size:]
	return taken
}

// value reads a value.
func (r *reader) value(v reflect.Value) {
	if r.broken {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(r.number() != 0)
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(r.signed())
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		v.SetUint(uint64(r.number()))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(r.unsigned()))
	case reflect.String:
		v.SetString(r.string())
	case reflect.Pointer:
		if r.number() != 0 {
			v.Set(reflect.New(v.Type().Elem()))
			r.value(v.Elem())
		}
	case reflect.Slice:
		r.list(v)
	case reflect.Map:
		r.table(v)
	case reflect.Struct:
		for range r.number() {
			i := r.number()
			if r.broken = r.broken || i >= v.NumField(); r.broken {
				return
			}
			r.value(v.Field(i))
		}
	}
}

// string reads a string.
func (r *reader) string() string {
	size := r.number()
	if size%2 == 1 {
		return r.take(size / 2)
	}
	size /= 2
	start := int64(r.last) + r.signed()
	if start < 0 || start+int64(size) > int64(len(r.text)) {
		r.broken = true
		return ""
	}
	r.last = int(start) + size
	return r.text[start:r.last]
}

// list reads a list.
func (r *reader) list(v reflect.Value) {
	size := r.number() - 1
	if size < 0 || size > len(r.data) {
		r.broken = r.broken || size >= 0
		return
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		v.SetBytes([]byte(r.take(size)))
		return
	}
	switch list := v.Addr().Interface().(type) { // most lists
	case *[]string:
		*list = make([]string, size)
		for i := range *list {
			(*list)[i] = r.string()
		}
		return
	case *[]uint16:
		*list = make([]uint16, size)
		for i := range *list {
			(*list)[i] = uint16(r.unsigned())
		}
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), size, size))
	for i := range size {
		r.value(v.Index(i))
	}
}

// table reads a map from strings.
func (r *reader) table(v reflect.Value) {
	size := r.number() - 1
	if size < 0 || size > len(r.data) {
		r.broken = r.broken || size >= 0
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), size))
	for range size {
		key := reflect.New(v.Type().Key()).Elem()
		key.SetString(r.string())
		element := reflect.New(v.Type().Elem()).Elem()
		r.value(element)
		v.SetMapIndex(key, element)
	}
}
