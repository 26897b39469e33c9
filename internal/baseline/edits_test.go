package baseline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/baseline"
	"github.com/authlint/authlint/internal/config"
	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/scan"
	"github.com/authlint/authlint/sarif"
)

// tree is the content of files by name.
type tree map[string]string

// kind is a kind of file with the findings in it.
type kind struct {
	name, file string
	text       string // {{name}} stands for a secret that cannot be guessed
	findings   int
	comment    string    // a line that changes nothing
	weak       [2]string // a password that can be guessed, and another one
	secret     string    // the name of a secret that cannot
	extra      string    // text with one more finding, for the end
	renamed    [2]string // a function or a parent key, and another name
	format     func(string) string
	part       string // a part of the file with one finding, which can stand alone
	head       string // what a file with the part alone needs
}

var kinds = []kind{
	{
		name: "go", file: "main.go", findings: 3, comment: "// a comment",
		text: `// Package shop sells.
package shop

import (
	"database/sql"
	"net/smtp"
	"os"
)

const token = "{{a}}"

func open() (*sql.DB, error) {
	return sql.Open("postgres", "postgres://shop:Autumn-River-71@db.shop.example/shop")
}

func mail() smtp.Auth {
	return smtp.PlainAuth("", "shop", "Winter-Lake-22", "mail.shop.example")
}

func news() smtp.Auth {
	host := os.Getenv("NEWS_HOST")
	return smtp.PlainAuth("", "news", token, host)
}
`,
		weak: [2]string{"Winter-Lake-22", "Summer-River-93"}, secret: "a",
		extra:   "\nfunc more() smtp.Auth { return smtp.PlainAuth(\"\", \"more\", \"Winter-Hill-31\", \"more.shop.example\") }\n",
		renamed: [2]string{"func mail()", "func sendMail()"},
		format: func(text string) string {
			return strings.Replace(text, `smtp.PlainAuth("", "shop", "Winter-Lake-22", "mail.shop.example")`,
				"smtp.PlainAuth(\n\t\t\"\",\n\t\t\"shop\",\n\t\t\"Winter-Lake-22\",\n\t\t\"mail.shop.example\",\n\t)", 1)
		},
		part: `func open() (*sql.DB, error) {
	return sql.Open("postgres", "postgres://shop:Autumn-River-71@db.shop.example/shop")
}
`,
		head: "package shop\n\nimport \"database/sql\"\n\n",
	},
	{
		name: "yaml", file: "app.yaml", findings: 3, comment: "# a comment",
		text: `# how the shop runs
db:
  host: db.shop.example
  user: shop
  password: Winter-Lake-23
cache:
  host: cache.shop.example
  password: Spring-Hill-44
api:
  host: api.shop.example
  secret_key: {{a}}
`,
		weak: [2]string{"Winter-Lake-23", "Summer-River-94"}, secret: "a",
		extra:   "queue:\n  host: queue.shop.example\n  password: Winter-Hill-32\n",
		renamed: [2]string{"cache:", "redis:"},
		format:  func(text string) string { return strings.ReplaceAll(text, "  ", "      ") },
		part:    "db:\n  host: db.shop.example\n  user: shop\n  password: Winter-Lake-23\n",
	},
	{
		name: "env", file: ".env", findings: 3, comment: "# a comment",
		text: `# settings
SHOP_NAME=shop
DB_PASSWORD=Winter-Lake-24
CACHE_HOST=cache.shop.example
CACHE_PASSWORD=Spring-Hill-45
AWS_SECRET_ACCESS_KEY={{a}}
`,
		weak: [2]string{"Winter-Lake-24", "Summer-River-95"}, secret: "a",
		extra:   "QUEUE_PASSWORD=Winter-Hill-33\n",
		renamed: [2]string{"AWS_SECRET_ACCESS_KEY", "SHOP_AWS_SECRET_ACCESS_KEY"},
		format: func(text string) string {
			return strings.NewReplacer("Winter-Lake-24", `"Winter-Lake-24"`, "Spring-Hill-45", "'Spring-Hill-45'").Replace(text)
		},
		part: "CACHE_HOST=cache.shop.example\nCACHE_PASSWORD=Spring-Hill-45\n",
	},
	{
		name: "shell", file: "send.sh", findings: 3, comment: "# a comment",
		text: `#!/bin/sh
set -e
export DB_PASSWORD=Winter-Lake-26
API_SECRET={{a}}
pg_dump shop > dump.sql
curl -u shop:Winter-Lake-25 https://api.shop.example/v1/send
rm dump.sql
`,
		weak: [2]string{"Winter-Lake-25", "Summer-River-96"}, secret: "a",
		extra:   "export QUEUE_PASSWORD=Winter-Hill-34\n",
		renamed: [2]string{"API_SECRET", "SHOP_API_SECRET"},
		format: func(text string) string {
			return strings.Replace(text, "curl -u shop:Winter-Lake-25 https", "curl \\\n  -u shop:Winter-Lake-25 \\\n  https", 1)
		},
		part: "pg_dump shop > dump.sql\ncurl -u shop:Winter-Lake-25 https://api.shop.example/v1/send\nrm dump.sql\n",
		head: "#!/bin/sh\n",
	},
	{
		name: "markdown", file: "README.md", findings: 2, comment: "Some words.",
		text: "# Shop\n\nSend with:\n\n```sh\ncurl -H \"Authorization: Bearer ghp_{{b}}\" https://api.github.com/user\n```\n\n" +
			"And then put this into the environment:\n\n    export GITHUB_TOKEN=ghp_{{a}}\n\nThat is all.\n",
		secret:  "a",
		extra:   "\n    export OTHER_TOKEN=ghp_{{c}}\n",
		renamed: [2]string{"# Shop", "# The shop"},
		format:  func(text string) string { return strings.Replace(text, "    export ", "\t export ", 1) },
		part:    "And then put this into the environment:\n\n    export GITHUB_TOKEN=ghp_{{a}}\n\nThat is all.\n",
	},
}

