package scan

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
)

// TestUTF16 checks that files of UTF-16 text are read by every front end as files
// of UTF-8 are, and that no edit is offered for them.
func TestUTF16(t *testing.T) {
	texts := map[string]string{
		"app.ini":    "[db]\npassword = Winter-Lake-42\n[api]\nurl = http://app:Winter-Lake-43@api.example.com/\n",
		"deploy.ps1": "$p = ConvertTo-SecureString 'Winter-Lake-42' -AsPlainText -Force\r\n",
		"notes.txt":  "The password: Winter-Lake-42!\n",
		"users.sql":  "CREATE LOGIN app WITH PASSWORD = N'Winter-Läke-42';\n",
	}
	scanned := func(encode func(string) string) []string {
		root := t.TempDir()
		for name, text := range texts {
			write(t, root, name, encode(text))
		}
		run, err := Run(context.Background(), Options{Dir: root, Now: today, Config: &config.Config{Persona: finding.Auditor}})
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, f := range run.Findings {
			list = append(list, fmt.Sprintf("%s:%d:%d %s", f.Primary.File, f.Primary.Line, f.Primary.Column, f.Rule))
			if strings.HasPrefix(encode(""), "\xff") && len(f.Fixes) > 0 {
				t.Errorf("%s: an edit is offered", f.Primary.File)
			}
		}
		slices.Sort(list)
		return list
	}
	plain := scanned(func(text string) string { return text })
	if len(plain) < len(texts) {
		t.Fatalf("findings in UTF-8: %v", plain)
	}
	wide := scanned(func(text string) string {
		out := []byte{0xff, 0xfe}
		for _, unit := range utf16.Encode([]rune(text)) {
			out = append(out, byte(unit), byte(unit>>8))
		}
		return string(out)
	})
	if diff := cmp.Diff(plain, wide); diff != "" {
		t.Errorf("UTF-16 (-UTF-8 +UTF-16):\n%s", diff)
	}
}
