package snippet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

// TestComponents checks that the programs of components are read, at their places
// in the file, and that nothing else in it is taken for a program.
func TestComponents(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	const bad = "axios.get('http://api.example.com/v1', { auth: { username: 'app', password: 'Winter-Lake-22' } })\n"
	tests := []struct{ name, file, text, want string }{
		{"vue", "src/App.vue", "<template>\n  <p>{{ a }}</p>\n</template>\n<script setup lang=\"ts\">\nimport axios from 'axios'\n" + bad + "</script>\n", "6:12 6:78"},
		{"svelte", "src/App.svelte", "<SCRIPT>import axios from 'axios'\n" + bad + "</SCRIPT>\n<p>a</p>\n", "2:12 2:78"},
		{"two", "a.vue", "<script>import axios from 'axios'</script>\n<script setup>\nimport axios from 'axios'\n" + bad, "4:12 4:78"},
		{"markup", "a.vue", "<template>\n<code>import axios from 'axios'\n" + bad + "</code></template>\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			seen := dispatch.Observe(embed.File(tt.file, []byte(tt.text)), cat)
			var got []string
			for _, f := range (&practice.Judge{Catalogue: cat}).Findings(seen.Observations) {
				got = append(got, fmt.Sprintf("%d:%d", f.Primary.Line, f.Primary.Column))
			}
			if list := strings.Join(got, " "); list != tt.want {
				t.Errorf("findings at %q, want %q", list, tt.want)
			}
		})
	}
}
