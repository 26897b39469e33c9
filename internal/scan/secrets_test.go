package scan

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/walk"
)

// tokensIn returns the places of what Secrets finds in a text, as a file and as
// standard input, which must be the same.
func tokensIn(t *testing.T, text []byte) []string {
	t.Helper()
	dir := t.TempDir()
	pattern := "[[rules]]\nid = 'acme-token'\nregex = 'acme_[a-z0-9]{12}'\nkeywords = ['acme_']\n"
	for name, data := range map[string][]byte{".gitleaks.toml": []byte(pattern), "large.txt": text} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opts := Options{Root: dir, Dir: dir, Paths: []string{"large.txt"}}
	fromFile, err := Secrets(context.Background(), opts, nil)
	if err != nil {
		t.Fatal(err)
	}
	fromInput, err := Secrets(context.Background(), opts, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	list := placesOf(fromFile)
	if other := placesOf(fromInput); !slices.Equal(list, other) {
		t.Errorf("standard input gives %v, the file %v", other, list)
	}
	return list
}

func placesOf(run *finding.Run) []string {
	var list []string
	for _, f := range run.Findings {
		list = append(list, fmt.Sprintf("%d:%d-%d:%d", f.Primary.Line, f.Primary.Column, f.Primary.EndLine, f.Primary.EndColumn))
	}
	return list
}

// TestPieces puts tokens all over a text of several pieces, some of them where
// pieces meet.
func TestPieces(t *testing.T) {
	const token = "acme_k3v9q2m8x1w7"
	for name, filler := range map[string]string{"lines": strings.Repeat("x", 60) + "\n", "one line": strings.Repeat("x ", 30)} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			var want []string
			line, begin := 1, 0
			for i := 0; b.Len() < 2*pieceSize+pieceSize/2; i++ {
				meets := b.Len()%pieceSize > pieceSize-2000 || b.Len()%pieceSize < 200
				if i%20_000 == 7 || meets && i%3 == 0 {
					column := b.Len() - begin + 1
					want = append(want, fmt.Sprintf("%d:%d-%d:%d", line, column, line, column+len(token)))
					b.WriteString(token + " ")
				}
				b.WriteString(filler)
				if strings.HasSuffix(filler, "\n") {
					line, begin = line+1, b.Len()
				}
			}
			if got := tokensIn(t, []byte(b.String())); !slices.Equal(got, want) {
				t.Errorf("%d findings, want %d: %v, want %v", len(got), len(want), got, want)
			}
		})
	}
}

func TestPiecesOfUTF16(t *testing.T) {
	text := strings.Repeat("é = 1\n", pieceSize/8) + "key = acme_k3v9q2m8x1w7\n"
	data := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	want := []string{fmt.Sprintf("%d:7-%d:24", pieceSize/8+1, pieceSize/8+1)}
	if got := tokensIn(t, data); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// TestBinaryIsNotRead pins that a large binary file costs its beginning only,
// and that NUL bytes further back do not hide what is around them.
func TestBinaryIsNotRead(t *testing.T) {
	if got := tokensIn(t, []byte("\x00"+strings.Repeat("acme_k3v9q2m8x1w7\n", 1<<20))); len(got) != 0 {
		t.Errorf("%d findings in a binary file", len(got))
	}
	if got := tokensIn(t, []byte(strings.Repeat("x\n", pieceSize)+strings.Repeat("\x00", 1<<20)+"\nacme_k3v9q2m8x1w7\n")); len(got) != 1 {
		t.Errorf("%d findings behind NUL bytes, want 1", len(got))
	}
}

// FuzzArchive feeds archives of any form.
func FuzzArchive(f *testing.F) {
	f.Add("a.zip", []byte("PK\x03\x04"))
	f.Add("a.tar.gz", []byte("\x1f\x8b\x08\x00"))
	f.Add("a.tar", bytes.Repeat([]byte{0}, 1024))
	f.Add("a.bz2", []byte("BZh9"))
	s, err := newScan(Options{Root: f.TempDir(), ArchiveDepth: 3})
	if err != nil {
		f.Fatal(err)
	}
	l := &looker{scan: s}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		open := archiveOf(name)
		if open == nil {
			t.Skip()
		}
		l.archive(t.Context(), open, walk.Entry{Path: name}, bytes.NewReader(data), int64(len(data)))
	})
}
