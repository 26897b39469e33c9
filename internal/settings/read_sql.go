package settings

import (
	"bytes"
	"strings"

	"github.com/authlint/authlint/internal/shape"
)

// readSQL reads a script in any dialect of SQL: the passwords that statements
// give to users, what they put into columns and variables by name, options of
// foreign servers, limits of profiles. Each statement is a mapping under its verb.
func readSQL(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	r := sqlReader{lex: newSQLLexer(src.data), src: src, root: root}
	var list []sqlToken
	for {
		t, ok := r.lex.next()
		if ok && !t.isMark(';') && !(t.is("go") && r.lex.lineStarts()) && len(list) < maxSQLTokens {
			list = append(list, t)
			continue
		}
		r.statement(list)
		if !ok {
			return []*Setting{root}, nil
		}
		list = list[:0]
	}
}

// maxSQLTokens is how many tokens of a statement are read together.
const maxSQLTokens = 500_000

// sqlReader reads one statement after the other.
type sqlReader struct {
	lex  *sqlLexer
	src  *source
	root *Setting
	list []sqlToken
	at   *Setting // of the statement
}

// statement adds what a statement says.
func (r *sqlReader) statement(list []sqlToken) {
	if len(list) < 2 {
		return
	}
	r.list = list
	verb := &list[0]
	r.at = &Setting{Name: strings.ToLower(verb.text), Kind: Mapping, key: verb.at, val: verb.at, src: r.src}
	switch {
	case verb.is("insert") || verb.is("replace"):
		r.insert()
	case verb.is("copy"):
		r.copied()
	}
	r.user()
	for i := range list {
		r.clause(i)
	}
	if len(r.at.Items) > 0 {
		r.root.add(r.at)
	}
}

// token returns the token at i, an empty one outside of the statement.
func (r *sqlReader) token(i int) *sqlToken {
	if i < 0 || i >= len(r.list) {
		return &sqlToken{kind: sqlMark, text: "\x00"}
	}
	return &r.list[i]
}

// add adds a setting that a token is the value of.
func (r *sqlReader) add(to *Setting, name string, key span, value *sqlToken, holds shape.Kind) *Setting {
	return to.add(&Setting{Name: name, key: key, Text: value.text, val: value.at, Quoted: value.kind == sqlText, holds: holds})
}

// user adds the user that a statement is about.
func (r *sqlReader) user() {
	for i := range min(len(r.list), maxSQLHead) {
		t := r.token(i)
		if !t.is("user") && !t.is("role") && !t.is("login") && !t.is("for") {
			continue
		}
		next := i + 1
		for r.token(next).is("if") || r.token(next).is("not") || r.token(next).is("exists") {
			next++
		}
		if name := r.token(next); name.isNamed() || name.kind == sqlText {
			r.add(r.at, "user", t.at, name, shape.None)
			return
		}
	}
}

// maxSQLHead is within how many tokens a statement names its user.
const maxSQLHead = 12

// clause adds what begins at a token.
func (r *sqlReader) clause(i int) {
	t, next := r.token(i), r.token(i+1)
	switch {
	case t.is("identified"):
		r.identified(i)
	case t.is("password") && next.kind == sqlText && !isStored(next.text) && r.isAboutUsers():
		r.add(r.at, "password", t.at, next, shape.Password)
	case t.is("password") && next.is("for") || t.is("set") && next.is("password"):
		r.setPassword(i)
	case t.is("options") && next.isMark('('):
		r.options(i + 2)
	case t.is("failed_login_attempts"):
		r.limit("max_login_attempts", t, next)
	case t.is("password_life_time"):
		r.limit("password_max_days", t, next)
	case t.is("expire") && next.is("interval") && r.token(i+3).is("day"):
		r.limit("password_max_days", t, r.token(i+2))
	case t.isNamed() && next.isMark('='):
		r.assigned(t, i+2)
	case t.isNamed() && next.isMark(':') && r.token(i+2).isMark('='):
		r.assigned(t, i+3)
	case t.kind == sqlText && isAddress(t.text):
		name := r.token(i - 1)
		if !name.isNamed() {
			name = t
			r.add(r.at, "connection", t.at, t, shape.None)
			return
		}
		r.add(r.at, "connection_"+name.text, name.at, t, shape.None)
	}
}

