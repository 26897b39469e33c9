package document

import (
	"strings"
	"sync"

	"github.com/authlint/authlint/internal/shape"
)

// mark is something in a line that speaks for languages.
type mark struct {
	where byte // p at the begin, s at the end, c anywhere
	text  string
	says  says
}

// says is how much a mark speaks for which languages.
type says []struct {
	speech speech
	weight float32
}

// sure, strong and fair are how much a mark speaks for one language.
func sure(s speech) says   { return says{{s, 4}} }
func strong(s speech) says { return says{{s, 2.5}} }
func fair(s speech) says   { return says{{s, 1.5}} }
func both(a, b speech, weight float32) says {
	return says{{a, weight}, {b, weight}}
}

// marks returns what speaks for languages in a line.
var marks = sync.OnceValue(func() []mark {
	return []mark{
		{'c', "System.out.print", sure(java)},
		{'p', "import java", sure(java)},
		{'p', "import org.", fair(java)},
		{'p', "import com.", fair(java)},
		{'p', "String ", strong(java)},
		{'p', "private static ", says{{java, 1.5}, {csharp, 1}}},
		{'p', "public static ", both(java, csharp, 1.5)},
		{'p', "public class ", says{{java, 1.5}, {csharp, 1.5}, {php, 1}}},
		{'c', " throws ", strong(java)},
		{'p', "@Override", sure(java)},
		{'c', "new ArrayList", strong(java)},
		{'c', "new HashMap", strong(java)},
		{'c', ".getBytes(", strong(java)},
		{'c', ".builder()", fair(java)},
		{'c', ".Builder()", strong(java)},
		{'c', "Base64.getEncoder()", sure(java)},
		{'c', "MediaType.parse(", strong(java)},
		{'c', "String.format(", fair(java)},
		{'p', "final ", fair(java)},

		{'p', "string ", strong(csharp)},
		{'c', "Console.Write", sure(csharp)},
		{'c', "get; set;", sure(csharp)},
		{'c', `$"`, fair(csharp)},
		{'c', `@"`, fair(csharp)},
		{'c', "Async(", fair(csharp)},
		{'c', "public async Task", sure(csharp)},
		{'c', "System.Text.", strong(csharp)},
		{'c', "System.Net.", strong(csharp)},
		{'c', "System.Convert.", strong(csharp)},
		{'c', "Convert.ToBase64String(", strong(csharp)},
		{'c', "new HttpClient()", fair(csharp)},
		{'c', "new AuthenticationHeaderValue(", sure(csharp)},
		{'c', "byte[] ", says{{java, .7}, {csharp, .7}}},
		{'p', "namespace ", says{{csharp, 1.5}, {php, 1}, {other, 1}}},

		{'p', "<?php", sure(php)},
		{'c', "curl_setopt", sure(php)},
		{'c', "curl_init", sure(php)},
		{'c', "curl_exec", sure(php)},
		{'c', "base64_encode(", sure(php)},
		{'c', "json_encode(", strong(php)},
		{'c', "->", says{{php, 1}, {other, .7}, {rust, .3}, {java, .3}, {kotlin, .3}}},
		{'p', "echo ", fair(php)},
		{'c', " => ", says{{php, .7}, {ruby, .7}, {javascript, .7}, {csharp, .7}, {rust, .3}}},

		{'p', "puts ", strong(ruby)},
		{'c', "#{", fair(ruby)},
		{'s', " do", strong(ruby)},
		{'c', " do |", sure(ruby)},
		{'c', ".new(", says{{ruby, 1}, {rust, .3}}},
		{'c', "Net::HTTP", sure(ruby)},
		{'c', "encode64(", fair(ruby)},
		{'c', "ENV[", strong(ruby)},
		{'c', "ENV.fetch(", sure(ruby)},
		{'p', "gem ", strong(ruby)},

		{'p', "if __name__", sure(python)},
		{'c', "b64encode(", strong(python)},
		{'c', "os.environ", sure(python)},
		{'c', "os.getenv(", sure(python)},
		{'c', "requests.", fair(python)},
		{'p', "elif ", strong(python)},
		{'p', "except ", strong(python)},
		{'p', "print(", fair(python)},
		{'c', "self.", fair(python)},
		{'c', `f"`, fair(python)},
		{'c', " f'", fair(python)},
		{'c', "json.dumps(", strong(python)},

		{'p', "const ", says{{javascript, 2}, {rust, .3}, {php, .5}, {golang, .5}, {other, .5}}},
		{'p', "let ", says{{javascript, 1.5}, {rust, 1.5}, {other, 1}}},
		{'p', "let mut ", sure(rust)},
		{'p', "var ", says{{javascript, 1.2}, {csharp, .9}, {kotlin, .6}, {golang, .5}, {other, .5}}},
		{'c', "require('", strong(javascript)},
		{'c', `require("`, strong(javascript)},
		{'c', "console.", strong(javascript)},
		{'c', "process.env", sure(javascript)},
		{'c', "module.exports", sure(javascript)},
		{'c', "=> {", fair(javascript)},
		{'c', "function (", fair(javascript)},
		{'c', "function(", fair(javascript)},
		{'p', "function ", says{{javascript, 1}, {php, 1}, {other, .5}}},
		{'c', "===", says{{javascript, 1.5}, {php, .7}}},
		{'c', "window.", strong(javascript)},
		{'c', "document.", fair(javascript)},
		{'c', "btoa(", strong(javascript)},
		{'c', "Buffer.from(", sure(javascript)},
		{'c', "JSON.stringify(", sure(javascript)},
		{'c', ".then(", fair(javascript)},
		{'c', "fetch(", fair(javascript)},
		{'c', "axios", strong(javascript)},
		{'c', "jwt.sign(", strong(javascript)},
		{'c', "await ", says{{javascript, .7}, {csharp, .7}, {python, .5}}},
		{'p', "export ", fair(javascript)},

		{'p', "val ", says{{kotlin, 2.5}, {other, 1}}},
		{'p', "fun ", strong(kotlin)},
		{'p', "println(", says{{kotlin, 1.5}, {other, .7}}},
		{'c', "mapOf(", strong(kotlin)},
		{'c', "listOf(", strong(kotlin)},

		{'p', "fn ", strong(rust)},
		{'p', "pub fn ", sure(rust)},
		{'c', "println!(", sure(rust)},
		{'c', ".unwrap()", strong(rust)},
		{'c', "::new(", fair(rust)},
		{'s', "?;", strong(rust)},
		{'p', "#[", strong(rust)},
		{'p', "impl ", fair(rust)},

		{'c', "Invoke-", sure(powershell)},
		{'c', "@{", strong(powershell)},
		{'c', "New-Object ", sure(powershell)},
		{'c', "[Convert]::", sure(powershell)},
		{'c', "[System.Convert]::", sure(powershell)},
		{'c', "Write-", strong(powershell)},

		{'c', " := ", says{{golang, 2.5}, {other, 1}}},
		{'p', "func ", says{{golang, 2}, {other, 1.5}}},
		{'c', "fmt.", strong(golang)},
		{'c', "err != nil", sure(golang)},
		{'c', "http.NewRequest(", sure(golang)},
		{'c', "[]byte(", strong(golang)},
		{'c', "os.Getenv(", strong(golang)},
		{'p', "defer ", strong(golang)},

		{'p', "#include", sure(other)},
		{'c', "std::", says{{other, 3}, {rust, 2}}},
		{'c', "NSString", sure(other)},
		{'c', "curl_easy_", sure(other)},
		{'p', "my $", sure(other)},
		{'p', "my ", fair(other)},
		{'p', "Dim ", sure(other)},
		{'c', "local ", fair(other)},
		{'p', "int main", sure(other)},
		{'p', "SELECT ", strong(other)},
		{'p', "</", fair(other)},
		{'p', "guard ", strong(other)},
	}
})

