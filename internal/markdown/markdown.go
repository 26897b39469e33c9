// Package markdown reads the blocks of Markdown text with their places in the
// source. It is the only importer of the Markdown library.
package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Kind is the kind of a block.
type Kind uint8

// The kinds of blocks.
const (
	Other Kind = iota
	Paragraph
	Heading
	Fence
	Indented // a code block by indentation
	List
	Item
	Quote
	HTML
)

// Block is one block of a text. Offsets count bytes of the source from 0.
type Block struct {
	Kind  Kind
	Level int    // of a heading
	Info  string // of a fence: what follows the opening marks
	// Text is the inline source of a paragraph or heading, and the content of
	// a fence or code block without the marks.
	Text string
	// Start is where the block begins, TextStart where Text does.
	Start, TextStart int
	Lines            []Line  // of a fence or code block
	Spans            []Span  // of a paragraph or heading, in order
	Children         []Block // of a list, an item, a quote
}

// Line is a line of a fence or code block: the range in the source, its line break
// included, and the blanks that stand for a part of a tab before it.
type Line struct{ Start, End, Padding int }

// SpanKind is the kind of a Span.
type SpanKind uint8

// The kinds of spans that readers ask for.
const (
	Emphasis  SpanKind = iota // *one star*, without the marks
	LineBreak                 // a line end within a paragraph
	RawHTML                   // a tag within a paragraph
)

// Span is a part of a paragraph; End is exclusive.
type Span struct {
	Kind       SpanKind
	Start, End int
}

// Read returns the top-level blocks of source in order. It never fails: every
// text is Markdown.
func Read(source []byte) []Block {
	r := reader{source}
	return r.children(goldmark.DefaultParser().Parse(text.NewReader(source)))
}

type reader struct{ source []byte }

// children returns the block children of n.
func (r reader) children(n ast.Node) []Block {
	var blocks []Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeBlock {
			blocks = append(blocks, r.block(c))
		}
	}
	return blocks
}

// block returns n as a Block.
func (r reader) block(n ast.Node) Block {
	b := Block{Start: n.Pos(), TextStart: n.Pos()}
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		b.Kind = Paragraph
		r.inline(n, &b)
	case *ast.Heading:
		b.Kind, b.Level = Heading, n.Level
		r.inline(n, &b)
	case *ast.FencedCodeBlock:
		b.Kind = Fence
		if n.Info != nil {
			b.Info = strings.TrimSpace(string(n.Info.Segment.Value(r.source)))
		}
		r.code(n, &b)
	case *ast.CodeBlock:
		b.Kind = Indented
		r.code(n, &b)
	case *ast.List:
		b.Kind, b.Children = List, r.children(n)
	case *ast.ListItem:
		b.Kind, b.Children = Item, r.children(n)
	case *ast.Blockquote:
		b.Kind, b.Children = Quote, r.children(n)
	case *ast.HTMLBlock:
		b.Kind = HTML
	}
	return b
}

// code sets the content of a fence or code block.
func (r reader) code(n ast.Node, b *Block) {
	lines := n.Lines()
	var content strings.Builder
	for i := range lines.Len() {
		segment := lines.At(i)
		content.Write(segment.Value(r.source))
		b.Lines = append(b.Lines, Line{segment.Start, segment.Stop, segment.Padding})
	}
	b.Text = content.String()
	if lines.Len() > 0 {
		b.TextStart = lines.At(0).Start
	}
}

// inline sets the text and the spans of a paragraph or heading.
func (r reader) inline(n ast.Node, b *Block) {
	if lines := n.Lines(); lines.Len() > 0 {
		start, end := lines.At(0).Start, lines.At(lines.Len()-1).Stop
		b.Text, b.TextStart = strings.TrimRight(string(r.source[start:end]), "\n"), start
	}
	// The visitor returns no error, so Walk does not either.
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.Spans = append(b.Spans, Span{LineBreak, c.Segment.Stop, c.Segment.Stop})
			}
		case *ast.RawHTML:
			if c.Segments.Len() > 0 {
				b.Spans = append(b.Spans, Span{RawHTML, c.Segments.At(0).Start, c.Segments.At(c.Segments.Len() - 1).Stop})
			}
		case *ast.Emphasis:
			if start, end, ok := extent(c); ok && c.Level == 1 {
				b.Spans = append(b.Spans, Span{Emphasis, start, end})
			}
		}
		return ast.WalkContinue, nil
	})
}

// extent returns the range of the plain text directly below n.
func extent(n ast.Node) (start, end int, ok bool) {
	first, okFirst := n.FirstChild().(*ast.Text)
	last, okLast := n.LastChild().(*ast.Text)
	if !okFirst || !okLast {
		return 0, 0, false
	}
	return first.Segment.Start, last.Segment.Stop, true
}