// isAddress reports whether a text is a URL with a login or the parameters of a
// connection.
func isAddress(text string) bool {
	return strings.Contains(text, "://") && strings.Contains(text, "@") || strings.Contains(strings.ToLower(text), "password=")
}

// isAboutUsers reports whether the statement makes or changes who may log in.
func (r *sqlReader) isAboutUsers() bool {
	switch first := r.token(0); {
	case first.is("create"), first.is("alter"), first.is("grant"), first.is("set"):
		return true
	}
	return false
}

// isStored reports whether a text is what a password is checked with.
func isStored(text string) bool {
	lower := strings.ToLower(text)
	switch {
	case strings.HasPrefix(lower, "md5") && len(text) == 35, strings.HasPrefix(lower, "scram-sha-256$"), strings.HasPrefix(lower, "sha256|"):
		return true
	case strings.HasPrefix(text, "*") && len(text) == 41:
		return true
	}
	return shape.Of(text).Form == shape.HashLike
}

// identified reads IDENTIFIED BY and IDENTIFIED WITH plugin BY.
func (r *sqlReader) identified(i int) {
	key := r.token(i)
	i++
	if r.token(i).is("with") {
		plugin := strings.ToLower(r.token(i + 1).text)
		if strings.Contains(plugin, "hash") {
			return
		}
		i += 2
	}
	if !r.token(i).is("by") {
		return // externally, as a hash
	}
	value := r.token(i + 1)
	switch {
	case value.is("values"), value.is("password"), value.is("random"), value.isMark(':'), value.isMark('&'), value.isMark('<'), value.isMark('{'):
		return
	case value.kind == sqlText && !isStored(value.text), value.isNamed() && !strings.HasPrefix(value.text, "@") && !strings.HasPrefix(value.text, "$"):
		r.add(r.at, "password", key.at, value, shape.Password)
	}
}

// setPassword reads SET PASSWORD [FOR user] = 'text', also where the text stands
// in a call.
func (r *sqlReader) setPassword(i int) {
	for k := i; k < min(len(r.list), i+maxSQLHead); k++ {
		if !r.token(k).isMark('=') {
			continue
		}
		if value := r.text(k + 1); value != nil && !isStored(value.text) {
			r.add(r.at, "password", r.token(i).at, value, shape.Password)
		}
		return
	}
}

// text returns the text at i, or the first argument of the call there.
func (r *sqlReader) text(i int) *sqlToken {
	if t := r.token(i); t.kind == sqlText {
		return t
	}
	if r.token(i).isNamed() && r.token(i+1).isMark('(') && r.token(i+2).kind == sqlText {
		return r.token(i + 2)
	}
	return nil
}

// options reads the options of a server or of a user's mapping: name 'text'.
func (r *sqlReader) options(i int) {
	for end := i + maxSQLOptions; i < min(len(r.list), end) && !r.token(i).isMark(')'); i++ {
		if name, value := r.token(i), r.token(i+1); name.isNamed() && value.kind == sqlText {
			r.add(r.at, name.text, name.at, value, shape.None)
			i++
		}
	}
}

// maxSQLOptions is how many tokens of a list of options are read.
const maxSQLOptions = 200

// limit adds a limit of a profile.
func (r *sqlReader) limit(name string, key, value *sqlToken) {
	if value.is("unlimited") {
		value = &sqlToken{kind: sqlNumber, text: "0", at: value.at}
		if name == "password_max_days" {
			return
		}
	}
	if value.kind == sqlNumber {
		r.add(r.at, name, key.at, value, shape.None)
	}
}

