package walk

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // git's own checksum, nothing is protected by it
	"crypto/sha256"
	"encoding/binary"
	"os"
	"slices"
	"strings"
)

// trackedFiles are the sorted paths of an index, relative to the work tree.
type trackedFiles []string

// has reports whether the file is tracked.
func (t trackedFiles) has(path string) bool {
	_, found := slices.BinarySearch(t, path)
	return found
}

// below reports whether a file below the folder is tracked.
func (t trackedFiles) below(folder string) bool {
	folder += "/"
	at, _ := slices.BinarySearch(t, folder)
	return at < len(t) && strings.HasPrefix(t[at], folder)
}

// readIndex returns the files that an index file names; none if it is absent or
// of a form that is not understood (a split index keeps its names elsewhere).
//
// The reader is our own: only the names are wanted, and go-git's brings fifteen
// modules and no SHA-256.
func readIndex(name string) trackedFiles {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	tracked, _ := parseIndex(data)
	slices.Sort(tracked)
	return tracked
}

// parseIndex returns the names in an index and reports whether it is a whole one.
func parseIndex(data []byte) (trackedFiles, bool) {
	if len(data) < indexHeader+sha1.Size || !bytes.HasPrefix(data, []byte("DIRC")) {
		return nil, false
	}
	hash := hashSize(data)
	if hash == 0 {
		return nil, false
	}
	r := indexReader{version: binary.BigEndian.Uint32(data[4:]), hash: hash, rest: data[indexHeader : len(data)-hash]}
	if r.version < 2 || r.version > 4 {
		return nil, false
	}
	var tracked trackedFiles
	for range binary.BigEndian.Uint32(data[8:]) {
		if !r.next() {
			return nil, false
		}
		if len(tracked) == 0 || tracked[len(tracked)-1] != r.name { // stages of a conflict
			tracked = append(tracked, r.name)
		}
	}
	return tracked, !bytes.HasPrefix(r.rest, []byte("link"))
}

const (
	indexHeader  = 12 // signature, version, number of entries
	entryHeader  = 40 // times, device, inode, mode, owner, size
	extendedFlag = 0x4000
)

// hashSize returns the size of the repository's hashes, by the one at the end;
// 0 if none fits. git may be told to leave it zero (index.skipHash).
func hashSize(data []byte) int {
	split := len(data) - sha1.Size
	if sum := sha1.Sum(data[:split]); bytes.Equal(sum[:], data[split:]) {
		return sha1.Size
	}
	if split = len(data) - sha256.Size; split >= indexHeader {
		if sum := sha256.Sum256(data[:split]); bytes.Equal(sum[:], data[split:]) {
			return sha256.Size
		}
	}
	if bytes.Equal(data[len(data)-sha1.Size:], make([]byte, sha1.Size)) {
		return sha1.Size
	}
	return 0
}

// indexReader reads the entries of an index one by one.
type indexReader struct {
	version uint32
	hash    int
	rest    []byte
	name    string // of the last entry
}

// next reads one entry and reports whether there was one.
func (r *indexReader) next() bool {
	flagsAt := entryHeader + r.hash
	if len(r.rest) < flagsAt+2 {
		return false
	}
	header := flagsAt + 2
	if binary.BigEndian.Uint16(r.rest[flagsAt:])&extendedFlag != 0 {
		header += 2
	}
	if len(r.rest) < header {
		return false
	}
	if r.version == 4 {
		return r.nextCompressed(header)
	}
	length := bytes.IndexByte(r.rest[header:], 0)
	if length < 0 {
		return false
	}
	r.name = string(r.rest[header : header+length])
	size := (header + length + 8) &^ 7 // padded with 1 to 8 zero bytes
	if size > len(r.rest) {
		return false
	}
	r.rest = r.rest[size:]
	return true
}

// nextCompressed reads the name of a version 4 entry: how many bytes of the last
// name to drop, and what to append.
func (r *indexReader) nextCompressed(header int) bool {
	rest := r.rest[header:]
	drop, used := uint64(0), 0
	for {
		if used == len(rest) || used > 8 {
			return false
		}
		c := rest[used]
		used++
		drop = drop<<7 | uint64(c&0x7f)
		if c&0x80 == 0 {
			break
		}
		drop++
	}
	end := bytes.IndexByte(rest[used:], 0)
	if end < 0 || drop > uint64(len(r.name)) {
		return false
	}
	r.name = r.name[:len(r.name)-int(drop)] + string(rest[used:used+end])
	r.rest = rest[used+end+1:]
	return true
}
