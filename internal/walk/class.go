package walk

import (
	"iter"
	"path"
	"strings"
	"sync"
	"unicode"
)

// Class reports what the conventions of names say of a file: whether it is
// test, mock, fixture or example code, and whether it is documentation. The
// path is relative to the root or the module, with slashes: folders above would
// say the wrong thing.
func Class(name string) (test, document bool) {
	folders, base := path.Split(strings.ToLower(strings.ReplaceAll(name, `\`, "/")))
	original := path.Base(strings.ReplaceAll(name, `\`, "/"))
	extension := path.Ext(base)
	for folder := range strings.SplitSeq(strings.Trim(folders, "/"), "/") {
		test = test || isTestFolder(folder, extension)
		document = document || isDocumentFolder(folder)
	}
	return test || isTestFile(original, extension) || isForForge(folders) || isOfChartTest(folders, base), document || isDocumentFile(base, extension)
}

// testWords are the words by which names speak of code that is not run for real.
const testWords = "test tests testing testdata testcase testcases testutil testutils testsuite testenv unittest unittests" +
	" mock mocks mocked fake fakes stub stubs dummy fixture fixtures golden snapshots" +
	" e2e conftest molecule phpunit jest karma vitest cypress playwright"

// exampleWords are those that speak of code which people start from.
const exampleWords = "example examples sample samples demo demos tutorial tutorials quickstart vagrant"

// testThings are the words that are written together with test: testcerts.
const testThings = "app assets auth cert certs client config configs conf db dir env file files helper helpers images integration key keys lib" +
	" main packages pkg plugin project repo resource resources runner script scripts server support vectors"

// testKinds are the words that are written together before test: systemtest.
const testKinds = "system smoke load stress perf performance acceptance functional integration regression component contract api ui"

// The lists that a word is in.
const (
	ofTest uint8 = 1 << iota
	ofExample
	ofThing
	ofKind
)

// listsOf returns the lists that words are in.
var listsOf = sync.OnceValue(func() map[string]uint8 {
	lists := make(map[string]uint8, 150)
	for list, words := range map[uint8]string{ofTest: testWords, ofTest | ofExample: exampleWords, ofThing: testThings, ofKind: testKinds} {
		for word := range strings.SplitSeq(words, " ") {
			lists[word] |= list
		}
	}
	return lists
})

// IsExample reports whether names say of a test file in the sense of Class that
// it is an example and no test of anything.
func IsExample(name string) bool {
	example := false
	for part := range strings.SplitSeq(strings.ReplaceAll(name, `\`, "/"), "/") {
		for word := range words(part) {
			switch {
			case listsOf()[word]&ofExample != 0:
				example = true
			case isTestWord(word):
				return false
			}
		}
	}
	return example && !strings.HasPrefix(strings.ToLower(name), ".github/")
}

// isTestWord reports whether the lower-case word is one of testWords or
// exampleWords, or test with one of testThings or testKinds.
func isTestWord(word string) bool {
	lists := listsOf()
	if lists[word]&ofTest != 0 {
		return true
	}
	if kind, ok := strings.CutSuffix(strings.TrimSuffix(word, "s"), "test"); ok && lists[kind]&ofKind != 0 {
		return true
	}
	thing, ok := strings.CutPrefix(word, "test")
	return ok && lists[thing]&ofThing != 0
}

// isTestFolder reports whether a folder of this lower-case name holds test code
// for a file with this extension.
func isTestFolder(folder, extension string) bool {
	for word := range words(folder) {
		if isTestWord(word) {
			return true
		}
	}
	switch extension {
	case ".go":
		// Helper packages are called httptest, iotest.
		stem, ok := strings.CutSuffix(folder, "test")
		return ok && len(stem) > 1 && !strings.Contains(" la con pro at de fas grea lo ", " "+stem+" ")
	case ".rb", ".js", ".ts", ".jsx", ".tsx", ".mjs":
		return folder == "spec" || folder == "specs" || folder == "cypress"
	}
	return false
}

// isTestFile reports whether a file of this name is test code.
func isTestFile(base, extension string) bool {
	count := 0
	before, last := "", ""
	for word := range words(base) {
		if isTestWord(word) {
			return true
		}
		count++
		before, last = last, word
	}
	switch extension {
	case ".rb", ".js", ".ts", ".jsx", ".tsx", ".mjs", ".scala", ".kt":
		// user_spec.rb, login.spec.ts, LoginSpec.scala
		return count > 2 && before == "spec"
	case ".java":
		return count > 2 && before == "it" // an integration test: LoginIT.java
	case ".feature":
		return true // scenarios of Cucumber, Karate, Behat
	case ".t":
		return true // of Perl, or a transcript of cram
	}
	return false
}

// isOfChartTest reports whether a file has values that a chart is installed with
// to test it: chart-testing takes them from ci/*-values.yaml in the chart.
func isOfChartTest(folders, base string) bool {
	return path.Base(folders) == "ci" && (strings.HasSuffix(base, "values.yaml") || strings.HasSuffix(base, "values.yml"))
}

// isForForge reports whether the lower-case folders hold what a forge or its CI
// works with and nobody deploys: data for tests, templates of issues. Workflows
// and actions run for real.
func isForForge(folders string) bool {
	return strings.HasPrefix(folders, ".github/") && !strings.HasPrefix(folders, ".github/workflows/") && !strings.HasPrefix(folders, ".github/actions/")
}

// isDocumentFolder reports whether a folder of this lower-case name holds documentation.
func isDocumentFolder(folder string) bool {
	switch folder {
	case "doc", "docs", "documentation", "wiki", "man", "javadoc":
		return true
	}
	return false
}

// isDocumentFile reports whether a file of this lower-case name is documentation.
func isDocumentFile(base, extension string) bool {
	switch extension {
	case ".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".textile", ".org", ".tex", ".pod":
		return true
	}
	stem := strings.TrimSuffix(base, extension)
	switch stem {
	case "readme", "changelog", "changes", "contributing", "history", "news", "release-notes", "release_notes":
		return extension == "" || extension == ".txt"
	}
	return false
}

// words splits a name at everything that is no letter or digit and where lower
// case turns to upper case, and gives the words in lower case.
func words(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			start, upper := 0, true
			for at, r := range part {
				if unicode.IsUpper(r) && !upper {
					if !yield(strings.ToLower(part[start:at])) {
						return
					}
					start = at
				}
				upper = unicode.IsUpper(r)
			}
			if !yield(strings.ToLower(part[start:])) {
				return
			}
		}
	}
}
