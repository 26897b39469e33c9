package snippet

import (
	"bytes"
	"path"
	"strings"

	"github.com/authlint/authlint/internal/embed"
)

// javascript is the language of what browsers run.
const javascript = "javascript"

// isComponent reports whether a text is a file of a single component, with its
// program between tags.
func isComponent(t *embed.Text) bool {
	if t.Kind != embed.None {
		return false
	}
	switch strings.ToLower(path.Ext(t.Name)) {
	case ".vue", ".svelte":
		return true
	}
	return false
}

// scriptsOf returns the programs of a component: what stands between <script ..>
// and </script>.
func scriptsOf(t *embed.Text) []*embed.Text {
	var list []*embed.Text
	lower := bytes.ToLower(t.Data)
	if len(lower) != len(t.Data) { // a character whose lower case is of another length
		lower = t.Data
	}
	for at := 0; at < len(lower); {
		open := bytes.Index(lower[at:], []byte("<script"))
		if open < 0 {
			break
		}
		start := bytes.IndexByte(lower[at+open:], '>')
		if start < 0 {
			break
		}
		from := at + open + start + 1
		end := len(lower)
		if n := bytes.Index(lower[from:], []byte("</script")); n >= 0 {
			end = from + n
		}
		list = append(list, t.Part(javascript, from, end))
		at = end
	}
	return list
}
