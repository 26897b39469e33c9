package shape

// Looks are texts of which one must stand in another text to make it worth
// reading. One pass over the bytes looks for all of them.
type Looks struct{ by [256][]string }

// NewLooks returns the looks for texts in lower case that are not empty.
func NewLooks(texts ...string) *Looks {
	l := &Looks{}
	for _, text := range texts {
		l.by[text[0]] = append(l.by[text[0]], text)
	}
	return l
}

// In reports whether one of the texts stands in data, in any case.
func (l *Looks) In(data []byte) bool {
	for i, c := range data {
		for _, text := range l.by[Lower(c)] {
			if HasFold(data[i:], text) {
				return true
			}
		}
	}
	return false
}
