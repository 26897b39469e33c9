package walk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/walk"
)

// git runs git in dir without the user's configuration.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// needGit skips the test where git is missing.
func needGit(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git on PATH")
	}
}

// gitFiles returns what git sees: tracked files, and untracked ones that are not ignored.
func gitFiles(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	for name := range strings.SplitSeq(git(t, dir, "ls-files", "-z", "--cached", "--others", "--exclude-standard"), "\x00") {
		if name != "" {
			files = append(files, name)
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// walked returns the paths of Files.
func walked(t *testing.T, root string, paths ...string) []string {
	t.Helper()
	entries, _ := walk.Files(context.Background(), root, paths, walk.Options{})
	var files []string
	for _, entry := range entries {
		files = append(files, entry.Path)
	}
	return files
}

// write puts files with some text below dir.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAgainstGit builds random trees with random ignore files and compares with
// what git lists.
func TestAgainstGit(t *testing.T) {
	needGit(t)
	for seed := range uint64(80) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			g := generator{rand.New(rand.NewPCG(seed, 1))}
			dir := t.TempDir()
			git(t, dir, "init", "-q")
			write(t, dir, g.tree())
			if seed%3 == 0 {
				git(t, dir, "update-index", "--index-version", fmt.Sprint(2+seed/3%3))
				tracked := gitFiles(t, dir)
				write(t, dir, map[string]string{"forced/a/b.log": "x"})
				git(t, dir, append([]string{"--literal-pathspecs", "add", "-f", "--", "forced"}, tracked[:len(tracked)/2]...)...)
			}
			write(t, dir, map[string]string{".git/info/exclude": g.ignoreFile(), ".gitignore": g.ignoreFile()})
			want, got := gitFiles(t, dir), walked(t, dir)
			if !slices.Equal(want, got) {
				t.Errorf("files differ:\nonly git:  %q\nonly walk: %q\n%s", except(want, got), except(got, want), ignoreFiles(t, dir))
			}
		})
	}
}

// except returns what a has and b, which is sorted, has not.
func except(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(name string) bool {
		_, found := slices.BinarySearch(b, name)
		return found
	})
}

