package shape

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// commonPairs holds for each letter the letters that often follow it in English
// words and in identifiers. The pairs make up 98 % of such text, and half of
// random letters.
var commonPairs = [26]string{
	"bcdfgiklmnprstuvwy", "aceijlorstuy", "acehikloprstuvy", "adefilorsuvy", "abcdefghilmnopqrstuvwxy",
	"acdefilorstuy", "aceghilmnorsu", "aeimortu", "abcdefglmnoprstvxz", "eu", "aeins", "abcdefgilopstuvy",
	"abeiklmopsu", "abcdefghiklmnoprstuvwy", "abcdefgiklmnoprstuvw", "acehiloprstuy", "u",
	"abcdefgiklmnoprstuvwy", "acefghiklmnopstuwy", "acdefhilmoprstuwxy", "abcdefgilmnoprst", "aeimos",
	"aehinors", "aceiptv", "imnpst", "aei",
}

// reads reports whether a run of lower-case letters reads like a word: it has a
// vowel and hardly any pair of letters that words do not have.
func reads(run string) bool {
	if len(run) < 3 || !strings.ContainsAny(run, "aeiouy") {
		return false
	}
	rare := 0
	for i := 0; i+1 < len(run); i++ {
		if strings.IndexByte(commonPairs[run[i]-'a'], run[i+1]) < 0 {
			rare++
		}
	}
	return rare <= len(run)/6
}

// isShortWord reports whether w is one of the short or vowel-less words of
// programs that reads does not know.
func isShortWord(w string) bool {
	switch w {
	case "a", "i", "x", "v", "id", "db", "ip", "my", "to", "of", "in", "on", "is", "it", "at", "by", "or", "if", "no", "ok",
		"as", "be", "do", "go", "we", "me", "up", "us", "eu", "en", "de", "js", "py", "rb", "ui", "ai", "ci", "cd", "pw",
		"the", "http", "https", "html", "xml", "css", "json", "jsonb", "yaml", "toml", "sql", "ssh", "ssl", "tls", "ftp",
		"sftp", "smtp", "imap", "ldap", "smpp", "sms", "mms", "tcp", "udp", "dns", "vpn", "aws", "gcp", "kms", "s3", "sqs",
		"sns", "rds", "cfg", "ctx", "msg", "pwd", "psw", "src", "dst", "str", "tmp", "cmd", "rsa", "dsa", "ecdsa", "hmac",
		"jwt", "jwk", "jwks", "csrf", "xsrf", "svc", "srv", "mgr", "mgmt", "grpc", "rpc", "cert", "crt", "pem", "txt",
		"pdf", "png", "jpg", "svg", "gif", "zip", "gz", "tar", "url", "uri", "api", "app", "sdk", "cli", "gui", "cpu",
		"gpu", "env", "dev", "prod", "qa", "uat", "www", "com", "org", "net", "io", "mysql", "psql", "nginx", "k8s",
		"oauth", "sso", "saml", "oidc", "mfa", "otp", "totp", "pin", "usr", "acct", "pkg", "fn", "func", "num", "idx",
		"len", "max", "min", "log", "err", "req", "res", "resp", "hdr", "fs", "os", "vm", "pg", "mq", "ws", "wss", "rx", "tx":
		return true
	}
	return false
}

// texture is what the letters of a text are like.
type texture struct {
	words   int // runs of letters that read like words
	covered int // characters in them
	total   int // characters, without those that part words
}

// wordy reports whether most of the text is words.
func (t texture) wordy() bool { return t.words > 0 && t.covered*10 >= t.total*6 }

// textureOf looks at the words of a text as case, digits and separators part them.
func textureOf(text string) texture {
	var t texture
	t.total = utf8.RuneCountInString(strings.Map(dropSeparators, text))
	for _, w := range Words(text) {
		switch {
		case isShortWord(w) || isNameWord(w):
			t.covered += len(w)
			if len(w) > 2 {
				t.words++
			}
		case isASCIILower(w) && reads(w), !isASCII(w) && hasOnlyLetters(w) && len(w) >= 4:
			t.covered += utf8.RuneCountInString(w)
			t.words++
		}
	}
	return t
}