// edit is what somebody does to a file, and what is then new, unchanged and absent.
type edit struct {
	name string
	do   func(k *kind, files tree)
	want func(k *kind) [3]int
}

// The outcomes that most edits have.
func same(k *kind) [3]int    { return [3]int{0, k.findings, 0} }
func rotated(k *kind) [3]int { return [3]int{1, k.findings - 1, 1} }
func added(k *kind) [3]int   { return [3]int{1, k.findings, 0} }
func removed(k *kind) [3]int { return [3]int{0, k.findings - 1, 1} }

func change(k *kind, files tree, what func(string) string) { files[k.file] = what(files[k.file]) }

func rename(k *kind, files tree, to string) {
	files[to] = files[k.file]
	delete(files, k.file)
}

// rotate replaces the secret that cannot be guessed.
func rotate(k *kind, files tree) {
	change(k, files, func(text string) string { return strings.ReplaceAll(text, "{{"+k.secret+"}}", "{{other}}") })
}

// above puts lines at places where lines may stand.
func above(k *kind, files tree) {
	change(k, files, func(text string) string {
		first, rest, _ := strings.Cut(text, "\n") // may be a shebang
		return first + "\n" + strings.Repeat(k.comment+"\n", 7) + "\n" + rest
	})
}

func sibling(k *kind) string { return "other" + path.Ext(k.file) }