// assigned reads name = 'text'. What is not set but compared counts, too: a text
// in a program is known to its readers either way.
func (r *sqlReader) assigned(name *sqlToken, i int) {
	value := r.text(i)
	if value == nil || isStored(value.text) || r.token(0).is("set") && r.token(1).is("password") {
		return
	}
	kind := shape.None
	if strings.EqualFold(name.text, "password") && r.isAboutUsers() {
		kind = shape.Password
	}
	r.add(r.at, strings.TrimLeft(name.text, "@"), name.at, value, kind)
}

// columns returns the names in the brackets that open at i, and where they end.
func (r *sqlReader) columns(i int) (names []*sqlToken, end int) {
	for i++; i < len(r.list) && !r.token(i).isMark(')'); i++ {
		if t := r.token(i); t.isNamed() || t.kind == sqlText {
			names = append(names, t)
		}
	}
	return names, i
}

// insert reads the rows of INSERT INTO table (columns) VALUES (..), (..).
func (r *sqlReader) insert() {
	i := 1
	for i < maxSQLHead && !r.token(i).isMark('(') {
		i++
	}
	table := r.token(i - 1)
	if !r.token(i).isMark('(') || table.is("values") || !table.isNamed() {
		return
	}
	columns, i := r.columns(i)
	for i < len(r.list) && !r.token(i).is("values") && !r.token(i).is("value") {
		i++
	}
	rows := r.at.add(&Setting{Name: table.text, Kind: List, key: table.at, val: table.at})
	for i++; i < len(r.list) && len(rows.Items) < maxSQLRows; i++ {
		if !r.token(i).isMark('(') {
			continue
		}
		row := rows.add(&Setting{Kind: Mapping, val: r.token(i).at})
		i = r.row(row, columns, i+1)
	}
}

// maxSQLRows is how many rows of a statement are read.
const maxSQLRows = 2000

// row reads the values of one row, and returns where it ends.
func (r *sqlReader) row(row *Setting, columns []*sqlToken, i int) int {
	depth, column := 0, 0
	taken := false
	for ; i < len(r.list); i++ {
		t := r.token(i)
		switch {
		case t.isMark('('):
			depth++
		case t.isMark(')') && depth == 0:
			return i
		case t.isMark(')'):
			depth--
		case t.isMark(',') && depth == 0:
			column, taken = column+1, false
		case t.kind == sqlText && column < len(columns) && !taken:
			taken = true
			name := columns[column]
			r.add(row, name.text, name.at, t, shape.None)
		}
	}
	return i
}

// copied reads the rows that follow COPY table (columns) FROM stdin, with tabs
// between their values.
func (r *sqlReader) copied() {
	n := len(r.list)
	if !r.token(n-1).is("stdin") || !r.token(2).isMark('(') {
		return
	}
	columns, _ := r.columns(2)
	table := r.token(1)
	rows := r.at.add(&Setting{Name: table.text, Kind: List, key: table.at, val: table.at})
	x := r.lex
	if n := bytes.IndexByte(x.data[x.i:], '\n'); n >= 0 {
		x.i += n + 1
	}
	for x.i < len(x.data) && !bytes.HasPrefix(x.data[x.i:], []byte(`\.`)) {
		end := len(x.data)
		if n := bytes.IndexByte(x.data[x.i:], '\n'); n >= 0 {
			end = x.i + n
		}
		if len(rows.Items) < maxSQLRows {
			row := rows.add(&Setting{Kind: Mapping, val: span{start: x.i, end: end}})
			r.fields(row, columns, x.i, end)
		}
		x.i = min(end+1, len(x.data))
	}
}

// fields adds the values of a row between two offsets.
func (r *sqlReader) fields(row *Setting, columns []*sqlToken, start, end int) {
	for _, column := range columns {
		stop := end
		if n := bytes.IndexByte(r.src.data[start:end], '\t'); n >= 0 {
			stop = start + n
		}
		if text := string(r.src.data[start:stop]); text != `\N` {
			r.add(row, column.text, column.at, &sqlToken{sqlText, text, span{start: start, end: stop}}, shape.None)
		}
		if stop == end {
			return
		}
		start = stop + 1
	}
}