// entropyOf returns the Shannon entropy in bits per character.
func entropyOf(text string) float64 {
	var ascii [utf8.RuneSelf]int
	var others map[rune]int
	total := 0
	for _, r := range text {
		total++
		if r < utf8.RuneSelf {
			ascii[r]++
			continue
		}
		if others == nil {
			others = make(map[rune]int)
		}
		others[r]++
	}
	var h float64
	add := func(n int) {
		if n > 0 {
			p := float64(n) / float64(total)
			h -= p * math.Log2(p)
		}
	}
	for _, n := range ascii {
		add(n)
	}
	for _, r := range slices.Sorted(maps.Keys(others)) { // in order: sums of floats depend on it
		add(others[r])
	}
	return h
}

// distinct returns how many different characters text has, counting to limit,
// which is at most 16.
func distinct(text string, limit int) int {
	var seen [16]rune
	n := 0
	for _, r := range text {
		if slices.Contains(seen[:n], r) {
			continue
		}
		seen[n] = r
		if n++; n >= limit {
			break
		}
	}
	return n
}

// isRun reports whether a text is a run on the alphabet, the digits or the
// keyboard, a short piece again and again, or one of the words spelt in hex
// digits: what people type where a value has to stand.
func isRun(text string) bool {
	lower := strings.ToLower(strings.Map(dropSeparators, text))
	if len(lower) < 6 {
		return isKeyboardRun(lower) || isShortRun(lower)
	}
	up, down := 0, 0
	for i := 0; i+1 < len(lower); i++ {
		switch int(lower[i+1]) - int(lower[i]) {
		case 1:
			up++
		case -1:
			down++
		case 0:
			up++
			down++
		case '0' - '9': // 890 goes on at 1
			up++
		}
	}
	if max(up, down)*10 >= (len(lower)-1)*6 {
		return true
	}
	return isKeyboardRun(lower) || isRepeated(lower) || isHexSpeak(lower)
}

// repeats reports whether a character stands three times in a row.
func repeats(text string) bool {
	var a, b rune
	for _, r := range text {
		if r == a && r == b {
			return true
		}
		a, b = b, r
	}
	return false
}

// dropSeparators is a mapping that removes what parts groups of characters.
func dropSeparators(r rune) rune {
	switch r {
	case '-', '_', ' ', ':', '.', '/', '\\', ',', '\'', '"':
		return -1
	}
	return r
}

// isShortRun reports whether a short text counts up or down.
func isShortRun(text string) bool {
	if len(text) < 4 {
		return false
	}
	step := int(text[1]) - int(text[0])
	if step != 1 && step != -1 {
		return false
	}
	for i := 0; i+1 < len(text); i++ {
		if int(text[i+1])-int(text[i]) != step {
			return false
		}
	}
	return true
}

// isKeyboardRun reports whether text lies along a row of the keyboard.
func isKeyboardRun(text string) bool {
	const least = 5
	if len(text) < least {
		return text == "qwer" || text == "asdf" || text == "wasd"
	}
	for _, row := range [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb"} {
		if strings.HasPrefix(text, row[:least]) && len(text) <= len(row)+4 {
			return true
		}
	}
	return false
}

// isRepeated reports whether text is a piece three times or more.
func isRepeated(text string) bool {
	for n := 1; n*3 <= len(text) && n <= 16; n++ {
		if strings.Repeat(text[:n], len(text)/n) == text[:len(text)/n*n] && strings.HasPrefix(text, text[len(text)/n*n:]) {
			return true
		}
	}
	return false
}

// isHexSpeak reports whether text is made of words spelt in hex digits.
func isHexSpeak(text string) bool {
	for _, word := range [...]string{"deadbeef", "cafebabe", "feedface", "badc0ffee", "baadf00d", "c0ffee", "deadc0de", "facefeed", "0badcafe"} {
		if strings.HasPrefix(text, word) && (len(text) < 2*len(word) || strings.Contains(text[len(word):], word)) {
			return true
		}
	}
	return false
}

// isASCII reports whether text has ASCII characters only.
func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isASCIILower reports whether text is lower-case ASCII letters only.
func isASCIILower(text string) bool {
	for i := range len(text) {
		if text[i] < 'a' || text[i] > 'z' {
			return false
		}
	}
	return text != ""
}

// hasOnlyLetters reports whether text is letters only.
func hasOnlyLetters(text string) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return false
		}
	}
	return text != ""
}

// hasOnly reports whether text is not empty and made of the characters in set.
func hasOnly(text, set string) bool { return text != "" && strings.Trim(text, set) == "" }