var edits = []edit{
	{"nothing", func(*kind, tree) {}, same},
	{"lines above", above, same},
	{"lines above twice, and below", func(k *kind, files tree) {
		above(k, files)
		above(k, files)
		files[k.file] += "\n" + k.comment + "\n"
	}, same},
	{"line breaks of another system", func(k *kind, files tree) {
		change(k, files, func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") })
	}, same},
	{"reformatted", func(k *kind, files tree) { change(k, files, k.format) }, same},
	{"reformatted and lines above", func(k *kind, files tree) { change(k, files, k.format); above(k, files) }, same},
	{"file renamed", func(k *kind, files tree) { rename(k, files, sibling(k)) }, same},
	{"file moved to another folder", func(k *kind, files tree) { rename(k, files, "deploy/prod/"+k.file) }, same},
	{"file moved, renamed and lines above", func(k *kind, files tree) { above(k, files); rename(k, files, "deploy/"+sibling(k)) }, same},
	{"file moved and reformatted", func(k *kind, files tree) { change(k, files, k.format); rename(k, files, "deploy/"+k.file) }, same},
	{"function or parent renamed", func(k *kind, files tree) {
		change(k, files, func(text string) string { return strings.Replace(text, k.renamed[0], k.renamed[1], 1) })
	}, same},
	{"a part moved to a new file", func(k *kind, files tree) {
		change(k, files, func(text string) string { return strings.Replace(text, k.part, "", 1) })
		files[sibling(k)] = k.head + k.part
	}, same},
	{"a part moved to the end", func(k *kind, files tree) {
		change(k, files, func(text string) string { return strings.Replace(text, k.part, "", 1) + k.part })
	}, same},
	{"secret rotated", rotate, rotated},
	{"secret rotated and lines above", func(k *kind, files tree) { rotate(k, files); above(k, files) }, rotated},
	{"secret rotated and file moved", func(k *kind, files tree) { rotate(k, files); rename(k, files, "deploy/"+k.file) }, rotated},
	{"secret rotated and file reformatted", func(k *kind, files tree) { rotate(k, files); change(k, files, k.format) }, rotated},
	{"guessable password changed, which no hash tells", func(k *kind, files tree) {
		if k.weak[0] != "" {
			change(k, files, func(text string) string { return strings.ReplaceAll(text, k.weak[0], k.weak[1]) })
		}
	}, same},
	{"file copied", func(k *kind, files tree) { files["copy/"+sibling(k)] = files[k.file] },
		func(k *kind) [3]int { return [3]int{k.findings, k.findings, 0} }},
	{"file moved and copied", func(k *kind, files tree) {
		files["deploy/"+k.file] = files[k.file]
		rename(k, files, "build/"+k.file)
	}, func(k *kind) [3]int { return [3]int{k.findings, k.findings, 0} }},
	{"a part copied to a new file", func(k *kind, files tree) { files["part/"+k.file] = k.head + k.part }, added},
	{"one finding removed", func(k *kind, files tree) {
		change(k, files, func(text string) string { return strings.Replace(text, k.part, "", 1) })
	}, removed},
	{"the file removed", func(k *kind, files tree) { delete(files, k.file) },
		func(k *kind) [3]int { return [3]int{0, 0, k.findings} }},
	{"a new finding at the end", func(k *kind, files tree) { files[k.file] += k.extra }, added},
	{"a new finding, and the file moved", func(k *kind, files tree) { files[k.file] += k.extra; rename(k, files, "deploy/"+k.file) }, added},
	{"one removed, another added", func(k *kind, files tree) {
		change(k, files, func(text string) string { return strings.Replace(text, k.part, "", 1) + k.extra })
	}, rotated},
}

// TestEdits holds every edit of every kind of file to what it makes of the findings.
func TestEdits(t *testing.T) {
	before, after := tree{}, tree{}
	for _, root := range []tree{before, after} {
		root["go.mod"] = "module example.com/shop\n\ngo 1.25\n"
	}
	for i := range kinds {
		for j, e := range edits {
			files := tree{kinds[i].file: kinds[i].text}
			place(before, folder(i, j), files)
			e.do(&kinds[i], files)
			place(after, folder(i, j), files)
		}
	}
	old, log := scanned(t, before)
	entries, err := baseline.Parse("baseline.sarif", log)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(old.Findings) {
		t.Fatalf("%d entries of %d findings", len(entries), len(old.Findings))
	}
	run, newLog := scanned(t, after)
	marks, err := baseline.Parse("after.sarif", newLog)
	if err != nil {
		t.Fatal(err)
	}
	byPrint := map[string]baseline.Marks{}
	for _, e := range marks {
		byPrint[e.Print] = e.Marks
	}
	done := 0
	for i := range kinds {
		for j, e := range edits {
			done++
			within := folder(i, j) + "/"
			mine := slices.DeleteFunc(slices.Clone(entries), func(e baseline.Entry) bool { return !strings.HasPrefix(e.File, within) })
			var found []finding.Finding
			var list []baseline.Marks
			for _, f := range run.Findings {
				if strings.HasPrefix(f.Primary.File, within) {
					found, list = append(found, f), append(list, byPrint[f.Fingerprint])
				}
			}
			match := baseline.Compare(found, list, mine, func(file string) bool { _, ok := after[file]; return ok })
			got := [3]int{0, 0, len(match.Absent)}
			for _, known := range match.Known {
				if known {
					got[1]++
				} else {
					got[0]++
				}
			}
			if want := e.want(&kinds[i]); got != want {
				t.Errorf("%s: %s: new, unchanged, absent are %v, want %v", kinds[i].name, e.name, got, want)
			}
		}
	}
	if done < 100 {
		t.Errorf("%d edits, want at least 100", done)
	}
}

// folder is where an edit of a kind takes place.
func folder(kind, edit int) string { return fmt.Sprintf("%s/e%02d", kinds[kind].name, edit) }

// place puts files into a folder, with their secrets: each folder has its own.
func place(into tree, folder string, files tree) {
	blank := regexp.MustCompile(`\{\{(\w+)\}\}`)
	for name, text := range files {
		into[path.Join(folder, name)] = blank.ReplaceAllStringFunc(text, func(found string) string {
			return madeUp(folder + found)
		})
	}
}

// madeUp returns 36 letters and digits that depend on a seed.
func madeUp(seed string) string {
	var out strings.Builder
	for i := 0; out.Len() < 36; i++ {
		sum := sha256.Sum256(fmt.Append(nil, seed, i))
		text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])
		for k, r := range text {
			if sum[k%len(sum)]&1 == 0 {
				text = text[:k] + strings.ToLower(string(r)) + text[k+1:]
			}
		}
		out.WriteString(text)
	}
	return out.String()[:36]
}

// scanned scans files and returns the run and its log.
func scanned(t *testing.T, files tree) (*finding.Run, []byte) {
	t.Helper()
	root := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(files[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := config.Default().File()
	file.Rules.Skip = []string{"committed-secret-file"} // it is about where a file lies, which edits change
	settings, err := file.Config()
	if err != nil {
		t.Fatal(err)
	}
	run, err := scan.Run(context.Background(), scan.Options{Root: root, Dir: root, Config: settings})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range run.Notices {
		if n.Level == "error" {
			t.Errorf("%s: %s", n.ID, n.Message)
		}
	}
	var out bytes.Buffer
	if _, err := sarif.WriteBaseline(&out, run); err != nil {
		t.Fatal(err)
	}
	return run, out.Bytes()
}
