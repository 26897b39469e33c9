package command

import (
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/authlint/authlint/internal/embed"
)

// documents hands on the here-documents of a statement: what a client of a
// database reads is SQL, what goes into a file is of the kind of that file.
func (s *script) documents(stmt *syntax.Stmt, inv *invocation) {
	for _, r := range stmt.Redirs {
		if r.Hdoc == nil {
			continue
		}
		w := s.document(r)
		if len(w.reading()) == 0 {
			continue
		}
		text := s.asText(embed.None, w)
		if name := s.target(stmt, inv); name != "" {
			text.Name = name
			s.out.Texts = append(s.out.Texts, text)
		} else if inv != nil && s.speaksSQL(inv) {
			text.Kind = embed.SQL
			s.out.Texts = append(s.out.Texts, text)
		}
	}
}

// target returns the name of the file that a statement writes, if it has an
// extension or is known.
func (s *script) target(stmt *syntax.Stmt, inv *invocation) string {
	name := ""
	for _, r := range stmt.Redirs {
		if (r.Op == syntax.RdrOut || r.Op == syntax.AppOut || r.Op == syntax.RdrClob) && r.Word != nil {
			name = lastName(s.word(r.Word))
		}
	}
	if inv != nil && inv.name() == "tee" && len(inv.words) > 1 {
		name = lastName(inv.words[len(inv.words)-1])
	}
	return name
}

// lastName returns the base name of a file as far as its end is known.
func lastName(w word) string {
	t := w.reading()
	if len(t) == 0 || t[len(t)-1].Hole != nil {
		return ""
	}
	base := path.Base(t[len(t)-1].Text)
	if base == "/" || base == "." || strings.HasPrefix(t[len(t)-1].Text, "/dev/") {
		return ""
	}
	return base
}

// speaksSQL reports whether a command is a client of a database for SQL.
func (s *script) speaksSQL(inv *invocation) bool {
	row := s.commands.Find(inv.name(), nil)
	if row == nil {
		return false
	}
	switch row.Protocol {
	case "mysql", "postgres", "sqlserver":
		return true
	}
	return false
}
