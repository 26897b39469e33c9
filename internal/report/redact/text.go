package redact

import (
	"strings"
	"unicode/utf8"
)

// maskText returns what to mask of a piece of text in no known language:
// configuration, scripts, prose, comments. It knows quotes, keys before = and :,
// options, URLs and references; every other word is masked unless it is in the
// vocabulary.
func maskText(text string) []span { return maskWords(text, unproven) }

// maskWords does so for a text that stands where the trust says.
func maskWords(text string, t trust) []span {
	s := textScanner{text: text, credential: t == suspect, prose: t == innocent, message: t != suspect && isMessage(text)}
	for s.at < len(text) {
		s.step()
	}
	return s.spans
}

// textScanner walks over one line.
type textScanner struct {
	text  string
	at    int
	spans []span
	// credential is set after a name that speaks of a credential, until the
	// next delimiter: what follows is masked even if its words are known.
	credential bool
	// prose is set for text that speaks of no credential: words that read like
	// words are shown.
	prose bool
	// message is set for format strings: what a credential's name is followed by
	// is a verb, or a word of the sentence.
	message bool
}

// trust returns the trust in what comes next.
func (s *textScanner) trust() trust {
	switch {
	case s.credential:
		return suspect
	case s.prose:
		return innocent
	}
	return unproven
}

// maxReference is the length in bytes up to which a reference is looked for.
const maxReference = 100

// delimiters end words; those in resets end the reach of a name as well.
const (
	delimiters = " \t,;()[]{}<>\"`"
	resets     = ",;}"
)

// step handles the next quoted text, reference, delimiter or word.
func (s *textScanner) step() {
	switch b := s.text[s.at]; {
	case b == '"' || b == '`' || b == '\'' && !s.afterWord():
		s.quoted(b)
	case s.text[s.at] == '$' && s.reference("${", "}"), b == '{' && s.reference("{{", "}}"):
	case strings.IndexByte(delimiters, b) >= 0:
		if strings.IndexByte(resets, b) >= 0 {
			s.credential = false
		}
		s.at++
	default:
		s.word()
	}
}

// afterWord reports whether the text so far ends in a letter or a digit, so
// that an apostrophe is no quote.
func (s *textScanner) afterWord() bool {
	r, _ := utf8.DecodeLastRuneInString(s.text[:s.at])
	return s.at > 0 && isWordRune(r)
}

// reference steps over a reference with these marks, if one starts here.
func (s *textScanner) reference(open, end string) bool {
	rest := s.text[s.at:min(len(s.text), s.at+maxReference)]
	stop := strings.Index(rest, end)
	if stop < 0 || !strings.HasPrefix(rest, open) || !isReference(rest[:stop+len(end)]) {
		return false
	}
	s.at += stop + len(end)
	return true
}

// quoted handles a quoted text: a key if a separator follows, else a value.
func (s *textScanner) quoted(quote byte) {
	from := s.at + 1
	to := closingQuote(s.text, from, quote)
	content := s.text[from:to]
	s.at = min(to+1, len(s.text))
	after := strings.TrimLeft(s.text[s.at:], " \t")
	if strings.HasPrefix(after, ":") || strings.HasPrefix(after, "=") {
		if !isName(content) {
			s.mask(from, to)
		}
		s.credential = namesCredential(content)
		return
	}
	s.spans = append(s.spans, shift(maskValue(content, s.trust()), from)...)
}

// closingQuote returns where the quote ends that was opened before from, or
// the end of the text.
func closingQuote(text string, from int, quote byte) int {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote:
			return i
		}
	}
	return len(text)
}

// word handles the bare word that starts here.
func (s *textScanner) word() {
	from, to := s.at, s.wordEnd()
	word := s.text[from:to]
	s.at = to
	if start := urlStart(word); start >= 0 {
		s.wordWithURL(from, start, word)
		return
	}
	if i := strings.IndexAny(word, "=:"); i > 0 {
		s.pair(from, i, word)
		return
	}
	s.bare(from, word)
}

// wordEnd returns where the bare word ends. A URL ends only at a blank or a
// quote, because its user info may hold any delimiter.
func (s *textScanner) wordEnd() int {
	end := s.at + length(s.text[s.at:], delimiters)
	end = max(end, s.at+1)
	if strings.Contains(s.text[s.at:end], "://") {
		end = s.at + length(s.text[s.at:], " \t\"'`")
	}
	return end
}