// looksOf returns what the looks of a line, without the blanks around it, say.
func looksOf(text string) weights {
	var w weights
	code, words := codeOf(text), proseOf(text)
	w[prose] = words - code
	if code == 0 && !speaks(text) {
		for s := prose + 1; s < speeches; s++ {
			w[s] = -words
		}
		return w
	}
	for s := prose + 1; s < speeches; s++ {
		w[s] = code - words
	}
	in := marksIn(text)
	for i, m := range marks() {
		fits := in[i]
		switch m.where {
		case 'p':
			fits = strings.HasPrefix(text, m.text)
		case 's':
			fits = strings.HasSuffix(text, m.text)
		}
		if fits {
			for _, by := range m.says {
				w[by.speech] += by.weight
			}
		}
	}
	formsOf(text, &w)
	return w
}

// markLooks are the texts of the marks.
var markLooks = sync.OnceValue(func() *shape.Looks {
	var texts []string
	for _, m := range marks() {
		texts = append(texts, strings.ToLower(m.text))
	}
	return shape.NewLooks(texts...)
})

// marksIn reports of each mark whether its text stands anywhere in a line.
func marksIn(text string) []bool {
	list := marks()
	in := make([]bool, len(list))
	markLooks().Each([]byte(text), func(n, at int) bool {
		in[n] = in[n] || strings.HasPrefix(text[at:], list[n].text)
		return true
	})
	return in
}

