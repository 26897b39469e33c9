package sarif

import (
	"net/url"
	"path"
	"strings"

	gosarif "github.com/owenrumney/go-sarif/v2/sarif"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/report/source"
)

// The bases of relative addresses. Neither has an address of its own in the
// log: that would name a folder of the machine.
const (
	rootBase    = "%SRCROOT%"    // the root of the run
	packageBase = "%GOPACKAGES%" // where Go packages lie by import path
)

// addressOf returns the address of a resolved location's file. A place in a
// package outside the run is named by import path and file, as no folder here
// holds it for sure.
func addressOf(l finding.Location) *gosarif.ArtifactLocation {
	switch {
	case l.Package != "":
		name := path.Join(l.Package, path.Base(l.File))
		return &gosarif.ArtifactLocation{URI: ptr(escapePath(name)), URIBaseId: ptr(packageBase)}
	case path.IsAbs(l.File):
		return &gosarif.ArtifactLocation{URI: ptr("file://" + escapePath(l.File))}
	case len(l.File) > 2 && l.File[1] == ':' && strings.IndexByte(`/\`, l.File[2]) >= 0: // a drive
		return &gosarif.ArtifactLocation{URI: ptr("file:///" + escapePath(strings.ReplaceAll(l.File, `\`, "/")))}
	}
	return &gosarif.ArtifactLocation{URI: ptr(escapePath(l.File)), URIBaseId: ptr(rootBase)}
}

// escapePath returns a path with slashes as a URI reference. Bytes that are not
// ASCII are escaped one by one, whether they are UTF-8 or not. A colon would
// make the first segment a scheme.
func escapePath(name string) string {
	segments := strings.Split(name, "/")
	for i, segment := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(segment), ":", "%3A")
	}
	escaped := strings.Join(segments, "/")
	if strings.HasPrefix(escaped, "//") { // would be an authority
		escaped = "/." + escaped[1:]
	}
	return escaped
}

// regionOf returns a location's lines and columns, all four of them, as GitHub
// wants. Without the file, or beyond its end, the columns stay as they are.
func regionOf(f *source.File, l finding.Location) *gosarif.Region {
	line := max(l.Line, 1)
	column, endLine, endColumn := l.Column, l.EndLine, l.EndColumn
	wholeLine := l.Line > 0 && column < 1
	column = max(column, 1)
	switch {
	case wholeLine && endLine <= line:
		endLine, endColumn = line, lineEnd(f, line)
	case endLine < line || endLine == line && endColumn < column:
		endLine, endColumn = line, column
	}
	start, end := f.UTF16Column(line, column), f.UTF16Column(endLine, endColumn)
	if endLine == line {
		end = max(start, end)
	}
	return &gosarif.Region{StartLine: ptr(line), StartColumn: ptr(start), EndLine: ptr(endLine), EndColumn: ptr(end)}
}

// lineEnd returns the column after a line's last byte, or 1 without the line.
func lineEnd(f *source.File, line int) int {
	if f == nil {
		return 1
	}
	start, end, ok := f.Bounds(line)
	if !ok {
		return 1
	}
	text := strings.TrimRight(string(f.Data()[start:end]), " \t")
	return len(text) + 1
}

// firstLine returns the part of a location that lies on its first line, and
// whether that is not all of it. GitHub annotates a pull request only if all
// lines of a region are in the change.
func firstLine(f *source.File, l finding.Location) (finding.Location, bool) {
	if l.EndLine <= l.Line {
		return l, false
	}
	l.EndLine, l.EndColumn = l.Line, max(l.Column, lineEnd(f, l.Line))
	return l, true
}
