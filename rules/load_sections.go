package rules

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/markdown"
)

// The sections of a page.
const (
	reportedSection    = "Reported"
	notReportedSection = "Not reported"
	badSection         = "Bad"
	goodSection        = "Good"
	fixSection         = "Fix"
	sourceSection      = "Source"
)

// The sections that a rule's page and a template page have, in order.
var (
	ruleSections     = []string{reportedSection, notReportedSection, badSection, goodSection, fixSection, sourceSection}
	templateSections = []string{reportedSection, notReportedSection, fixSection, sourceSection}
)

// section is one second-level heading with what follows it.
type section struct {
	name   string
	line   int
	blocks []markdown.Block
	text   string // its Markdown, without the heading
}

// sections reads the body into rule: a summary paragraph, then the named
// sections in order.
func (p *page) sections(rule *Rule, names []string) {
	rule.Markdown = strings.TrimSpace(string(p.body)) + "\n"
	blocks := markdown.Read(p.body)
	p.checkBlocks(blocks)
	if len(blocks) == 0 || blocks[0].Kind != markdown.Paragraph {
		p.add(p.first, "the page must begin with a paragraph that says it all")
	} else {
		rule.Summary = blocks[0].Text
	}
	var found []string
	for _, s := range p.split(blocks) {
		if !slices.Contains(names, s.name) {
			p.add(s.line, "unknown section %q, want %s", s.name, strings.Join(names, ", "))
			continue
		}
		if slices.Contains(found, s.name) {
			p.add(s.line, "second section %q", s.name)
			continue
		}
		if n := len(found); n > 0 && slices.Index(names, s.name) < slices.Index(names, found[n-1]) {
			p.add(s.line, "section %q must come before %q", s.name, found[n-1])
		}
		found = append(found, s.name)
		if len(s.blocks) == 0 {
			p.add(s.line, "section %q is empty", s.name)
			continue
		}
		p.section(rule, s)
	}
	for _, name := range names {
		if !slices.Contains(found, name) {
			p.add(1, "missing section %q", name)
		}
	}
}

// split parts the blocks at the second-level headings.
func (p *page) split(blocks []markdown.Block) []section {
	var list []section
	starts := []int{}
	for _, b := range blocks {
		if b.Kind == markdown.Heading {
			list = append(list, section{name: b.Text, line: p.lineAt(b.Start)})
			starts = append(starts, b.Start)
		} else if n := len(list); n > 0 {
			list[n-1].blocks = append(list[n-1].blocks, b)
		}
	}
	for i := range list {
		end := len(p.body)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		_, text, _ := strings.Cut(string(p.body[starts[i]:end]), "\n")
		list[i].text = strings.TrimSpace(text)
	}
	return list
}

// section reads one section into rule.
func (p *page) section(rule *Rule, s section) {
	switch s.name {
	case reportedSection:
		rule.Reported = s.text
	case notReportedSection:
		rule.NotReported = s.text
	case badSection:
		rule.Bad = p.examples(s)
	case goodSection:
		rule.Good = p.examples(s)
	case fixSection:
		rule.Fix = s.text
	case sourceSection:
		rule.Sources = p.citations(s)
	}
}

// examples returns the fences of a section.
func (p *page) examples(s section) []Example {
	var list []Example
	for _, b := range s.blocks {
		if b.Kind != markdown.Fence {
			continue
		}
		words := strings.Fields(b.Info)
		line := p.lineAt(b.TextStart)
		switch {
		case len(words) == 0 || len(words) > 2:
			p.add(p.lineAt(b.Start), "a fence must name its language and at most a file")
			continue
		case strings.TrimSpace(b.Text) == "":
			p.add(p.lineAt(b.Start), "empty example")
			continue
		}
		example := Example{Lang: words[0], Text: b.Text, Line: line}
		if len(words) == 2 {
			example.Name = words[1]
		}
		list = append(list, example)
	}
	if len(list) == 0 {
		p.add(s.line, "section %q has no example", s.name)
	}
	return list
}

// citations returns the sources: list items of the form
// "Publisher, *Document title*: Heading".
func (p *page) citations(s section) []Citation {
	var list []Citation
	for _, b := range s.blocks {
		if b.Kind != markdown.List {
			p.add(p.lineAt(b.Start), "a source is a list item")
			continue
		}
		for _, item := range b.Children {
			c, err := p.citation(item)
			if err != nil {
				p.add(p.lineAt(item.Start), "%v", err)
				continue
			}
			list = append(list, c)
		}
	}
	return list
}

// citation reads one list item.
func (p *page) citation(item markdown.Block) (Citation, error) {
	bad := fmt.Errorf("a source has the form \"Publisher, *Document title*: Heading\"")
	if len(item.Children) != 1 || item.Children[0].Kind != markdown.Paragraph {
		return Citation{}, bad
	}
	b := item.Children[0]
	if len(b.Spans) != 1 || b.Spans[0].Kind != markdown.Emphasis {
		return Citation{}, bad
	}
	title := b.Spans[0]
	before, after := b.Text[:title.Start-1-b.TextStart], b.Text[title.End+1-b.TextStart:]
	publisher, okBefore := strings.CutSuffix(before, ", ")
	heading, okAfter := strings.CutPrefix(after, ": ")
	if !okBefore || !okAfter || publisher == "" || heading == "" {
		return Citation{}, bad
	}
	return Citation{Publisher: publisher, Title: string(p.body[title.Start:title.End]), Heading: heading}, nil
}

// checkBlocks adds faults for what the readers of a page cannot show: GitHub
// breaks lines where the source does, and drops tags.
func (p *page) checkBlocks(blocks []markdown.Block) {
	for _, b := range blocks {
		switch b.Kind {
		case markdown.Heading:
			if b.Level != 2 || !bytes.HasPrefix(p.body[b.Start:], []byte("## ")) {
				p.add(p.lineAt(b.Start), "only headings of the second level (\"## \") part a page")
			}
		case markdown.Indented:
			p.add(p.lineAt(b.Start), "indented code block: write a fence")
		case markdown.HTML:
			p.add(p.lineAt(b.Start), "HTML is not shown")
		case markdown.Quote:
			p.add(p.lineAt(b.Start), "quotation: say it in own words")
		}
		for _, span := range b.Spans {
			switch span.Kind {
			case markdown.LineBreak:
				p.add(p.lineAt(span.Start), "line break within a paragraph: write it on one line")
			case markdown.RawHTML:
				p.add(p.lineAt(span.Start), "HTML is not shown: write code in back quotes")
			}
		}
		p.checkBlocks(b.Children)
	}
}

// lineAt returns the line in the file of an offset in the body.
func (p *page) lineAt(offset int) int {
	return p.first + bytes.Count(p.body[:offset], []byte("\n"))
}
