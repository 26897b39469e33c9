package markdown_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/markdown"
)

func TestRead(t *testing.T) {
	source := "One *two* three.\n\n## Head\n\n```go main.go\npackage main\n```\n\n- first: *x*\n- second\n  line\n\n> quoted\n\n    indented\n\n<b>raw</b>\n"
	type flat struct {
		Kind       markdown.Kind
		Info, Text string
		At         string // the source from TextStart on, up to the line's end
	}
	var got []flat
	var walk func(blocks []markdown.Block)
	walk = func(blocks []markdown.Block) {
		for _, b := range blocks {
			at, _, _ := strings.Cut(source[b.TextStart:], "\n")
			got = append(got, flat{b.Kind, b.Info, b.Text, at})
			walk(b.Children)
		}
	}
	walk(markdown.Read([]byte(source)))
	want := []flat{
		{markdown.Paragraph, "", "One *two* three.", "One *two* three."},
		{markdown.Heading, "", "Head", "Head"},
		{markdown.Fence, "go main.go", "package main\n", "package main"},
		{markdown.List, "", "", "- first: *x*"},
		{markdown.Item, "", "", "- first: *x*"},
		{markdown.Paragraph, "", "first: *x*", "first: *x*"},
		{markdown.Item, "", "", "- second"},
		{markdown.Paragraph, "", "second\n  line", "second"},
		{markdown.Quote, "", "", "> quoted"},
		{markdown.Paragraph, "", "quoted", "quoted"},
		{markdown.Indented, "", "indented\n", "indented"},
		{markdown.Paragraph, "", "<b>raw</b>", "<b>raw</b>"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func TestSpans(t *testing.T) {
	tests := []struct {
		source string
		want   []string
	}{
		{"plain", nil},
		{"Publisher, *A title*: heading", []string{"emphasis A title"}},
		{"two\nlines", []string{"break"}},
		{"a <b> c", []string{"html <b>"}},
		{"**strong**", nil},
		{"`*code*`", nil},
	}
	for _, tt := range tests {
		t.Run(tt.source, func(t *testing.T) {
			var got []string
			for _, s := range markdown.Read([]byte(tt.source))[0].Spans {
				word := map[markdown.SpanKind]string{markdown.Emphasis: "emphasis ", markdown.LineBreak: "break", markdown.RawHTML: "html "}[s.Kind]
				got = append(got, word+tt.source[s.Start:s.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("spans (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add("# a\n\n```go\nx\n```\n- *b*\n  c\n> d\n")
	f.Fuzz(func(t *testing.T, source string) {
		var check func(blocks []markdown.Block)
		check = func(blocks []markdown.Block) {
			for _, b := range blocks {
				if b.Start < 0 || b.TextStart < 0 || b.Start > len(source) || b.TextStart > len(source) {
					t.Fatalf("block outside the source: %+v", b)
				}
				for _, s := range b.Spans {
					if s.Start < 0 || s.Start > s.End || s.End > len(source) {
						t.Fatalf("span outside the source: %+v", s)
					}
				}
				check(b.Children)
			}
		}
		check(markdown.Read([]byte(source)))
	})
}