// speaks reports whether a line without any sign of code may hold a mark all the
// same: it begins with a word of a language.
func speaks(text string) bool {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "import", "from", "require", "using", "use", "gem", "package", "end", "else", "try:", "puts":
		return len(strings.Fields(rest)) <= 5
	}
	return strings.ContainsAny(text, "()$@{}<>'\"=")
}

// codeOf returns how much of code a line has, whatever the language.
func codeOf(text string) float32 {
	n := float32(0)
	switch last := text[len(text)-1]; last {
	case ';':
		n += 2
	case '{', '(', '[':
		n += 1.5
	case ',':
		if strings.ContainsAny(text, "\"'=(") {
			n += .7
		}
	}
	name, rest := leadingName(text)
	switch {
	case text[0] == '}' || text[0] == ')' || text[0] == ']' || text == "end":
		n += 1.5
	case strings.HasPrefix(text, "//") || strings.HasPrefix(text, "/*") || strings.HasPrefix(text, "*/"):
		n += 1.5
	case text[0] == '.' && isCall(text[1:]):
		n += 2
	case name != "" && strings.HasPrefix(rest, "("):
		n += 1.2
	case name != "" && isAssignment(rest):
		n += 1.5
	case text[0] == '"' && strings.Contains(text, `":`):
		n += .5
	}
	return n
}

// isCall reports whether a text begins with a name and a bracket.
func isCall(text string) bool {
	name, rest := leadingName(text)
	return name != "" && strings.HasPrefix(rest, "(")
}

// leadingName returns the dotted name that a text begins with, or a second one
// behind it as in a declaration, and the rest.
func leadingName(text string) (name, rest string) {
	i := 0
	for i < len(text) && (isNameByte(text[i]) || text[i] == '$' && i == 0 || text[i] == '@' && i == 0 || i > 0 && strings.IndexByte(".:<>[]?", text[i]) >= 0) {
		i++
	}
	for i > 0 && (text[i-1] == ':' || text[i-1] == '.') {
		i--
	}
	return text[:i], text[i:]
}

// isAssignment reports whether a text goes on, behind a name, with another one at
// most and a sign of assignment.
func isAssignment(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	if name, after := leadingName(rest); name != "" {
		rest = strings.TrimLeft(after, " ")
	}
	return strings.HasPrefix(rest, "= ") || strings.HasPrefix(rest, ":= ") || strings.HasPrefix(rest, "+= ") || rest == "="
}

func isNameByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_'
}