// ignoreFiles returns the text of all ignore files, for the reader of a failure.
func ignoreFiles(t *testing.T, dir string) string {
	var all strings.Builder
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err == nil && (entry.Name() == ".gitignore" || entry.Name() == "exclude") {
			text, _ := os.ReadFile(name)
			fmt.Fprintf(&all, "%s: %q\n", name[len(dir):], text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// generator makes trees whose names and patterns have much in common.
type generator struct{ *rand.Rand }

func (g generator) pick(list ...string) string { return list[g.IntN(len(list))] }

// name returns a file or folder name, seldom an odd one.
func (g generator) name() string {
	if g.IntN(8) > 0 {
		return g.pick("a", "b", "ab", "aXb", "file", "a.log", "b.log")
	}
	return g.pick("#a", "!a", "a ", "[a]", "*", "é", "a\\b", "-", "]", ".a", "a-b", "[", "7")
}

// tree returns the files of a tree, ignore files included.
func (g generator) tree() map[string]string {
	files := map[string]string{"top": ""}
	var folders []string
	for range 15 {
		folder := g.name()
		if len(folders) > 0 && g.IntN(3) > 0 {
			folder = g.pick(folders...) + "/" + folder
		}
		folders = append(folders, folder)
		if g.IntN(3) == 0 {
			files[folder+"/.gitignore"] = g.ignoreFile()
		}
		for range 1 + g.IntN(5) {
			files[folder+"/"+g.name()] = ""
		}
	}
	for _, folder := range folders {
		delete(files, folder) // a folder cannot be a file as well
	}
	return files
}

// ignoreFile returns the text of an ignore file.
func (g generator) ignoreFile() string {
	var b strings.Builder
	for range g.IntN(5) {
		b.WriteString(g.pick("", "", "", "!", "!", "\\", "#", "/", "**/"))
		for i := range 1 + g.IntN(3) {
			if i > 0 {
				b.WriteString(g.pick("/", "/", "/", "/**/", "/*/", "**/", "**", "[/]", ""))
			}
			b.WriteString(g.element())
		}
		b.WriteString(g.pick("", "", "", "/", "/*", "/**", " ", "\\ ", "\t", "\\"))
		b.WriteString(g.pick("\n", "\n", "\n", "\r\n"))
	}
	return b.String()
}

// element returns one path element of a pattern.
func (g generator) element() string {
	if g.IntN(3) > 0 {
		return g.name()
	}
	return g.pick("*", "a*", "*b", "?", "a?b", "**", "***", "*.log", "f*e", "[a-c]", "[!a]", "[^b]*", "[]a]", "[a", "[[:alpha:]]*", "[[:foo:]]",
		"[\\]]", "[a-]", "[[:]", "[!]b-]*", "\\a", "\\*", "*\\", "[b-a]", "[[:a]", "**a", "a**", "[a-\\c]", "a[W-Z]b", "[[:digit:]b]")
}

// TestPatterns puts every pattern alone into a folder with the same files and
// compares all of them with what git lists.
func TestPatterns(t *testing.T) {
	needGit(t)
	patterns := strings.Split("a a/ /a /a/ !a a/b /a/b a/* a/** **/a **/a/b **/a/** a/**/b a/**b a**/b a** **a *a*b a*/b ab/ */b */*/b ** * ? ?? a?b /*/a"+
		" a[X]b a[!X]b a[^a-z]b a[/]b a[W-Z]b [[:alpha:]] [[:alpha:]b]* [[:upper:][:digit:]]* a[[:upper:]]b a[[:x:]]b [ab] [a-] [-a] []a] [!]a] [a [a- [\\a] [\\]] [b-a]"+
		" \\a a\\b a\\ \\* *\\ *\\a *.log *.l* a.* **/*.log a/**/*.log ***/b a/***/b **/b/ /**/b a/b/** a/?/b x**/ **/**/b a/**/**/b [*] a\\/b **\\/b a//b // /", " ")
	g := generator{rand.New(rand.NewPCG(1, 2))}
	for range 60 {
		patterns = append(patterns, strings.TrimRight(g.ignoreFile(), "\r\n"))
	}
	names := []string{"a", "b", "ab", "aXb", "a.log"}
	dir := t.TempDir()
	git(t, dir, "init", "-q", "--template=")
	files := map[string]string{}
	for i, pattern := range patterns {
		top := fmt.Sprintf("%03d/", i)
		files[top+".gitignore"] = pattern
		for _, x := range names[:3] {
			for _, y := range names[:3] {
				for _, z := range names {
					files[top+x+"d/"+y+"/"+z] = ""
					files[top+x+"/"+y+"/"+z] = ""
				}
				files[top+x+"f"] = ""
			}
		}
		files[top+"aXb"], files[top+"a.log"], files[top+"x/a"], files[top+"x/b"] = "", "", "", ""
	}
	write(t, dir, files)
	want, got := gitFiles(t, dir), walked(t, dir)
	for _, name := range append(except(want, got), except(got, want)...) {
		i, _ := strconv.Atoi(name[:3])
		t.Errorf("pattern %q on %q: git and walk differ", patterns[i], name[4:])
	}
	if len(want) < 2000 || len(want) > len(files)-2000 {
		t.Errorf("%d of %d files remain: the patterns tell too little", len(want), len(files))
	}
}

// FuzzPattern compares one pattern on one path with git check-ignore.
func FuzzPattern(f *testing.F) {
	for _, pattern := range []string{"a", "/a", "a/", "!a", "**/a", "a/**", "a/**/b", "a**/b", "*.log", "[a-c]/?", "a\\ ", "[[:alpha:]]", "[[:x:]]", "#a", "\\#a"} {
		for _, name := range []string{"a", "a/b", "a/x/b", "x/a", "x.log", "#a"} {
			f.Add(pattern, name)
		}
	}
	if _, err := exec.LookPath("git"); err != nil {
		f.Skip("no git on PATH")
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if strings.ContainsAny(name, "\x00\\") || strings.ContainsRune(pattern, 0) || !filepath.IsLocal(name) || strings.HasSuffix(name, "/") ||
			filepath.Clean(name) != name || name == "." || strings.Contains(strings.ToLower(name), ".git") || len(name) > 100 {
			t.Skip()
		}
		dir := t.TempDir()
		git(t, dir, "init", "-q", "--template=")
		write(t, dir, map[string]string{name: "", ".gitignore": pattern})
		if want, got := gitFiles(t, dir), walked(t, dir); !slices.Equal(want, got) {
			t.Errorf("pattern %q: git %q, walk %q", pattern, want, got)
		}
	})
}
