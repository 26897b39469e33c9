package settings

import (
	"strings"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
	"github.com/authlint/authlint/rules"
)

// ReadsText reports whether a text is configuration: a file by its name, a part
// by its kind.
func ReadsText(t *embed.Text) bool { return formatOfText(t) != nil }

// formatOfText returns the format of a text, nil if it is none of ours: by its
// name or its kind, or by its first line.
func formatOfText(t *embed.Text) *format {
	f := formatOf(nameOf(t))
	if (f == nil || f.name != "YAML") && t.Kind == embed.None && isCloudConfig(t.Data) {
		return &format{"YAML", readYAML}
	}
	return f
}

// nameOf returns a name of a file that has the format of a text.
func nameOf(t *embed.Text) string {
	if t.Kind == embed.None {
		return t.Name
	}
	return "part." + string(t.Kind)
}

// ObserveText returns what a text in one of the formats shows, the texts of
// other kinds in it, and notices of what could not be read.
func ObserveText(t *embed.Text, cat *rules.Catalogue) embed.Result {
	return observeText(t, cat, worthReading)
}

// observeText is ObserveText for the parts of a text that a gate lets through.
func observeText(t *embed.Text, cat *rules.Catalogue, gate func(*embed.Text, *rules.SettingsTable, *rules.Catalogue) []portion) embed.Result {
	name, f := nameOf(t), formatOfText(t)
	if f == nil {
		return embed.Result{}
	}
	table, err := rules.Settings()
	if err != nil {
		return embed.Result{Notices: []finding.Notice{{ID: "internal-error", Level: "error", Message: "loading the table of settings: " + err.Error()}}}
	}
	if isQuietFile(table, t.Name) {
		return embed.Result{}
	}
	worth := gate(t, table, cat)
	if len(worth) == 0 {
		return embed.Result{}
	}
	docs, notices := readText(f, name, t, worth)
	if t.IsPart() {
		notices = nil // examples are often cut short
	}
	ends, err := tableEndings()
	if err != nil {
		return embed.Result{}
	}
	o := &observer{table: table, ends: ends, cat: cat, path: t.Name, text: t, kinds: map[string]shape.Kind{}, test: t.Test, document: t.Document}
	o.fileWords = fileWords(t.Name)
	if forms := o.forms(sourceOf(name, t)); forms != nil {
		docs = append(docs, forms)
	}
	for _, doc := range docs {
		o.observe(f, doc)
	}
	return embed.Result{Observations: o.out, Texts: o.texts, Notices: notices}
}

// Observe returns what a file shows, and notices of what could not be read. The
// path is relative to the root, because the names of folders say whether a file
// is test code or documentation.
func Observe(path string, data []byte, cat *rules.Catalogue) ([]practice.Observation, []finding.Notice) {
	out := ObserveText(embed.File(path, data), cat)
	return out.Observations, out.Notices
}

// handOn hands on the value of s if it is text of another language: a script,
// or a command and its arguments. It reports whether that is a program, which
// holds no settings.
func (o *observer) handOn(s *Setting) (program bool) {
	if s.Aliased || o.description || len(s.words()) == 0 || s.Kind == Mapping {
		return false
	}
	var key *rules.TextKey
	if o.mayMean(s, textual) {
		key = o.textKey(o.pathOf(s), false)
	}
	if key == nil && s.Parent != nil && o.mayMean(s.Parent, textual) {
		key = o.textKey(s.Parent.pathWords(), true)
	}
	if key == nil {
		return false
	}
	list := o.parts(s)
	if key.List == "words" && s.Kind == List && key.With != "" {
		for _, other := range s.Siblings() {
			if phraseOf(other.Name) == key.With {
				list = append(list, o.parts(other)...)
			}
		}
	}
	text := embed.Lines(list)
	if key.List == "words" && s.Kind == List {
		text = embed.Words(list)
	}
	if text == nil {
		return false
	}
	text.Kind = o.kindOfText(s, key)
	if text.Kind == embed.JSON && strings.IndexByte("{[", strings.TrimLeft(string(text.Data)+" ", " \n")[0]) < 0 {
		return false
	}
	if text.Kind != embed.JSON && !strings.ContainsAny(strings.TrimSpace(string(text.Data)), " \t\n") {
		return false // a word alone is a name: shell: bash
	}
	if key.NameKey != "" {
		name := o.sibling(s, key.NameKey)
		if !o.nameText(s, text, name) {
			return false
		}
	}
	text.Symbol, text.Key = s.symbol(false), s.symbol(true)
	text.Test = text.Test || o.isJobService(s)
	o.texts = append(o.texts, text)
	if o.handed == nil {
		o.handed = map[*Setting]bool{}
	}
	o.handed[s] = true
	return text.Kind == "python" || text.Kind == "javascript" || text.Kind == embed.Markdown
}

// nameText gives a text the name of the file that it is written to, or the form
// that it has if the name does not tell, and reports whether there is a name.
func (o *observer) nameText(s *Setting, text *embed.Text, name string) bool {
	for _, other := range [...]string{"path", "dest", "name", "filename"} {
		if name == "" {
			name = o.sibling(s, other)
		}
	}
	if name == "" {
		return false
	}
	text.Kind, text.Name = embed.None, name
	if formatOf(name) == nil {
		if text.Kind = formOf(text.Data); text.Kind != embed.None {
			text.Name = o.path
		}
	}
	return true
}

// textKey returns what the table says of a path, nil if nothing.
func (o *observer) textKey(words []string, children bool) *rules.TextKey {
	return lookup(o.table.Texts, words, func(k *rules.TextKey, words []string) bool {
		return k.Children == children && k.In(o.path) && fits(&k.Context, words)
	})
}

// kindOfText returns the language of the text that is the value of s.
func (o *observer) kindOfText(s *Setting, key *rules.TextKey) embed.Kind {
	if kind := embed.OfTag(strings.TrimPrefix(o.sibling(s, key.KindKey), "/bin/")); kind != embed.None && kind != "code" {
		return kind
	}
	if isCloudConfig([]byte(s.Text)) {
		return embed.YAML
	}
	return embed.OfTag(key.Kind)
}

// sibling returns the text of the scalar beside s with the phrase, "" if there is
// none.
func (o *observer) sibling(s *Setting, phrase string) string {
	if phrase == "" {
		return ""
	}
	for _, other := range s.Siblings() {
		if other.Kind == Scalar && phraseOf(other.Name) == phrase {
			return other.Text
		}
	}
	return ""
}

// parts returns the scalars of a list, or a scalar alone, as texts. A list in a
// list is one line of words.
func (o *observer) parts(s *Setting) []*embed.Text {
	if s.Kind == Scalar {
		if s.Text == "" {
			return nil
		}
		return []*embed.Text{o.part(s)}
	}
	var list []*embed.Text
	for _, item := range s.Items {
		switch item.Kind {
		case Scalar:
			list = append(list, o.part(item))
		case List:
			if words := embed.Words(o.scalars(item)); words != nil {
				list = append(list, words)
			}
		}
	}
	return list
}

// scalars returns the scalars of a list as texts.
func (o *observer) scalars(s *Setting) []*embed.Text {
	var list []*embed.Text
	for _, item := range s.Items {
		if item.Kind == Scalar {
			list = append(list, o.part(item))
		}
	}
	return list
}

// part returns a scalar as a text.
func (o *observer) part(s *Setting) *embed.Text {
	return o.text.With([]byte(s.Text), s.Slice)
}
