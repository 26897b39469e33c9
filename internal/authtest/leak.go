package authtest

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Planted is a secret that a test hides in source text. Cores are its random
// parts: a piece of one says the secret, a fixed prefix does not.
type Planted struct {
	Kind  string
	Cores []string
}

// pieceLength is how many characters of a secret no output may show in a row.
const pieceLength = 6

// needle is one form of a piece of a secret.
type needle struct {
	text   string
	form   string
	secret *Planted
	core   string
	at     int // of the piece in core
}

// Search finds planted secrets in bytes: every piece of six characters, as it
// is and in Base64, hex and percent encoding.
type Search struct {
	filter  [1 << 13]uint64 // by the hash of the first six bytes
	needles map[string][]needle
}

// Leak is a piece of a secret that stands in an output.
type Leak struct {
	Secret *Planted
	Form   string
	Core   string
	Offset int
}

// NewSearch returns a search for the secrets.
func NewSearch(secrets []*Planted) *Search {
	s := &Search{needles: map[string][]needle{}}
	for _, secret := range secrets {
		for _, core := range secret.Cores {
			for i := 0; i+pieceLength <= len(core); i++ {
				s.addPiece(secret, core, i)
			}
		}
	}
	return s
}

// addPiece adds the forms of the piece of core that starts at i.
func (s *Search) addPiece(secret *Planted, core string, i int) {
	piece := core[i : i+pieceLength]
	add := func(form, text string) { s.add(needle{text, form, secret, core, i}) }
	add("plain", piece)
	low := hex.EncodeToString([]byte(piece))
	add("hex", low)
	add("hex", strings.ToUpper(low))
	percent, bytewise := "", ""
	for j := range len(piece) {
		percent += "%" + low[2*j:2*j+2]
		bytewise += `\x` + low[2*j:2*j+2]
	}
	add("percent", percent)
	add("percent", strings.ToUpper(percent))
	add("escaped", bytewise)
	for shift := range 3 {
		for _, encoding := range [...]*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			add("base64", AlignedBase64(encoding, piece, shift))
		}
	}
}

func (s *Search) add(n needle) {
	head := n.text[:pieceLength]
	for _, known := range s.needles[head] {
		if known.text == n.text {
			return
		}
	}
	s.needles[head] = append(s.needles[head], n)
	word, bit := slot([]byte(head))
	s.filter[word] |= bit
}

// slot returns the place of six bytes in the filter.
func slot(b []byte) (int, uint64) {
	_ = b[pieceLength-1]
	v := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 | uint64(b[4])<<32 | uint64(b[5])<<40
	h := v * 0x9E3779B97F4A7C15 >> 45
	return int(h >> 6), 1 << (h & 63)
}

// AlignedBase64 returns the characters that depend on text alone when it is
// encoded behind shift other bytes.
func AlignedBase64(encoding *base64.Encoding, text string, shift int) string {
	encoded := encoding.EncodeToString(append(make([]byte, shift), text...))
	return encoded[(shift*8+5)/6 : (shift+len(text))*8/6]
}

// Find returns the leaks in data, the first of each secret and form.
func (s *Search) Find(data []byte) []Leak {
	var leaks []Leak
	type key struct {
		secret *Planted
		form   string
	}
	told := map[key]bool{}
	for i := 0; i+pieceLength <= len(data); i++ {
		if word, bit := slot(data[i:]); s.filter[word]&bit == 0 {
			continue
		}
		for _, n := range s.needles[string(data[i:i+pieceLength])] {
			k := key{n.secret, n.form}
			if told[k] || !bytes.HasPrefix(data[i:], []byte(n.text)) || n.byChance(data, i) {
				continue
			}
			told[k] = true
			leaks = append(leaks, Leak{n.secret, n.form, n.core, i})
		}
	}
	return leaks
}

// digestLength is the least length of a run of hex digits that is a digest or
// an identifier: those of fingerprints and builds.
const digestLength = 16

// byChance reports whether a piece of a hex secret stands within a digest, of
// which there are enough for six digits to meet. Two digits more, of the secret,
// are no chance.
func (n *needle) byChance(data []byte, at int) bool {
	if n.form != "plain" || strings.Trim(n.text, "0123456789abcdef") != "" {
		return false
	}
	from, to, left, right := at, at+len(n.text), n.at, n.at+len(n.text)
	for from > 0 && left > 0 && data[from-1] == n.core[left-1] {
		from, left = from-1, left-1
	}
	for to < len(data) && right < len(n.core) && data[to] == n.core[right] {
		to, right = to+1, right+1
	}
	if to-from >= pieceLength+2 {
		return false
	}
	for from > 0 && isHexDigit(data[from-1]) {
		from--
	}
	for to < len(data) && isHexDigit(data[to]) {
		to++
	}
	return to-from >= digestLength
}

func isHexDigit(b byte) bool { return '0' <= b && b <= '9' || 'a' <= b && b <= 'f' }

// String tells which secret leaked, and where.
func (l Leak) String() string {
	return fmt.Sprintf("%s (%s) at byte %d", l.Secret.Kind, l.Form, l.Offset)
}

// FindFile searches a file, and what it holds if it is compressed.
func (s *Search) FindFile(path string) ([]Leak, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	leaks := append(s.Find(data), s.Find([]byte(path))...)
	if !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return leaks, nil
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return leaks, nil //nolint:nilerr // two bytes are no proof of compression
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return append(leaks, s.Find(plain)...), nil
}

// FilesBelow returns the regular files below dir but for those that skip names.
func FilesBelow(dir string, skip map[string]bool) ([]string, error) {
	var files []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil && d.Type().IsRegular() && !skip[filepath.ToSlash(rel)] {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// CopyCache makes a build cache at dst that starts with what the one at src
// holds, and returns the names of its files. They are linked, so that this
// costs nothing; what cannot be linked, for another file system, is left to the
// go command to make again.
func CopyCache(src, dst string) (map[string]bool, error) {
	names := map[string]bool{}
	files, err := FilesBelow(src, nil)
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return nil, err
		}
		to := filepath.Join(dst, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return nil, err
		}
		if os.Link(path, to) == nil {
			names[filepath.ToSlash(rel)] = true
		}
	}
	return names, nil
}
