package settings_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/authlint/authlint/internal/dispatch"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/rules"
)

var update = flag.Bool("update", false, "write the columns of what is found to testdata/formats")

// formats are the formats and products of which testdata/formats has an archive
// of files each. What is expected stands behind each line, after a mark that the
// test takes away, because many formats have no comments there: the rules of the
// line with their columns, or that nothing is found.
var formats = []string{
	// Formats.
	"yaml", "json", "jsonc", "toml", "ini", "properties", "env", "hcl", "xml", "sql",
	// Containers and their clusters.
	"dockerfile", "compose", "kubernetes", "helm-values", "helm-templates",
	// Jobs.
	"github-actions", "gitlab-ci", "circleci", "azure-pipelines", "jenkinsfile",
	// Clouds.
	"cloudformation", "cloud-init", "iam-password-policy",
	// Servers.
	"nginx", "apache", "haproxy", "sshd_config", "ssh_config", "pam", "login.defs", "systemd", "vsftpd", "proftpd", "kannel", "jasmin", "keycloak",
	"postfix", "dovecot", "ldap", "brokers", "network", "monitoring",
	// Programs.
	"ansible", "windows", "products", "web.config", "maven", "spring", "applications", "jupyter",
	// Descriptions, collections and recordings of requests.
	"openapi", "postman", "insomnia", "bruno", "har", "jmeter", "http",
	// Logins.
	"filezilla", "winscp", "rclone", "netrc", "npmrc", "pypirc", "pgpass", "htpasswd", "docker-auth", "kubeconfig",
}

// The marks behind a line, and how many lines of each sort a format needs.
const (
	formatMark = " » "
	formatWant = "want"
	formatOK   = "ok"
	least      = 8
)

// TestFormats compares what is found in testdata/formats with what its lines
// expect, and sees to it that every format has enough lines of both sorts.
func TestFormats(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	archives, err := filepath.Glob("testdata/formats/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archives {
		if name := strings.TrimSuffix(filepath.Base(file), ".txtar"); !slices.Contains(formats, name) {
			t.Errorf("%s belongs to none of the formats", file)
		}
	}
	var table strings.Builder
	for _, format := range formats {
		t.Run(format, func(t *testing.T) {
			file := filepath.Join("testdata", "formats", format+".txtar")
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			wants, oks := 0, 0
			for i := range archive.Files {
				w, o := checkFormat(t, cat, &archive.Files[i])
				wants, oks = wants+w, oks+o
			}
			if wants < least || oks < least {
				t.Errorf("%d lines with findings and %d without: %d of each are the least", wants, oks, least)
			}
			fmt.Fprintf(&table, "%-20s %3d found %3d silent\n", format, wants, oks)
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	t.Logf("\n%s", table.String())
}

// checkFormat compares what is found in one file with what its lines expect and
// returns how many of them expect something and nothing.
func checkFormat(t *testing.T, cat *rules.Catalogue, f *txtar.File) (wants, oks int) {
	t.Helper()
	lines := strings.Split(string(f.Data), "\n")
	marks := make([]string, len(lines))
	for i, line := range lines {
		if at := strings.LastIndex(line, formatMark); at >= 0 {
			lines[i], marks[i] = strings.TrimRight(line[:at], " "), line[at+len(formatMark):]
		}
		lines[i] = fill(lines[i])
	}
	seen := dispatch.Observe(embed.File(f.Name, []byte(strings.Join(lines, "\n"))), cat)
	for _, n := range seen.Notices {
		t.Errorf("%s:%d: %s", f.Name, n.Where.Line, n.Message)
	}
	found := map[int][]string{}
	for _, r := range (&practice.Judge{Catalogue: cat}).Findings(seen.Observations) {
		if r.Rule != "shared-credential" && r.Rule != "committed-secret-file" { // few passwords, and of the whole file
			found[r.Primary.Line] = append(found[r.Primary.Line], r.Rule+":"+strconv.Itoa(r.Primary.Column))
		}
	}
	for i := range lines {
		got := found[i+1]
		slices.Sort(got)
		words := strings.Fields(marks[i])
		switch {
		case len(words) == 0:
		case words[0] == formatOK:
			oks++
		default:
			wants++
			if words[0] != formatWant {
				t.Errorf("%s:%d: %q is no mark", f.Name, i+1, marks[i])
			}
			words = words[1:]
			if *update && len(got) > 0 {
				words = got
			}
		}
		if slices.Equal(words, []string{formatOK}) {
			words = nil
		}
		if diff := cmp.Diff(append([]string{}, words...), append([]string{}, got...)); diff != "" || len(words) == 0 && strings.HasPrefix(marks[i], formatWant) {
			t.Errorf("%s:%d: %s\nwant %v, got %v", f.Name, i+1, lines[i], words, got)
		}
	}
	if *update {
		f.Data = marked(f.Data, found)
	}
	return wants, oks
}

// marked returns an archive's file with what was found behind the lines that
// expect something.
func marked(data []byte, found map[int][]string) []byte {
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		at := strings.LastIndex(line, formatMark)
		if at >= 0 && strings.HasPrefix(line[at+len(formatMark):], formatWant) && len(found[i+1]) > 0 {
			lines[i] = line[:at] + formatMark + formatWant + " " + strings.Join(found[i+1], " ")
		}
	}
	return []byte(strings.Join(lines, "\n"))
}