// proseOf returns how much of a sentence a line has.
func proseOf(text string) float32 {
	if strings.HasPrefix(text, "//") || strings.HasPrefix(text, "/*") {
		return 0
	}
	n := float32(0)
	run, longest, count := 0, 0, 0
	for word := range strings.FieldsSeq(text) {
		count++
		if !isWord(word) {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	switch {
	case longest >= 7:
		n += 3
	case longest >= 4:
		n += 2
	}
	switch text[len(text)-1] {
	case '.', ':', '?':
		n += .7
	case ';', '{':
		n /= 2
	}
	switch {
	case strings.HasPrefix(text, "• "), strings.HasPrefix(text, "- "), strings.HasPrefix(text, "* "):
		n += 1.5
	case count > 1 && text[0] >= '0' && text[0] <= '9' && strings.Contains(text[:min(len(text), 4)], ". "):
		n += 1.5
	}
	return n + .3
}

// isWord reports whether a word is one of a sentence.
func isWord(word string) bool {
	word = strings.TrimRight(word, ".,:;?!)")
	word = strings.TrimLeft(word, "(")
	if word == "" {
		return false
	}
	for i := range len(word) {
		if b := word[i] | 0x20; (b < 'a' || b > 'z') && word[i] != '-' && word[i] != '\'' && word[i] < 0x80 {
			return false
		}
	}
	return true
}

// formsOf adds what speaks for a language by more than a fixed text.
func formsOf(text string, w *weights) {
	semicolon := strings.HasSuffix(text, ";")
	first, rest, _ := strings.Cut(text, " ")
	switch {
	case first == "import" && !semicolon && isDotted(rest):
		w[python] += 2
		w[kotlin] += 1
		w[golang] += .5
	case first == "import" && semicolon && isDotted(strings.TrimSuffix(rest, ";")):
		w[java] += 2
	case first == "import" && strings.Contains(rest, " from "), first == "import" && strings.Contains(rest, "{"):
		w[javascript] += 4
	case first == "from" && strings.Contains(rest, " import "):
		w[python] += 4
	case first == "using" && semicolon && isDotted(strings.TrimSuffix(rest, ";")):
		w[csharp] += 3
	case first == "use" && semicolon && strings.Contains(rest, "::"):
		w[rust] += 3
	case first == "use" && semicolon && strings.Contains(rest, `\`):
		w[php] += 3
	case first == "require" && !semicolon && len(rest) > 2 && (rest[0] == '"' || rest[0] == '\''):
		w[ruby] += 4
	case first == "def" && strings.HasSuffix(text, ":"):
		w[python] += 3
	case first == "def":
		w[ruby] += 1.5
	case text == "end":
		w[ruby] += 2
	case text == "try:", text == "else:", text == "finally:":
		w[python] += 3
	}
	if text[0] == '$' && len(text) > 1 && isNameByte(text[1]) {
		if semicolon || strings.Contains(text, "->") {
			w[php] += 4
		} else {
			w[php]++
			w[powershell] += 1.5
		}
	}
	if name, rest := leadingName(text); !semicolon && name != "" && strings.HasPrefix(rest, " = ") && strings.ToLower(name) == name && !strings.ContainsAny(text, "{};") {
		w[python] += .6
		w[ruby] += .6
	}
	if text[0] == '[' && len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' && strings.HasSuffix(text, "]") {
		w[csharp] += 1.5
	}
	if text[0] == '@' && len(text) > 1 && text[1] >= 'A' && text[1] <= 'Z' {
		w[java] += 1.5
		w[kotlin] += .7
	}
	methods(text, semicolon, w)
	if semicolon {
		w[python]--
		w[ruby]--
		w[kotlin]--
		w[golang]--
		w[powershell] -= .5
	}
}

// methods adds what the names of methods and members say: C# writes them with a
// capital, Java and JavaScript without.
func methods(text string, semicolon bool, w *weights) {
	camel, capital := false, false
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '.' || !isNameByte(text[i+1]) || i > 0 && !isNameByte(text[i-1]) && text[i-1] != ')' && text[i-1] != ' ' {
			continue
		}
		name, rest := leadingName(text[i+1:])
		name, _, _ = strings.Cut(name, ".")
		if name == "" || !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, " = ") {
			continue
		}
		if name[0] >= 'A' && name[0] <= 'Z' {
			capital = true
		} else if strings.ToLower(name) != name && strings.HasPrefix(rest, "(") {
			camel = true
		}
	}
	if camel {
		w[java] += 1
		w[javascript] += .7
		w[kotlin] += .7
	}
	if capital {
		w[csharp] += 1
		w[golang] += .7
	}
	if name, rest := leadingName(text); capitalName(name) && strings.HasPrefix(rest, " = ") && !semicolon && strings.HasSuffix(text, ",") {
		w[csharp] += 1.5
	}
	if name, rest := leadingName(text); capitalName(name) && strings.HasPrefix(rest, " ") && strings.Contains(rest, " = ") && semicolon && isAssignment(rest) {
		w[java] += .7 // Type name = value;
		w[csharp] += .6
	}
}

// capitalName reports whether a name begins with a capital and is not in
// capitals.
func capitalName(name string) bool {
	return len(name) > 1 && name[0] >= 'A' && name[0] <= 'Z' && strings.ToUpper(name) != name
}

// isDotted reports whether a text is a name with dots.
func isDotted(text string) bool {
	if text == "" {
		return false
	}
	for i := range len(text) {
		if !isNameByte(text[i]) && text[i] != '.' && text[i] != '*' {
			return false
		}
	}
	return true
}
