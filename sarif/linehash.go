package sarif

import (
	"strconv"

	"github.com/authlint/authlint/internal/report/source"
)

// The parameters of primaryLocationLineHash, by which GitHub recognises an
// alert after lines have moved. Its upload action computes the same.
const (
	hashBase   = 37
	hashWindow = 100
	hashEnd    = 65535 // stands after the last character of a file
)

// lineHashes returns the hash of each line of a file, by line number less one:
// a polynomial over the 100 UTF-16 units from the line's start on, blanks left
// out and line breaks as one line feed, and how many lines so far had the same.
func lineHashes(data []byte) []string {
	h := lineHasher{highest: 1, counts: map[string]int{}}
	for range hashWindow {
		h.highest *= hashBase
	}
	for len(data) > 0 {
		r, size := source.Decode(data)
		data = data[size:]
		if r > 0xFFFF {
			r -= 0x10000
			h.unit(0xD800 + uint16(r>>10))
			h.unit(0xDC00 + uint16(r&0x3FF))
			continue
		}
		h.unit(uint16(r))
	}
	h.unit(hashEnd)
	for range hashWindow {
		h.push(0)
	}
	return h.hashes
}

// lineHasher rolls over the units of a file.
type lineHasher struct {
	window  [hashWindow]uint64
	starts  [hashWindow]bool // where in the window a line starts
	next    int              // the oldest place of the window
	sum     uint64
	highest uint64 // hashBase to the power of hashWindow
	inLine  bool
	afterCR bool
	counts  map[string]int
	hashes  []string
}

// unit takes one UTF-16 unit of the file.
func (h *lineHasher) unit(u uint16) {
	skip := u == ' ' || u == '\t' || u == '\n' && h.afterCR
	h.afterCR = u == '\r'
	if skip {
		return
	}
	if u == '\r' {
		u = '\n'
	}
	starts := !h.inLine
	h.inLine = u != '\n'
	place := h.next
	h.push(uint64(u))
	h.starts[place] = starts
}

// push moves the window by one unit. A line whose start leaves the window has
// its whole text in the sum.
func (h *lineHasher) push(u uint64) {
	if h.starts[h.next] {
		hash := strconv.FormatUint(h.sum, 16)
		h.counts[hash]++
		h.hashes = append(h.hashes, hash+":"+strconv.Itoa(h.counts[hash]))
		h.starts[h.next] = false
	}
	h.sum = h.sum*hashBase + u - h.highest*h.window[h.next]
	h.window[h.next] = u
	h.next = (h.next + 1) % hashWindow
}
