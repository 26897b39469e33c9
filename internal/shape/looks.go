package shape

// Looks are texts to look for in another one, in any case: a part of every word that
// makes it worth reading, for one. One pass over the bytes looks for all of them.
type Looks struct {
	texts []string
	by    [256][]int     // numbers of texts by their first byte
	after [256][4]uint64 // second bytes of texts by their first one
}

// NewLooks returns the looks for texts in lower case that are not empty.
func NewLooks(texts ...string) *Looks {
	l := &Looks{texts: texts}
	for n, text := range texts {
		first := text[0]
		l.by[first] = append(l.by[first], n)
		if len(text) == 1 {
			l.after[first] = [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
			continue
		}
		l.after[first][text[1]/64] |= 1 << (text[1] % 64)
	}
	return l
}

// In reports whether one of the texts stands in data.
func (l *Looks) In(data []byte) bool {
	in := false
	l.Each(data, func(int, int) bool {
		in = true
		return false
	})
	return in
}

// Each calls found with the number of each text that stands in data and its place
// there, until it reports false.
func (l *Looks) Each(data []byte, found func(n, at int) bool) {
	if len(data) == 0 {
		return
	}
	next := Lower(data[0])
	for i := range data {
		first := next
		if next = 0; i+1 < len(data) {
			next = Lower(data[i+1])
		}
		if l.after[first][next/64]>>(next%64)&1 == 0 {
			continue
		}
		for _, n := range l.by[first] {
			if HasFold(data[i:], l.texts[n]) && !found(n, i) {
				return
			}
		}
	}
}