// wordWithURL handles a word that holds a URL, perhaps after a key.
func (s *textScanner) wordWithURL(from, start int, word string) {
	if key := strings.TrimRight(word[:start], "=:'@"); key != "" && !isName(strings.TrimLeft(key, "-")) {
		s.mask(from, from+start)
	}
	s.spans = append(s.spans, shift(maskURL(word[start:]), from+start)...)
}

// pair handles key=value and key:value.
func (s *textScanner) pair(from, i int, word string) {
	key := strings.TrimLeft(word[:i], "-")
	if key == "" || !isName(key) {
		s.mask(from, from+i)
	}
	// A known key that speaks of none ends the reach of the one before it.
	s.credential = namesCredential(key) || s.credential && !isVocabulary(key)
	value := strings.TrimLeft(word[i:], "=:>~")
	from += len(word) - len(value)
	if value == "" || value == "$" { // a command in parentheses follows
		return
	}
	if len(value) <= 5 && isDigits(value) && !s.credential {
		return // a port, a size
	}
	s.spans = append(s.spans, shift(maskValue(value, s.trust()), from)...)
}

// isUpperName reports whether text is a name as environment variables have it:
// words of capital letters, joined by underscores.
func isUpperName(text string) bool {
	return strings.Contains(text, "_") && text == strings.ToUpper(text) && !strings.ContainsAny(text, "0123456789/.-") && isName(text)
}

// punctuation may stand around a word.
const punctuation = "#/*!.-+?:\\=~^%@$'_>"

// bare handles a word without a separator.
func (s *textScanner) bare(from int, word string) {
	core := strings.Trim(word, punctuation)
	switch {
	case !s.credential && s.isAssigned() && isName(word):
		s.credential = namesCredential(word)
		return
	case core == "" && len(word) <= 4:
		return
	case core == "" && strings.Trim(word, word[:1]) == "":
		return // a rule: ------
	case s.isCommand(from, word), !s.credential && isUpperName(word) && strings.HasSuffix(strings.TrimRight(s.text[:from], " "), "name:"):
		return
	case s.isCall(core):
		s.credential = s.credential || namesCredential(core)
		return
	case strings.HasPrefix(word, "-") && isOption(word):
		s.credential = namesCredential(core) || word == "-u" || word == "-p"
		return
	case isShortNumber(core) || isChoice(core) || !s.credential && len(word) <= 5 && isDigits(word):
		return
	case isReference(word) || isFormat(word):
		return
	case isScheme(core):
		s.credential = true
		return
	case s.credential && !(s.message && isVocabulary(core)):
	case isVocabulary(core):
		s.credential = s.credential || namesCredential(core)
		return
	case isPath(word) || isAddress(word), s.prose && isReadable(core):
		return
	}
	s.mask(from, from+len(word))
}

// isCommand reports whether a word is the name of a command: it stands where a
// command begins, and an option follows.
func (s *textScanner) isCommand(from int, word string) bool {
	rest := strings.TrimLeft(s.text[s.at:], " ")
	if len(rest) == len(s.text)-s.at || len(rest) < 2 || rest[0] != '-' || !isLetter(rest[1]) && rest[1] != '-' {
		return false
	}
	before := strings.TrimRight(s.text[:from], " \t")
	return isName(word) && word == strings.ToLower(word) &&
		(before == "" || strings.HasSuffix(before, "|") || strings.HasSuffix(before, "&&") || strings.HasSuffix(before, "$("))
}

// isAssigned reports whether an assignment follows the word before: NAME := value.
func (s *textScanner) isAssigned() bool {
	rest := strings.TrimLeft(s.text[s.at:], " \t")
	if rest == s.text[s.at:] {
		return false
	}
	rest = strings.TrimLeft(rest, ":?+")
	return strings.HasPrefix(rest, "=") && !strings.HasPrefix(rest, "==") && !strings.HasPrefix(rest, "=~")
}

// isCall reports whether a word is the name of a method with a known name,
// called here.
func (s *textScanner) isCall(core string) bool {
	dot := strings.LastIndexByte(core, '.')
	return s.at < len(s.text) && s.text[s.at] == '(' && dot > 0 &&
		isVariable(core[:dot]) && isKnownName(core[dot+1:])
}

// isOption reports whether word is an option of a command. A short option may
// have its value attached, so only a single letter or known words pass.
func isOption(word string) bool {
	if name, long := strings.CutPrefix(word, "--"); long {
		return isName(name)
	}
	name := word[1:]
	return len(name) == 1 && isLetter(name[0]) || isVocabulary(name)
}

func (s *textScanner) mask(from, to int) { s.spans = append(s.spans, span{from, to}) }
