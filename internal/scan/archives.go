package scan

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/walk"
)

const (
	// archiveLimit is how many bytes are unpacked of one archive, all that is in
	// it together.
	archiveLimit = 1 << 30
	// innerLimit is how large an archive in an archive may be.
	innerLimit = 64 << 20
)

// errTooMuch ends the reading of an archive that holds more than archiveLimit.
var errTooMuch = fmt.Errorf("more than %d bytes are in it", archiveLimit)

// opener calls member for every file in an archive.
type opener func(in io.Reader, size int64, member func(name string, content io.Reader) error) error

// zipNames are the extensions of what is a zip archive.
var zipNames = []string{".zip", ".jar", ".war", ".ear", ".aar", ".apk", ".whl", ".nupkg", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".vsix"}

// archiveOf returns how to open an archive of this name, nil for other files.
func archiveOf(name string) opener {
	name = strings.ToLower(name)
	ends := func(list ...string) bool {
		return slices.ContainsFunc(list, func(end string) bool { return strings.HasSuffix(name, end) })
	}
	switch {
	case ends(zipNames...):
		return openZip
	case ends(".tar"):
		return openTar
	case ends(".tar.gz", ".tgz"):
		return unpacked(gunzip, openTar)
	case ends(".tar.bz2", ".tbz2", ".tbz"):
		return unpacked(bunzip, openTar)
	case ends(".gz"):
		return unpacked(gunzip, single(path.Base(name[:len(name)-len(".gz")])))
	case ends(".bz2"):
		return unpacked(bunzip, single(path.Base(name[:len(name)-len(".bz2")])))
	}
	return nil
}

func gunzip(in io.Reader) (io.Reader, error) { return gzip.NewReader(in) }

func bunzip(in io.Reader) (io.Reader, error) { return bzip2.NewReader(in), nil }

// unpacked returns an opener for what another one opens, compressed.
func unpacked(unpack func(io.Reader) (io.Reader, error), open opener) opener {
	return func(in io.Reader, _ int64, member func(string, io.Reader) error) error {
		content, err := unpack(in)
		if err != nil {
			return err
		}
		return open(content, 0, member)
	}
}

// single returns an opener for a file that is compressed alone.
func single(name string) opener {
	return func(in io.Reader, _ int64, member func(string, io.Reader) error) error { return member(name, in) }
}

func openTar(in io.Reader, _ int64, member func(string, io.Reader) error) error {
	for archive := tar.NewReader(in); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if err := member(header.Name, archive); err != nil {
			return err
		}
	}
}

func openZip(in io.Reader, size int64, member func(string, io.Reader) error) error {
	at, ok := in.(io.ReaderAt)
	if !ok {
		return errors.New("a zip archive must be a file of its own")
	}
	archive, err := zip.NewReader(at, size)
	if err != nil {
		return err
	}
	for _, file := range archive.File {
		if !file.Mode().IsRegular() {
			continue
		}
		content, err := file.Open()
		if err != nil {
			return err
		}
		err = member(file.Name, content)
		_ = content.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// budget is a reader that fails when too much was read.
type budget struct {
	io.Reader
	left *int64
}

// Read reads and counts.
func (b budget) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		return 0, errTooMuch
	}
	n, err := b.Reader.Read(p)
	*b.left -= int64(n)
	return n, err
}

// archive looks at the files in an archive. They are called as in
// "outer.zip!inner/file".
func (l *looker) archive(ctx context.Context, open opener, e walk.Entry, in io.Reader, size int64) outcome {
	left := int64(archiveLimit)
	return l.members(ctx, open, e, in, size, &left, l.opts.ArchiveDepth)
}

// members is archive, at some depth.
func (l *looker) members(ctx context.Context, open opener, e walk.Entry, in io.Reader, size int64, left *int64, depth int) outcome {
	var out outcome
	add := func(more outcome) {
		out.findings = append(out.findings, more.findings...)
		out.notices = append(out.notices, more.notices...)
	}
	err := open(in, size, func(name string, content io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		inner := walk.Entry{Path: e.Path + "!" + strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"), ThirdParty: e.ThirdParty}
		content = budget{content, left}
		nested := archiveOf(inner.Path)
		if nested == nil || depth <= 1 {
			add(l.stream(ctx, inner, content))
			return nil
		}
		data, err := io.ReadAll(io.LimitReader(content, innerLimit+1))
		if err != nil {
			return err
		}
		if len(data) > innerLimit {
			add(outcome{notices: []finding.Notice{skipped(inner.Path, fmt.Sprintf("has more than %d bytes, more than an archive in an archive may have", innerLimit))}})
			return nil
		}
		add(l.members(ctx, nested, inner, bytes.NewReader(data), int64(len(data)), left, depth-1))
		return nil
	})
	if err != nil {
		add(outcome{notices: []finding.Notice{skipped(e.Path, fmt.Sprintf("is not read to its end: %v", err))}})
	}
	return out
}

// skipped returns the notice for something that is not read, or in part.
func skipped(name, why string) finding.Notice {
	return finding.Notice{ID: "skipped-file", Level: "warning", Where: finding.Location{File: name}, Message: name + " " + why}
}
