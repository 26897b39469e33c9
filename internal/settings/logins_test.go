package settings

import "testing"

// loginCases are placeCases of the formats that hold logins.
var loginCases = []placeCase{
	{"one line", ".netrc", "machine a.example.org login x password ‹y› z", "a.example.org.password", "y"},
	{"lines", ".netrc", "machine a\n login x\r\n password ‹y›\r\n", "a.password", "y"},
	{"quoted", "_netrc", `machine a password "‹y \"z\" \\›"`, "a.password", `y "z" \`},
	{"default", ".netrc", "machine a login b\ndefault login c password ‹#d› # e", "default.password", "#d"},
	{"after a macro", ".netrc", "macdef init\npassword no\n\nmachine a password ‹y›", "a.password", "y"},
	{"after a comment", ".netrc", "# machine b password c\nmachine a password ‹y›", "a.password", "y"},

	{"five fields", ".pgpass", "h:5432:d:u:‹p w›\r\n", "h.password", "p w"},
	{"escaped", ".pgpass", `a\:b:5432:d:u:‹p\:w\\›`, "a:b.password", `p:w\`},
	{"colons behind", "pgpass.conf", "h:5432:d:u:‹p:w›", "h.password", "p:w"},

	{"hash", ".htpasswd", "x:‹$2y$05$abc›\n", "x.password", "$2y$05$abc"},
	{"comment behind", "site.htpasswd", "x:‹{SHA}abc=› # y\n", "x.password", "{SHA}abc="},

	{"registry", ".npmrc", "//npm.example.org/:_authToken = ‹a=b›\n", "//npm.example.org/._authToken", "a=b"},
	{"scope", ".npmrc", "@a:registry=‹https://npm.example.org/›", "@a:registry", "https://npm.example.org/"},

	{"section", "a.ini", "x = 1\n[a b]\nc = ‹d e›  ; f\n", "a b.c", "d e"},
	{"conf", "a.conf", "[a]\nb = ‹c d›\n", "a.b", "c d"},
	{"colon", "a.cfg", "[a]\nb: ‹c:d›\r\n", "a.b", "c:d"},
	{"quotes", "a.ini", "[a]\nb = \"‹ c;d ›\" # e", "a.b", " c;d "},
	{"quotes inside", "a.ini", "[a]\nb = ‹\"c\" and \"d\"›", "a.b", `"c" and "d"`},
	{"section again", "a.ini", "[a]\nb=1\n[c]\n[a]\nd=‹e›", "a.d", "e"},
	{"no key", "a.ini", "[a]\n= 1\nb = ‹c›", "a.b", "c"},
	{"byte order mark", "a.ini", "\ufeffa = ‹b›", "a", "b"},
	{"open section", "a.ini", "[a\nb = ‹c›", "b", "c"},

	{"doubled quote", "a.sql", "CREATE USER a IDENTIFIED BY '‹x''y›';", "create.password", "x'y"},
	{"prefixed", "a.sql", `ALTER LOGIN a WITH PASSWORD = N'‹x\y›'`, "alter.PASSWORD", `x\y`},
	{"row", "a.sql", "INSERT INTO a (b, c) VALUES (1, 'x'), (f(2, ','), g('‹y›', 'z'))", "insert.a.1.c", "y"},
	{"options", "a.sql", `CREATE USER MAPPING FOR a OPTIONS ("user" 'b', password '‹c›')`, "create.password", "c"},
	{"variable", "a.sql", "SET @pw := '‹x›';", "set.pw", "x"},
	{"after a comment", "a.sql", "/* ' */ -- '\n# '\nALTER USER a PASSWORD $q$‹b›$q$", "alter.password", "b"},

	{"assignments", "a.service", "[Service]\nEnvironment=A=1 \"B=‹c d›\" E=2", "Service.Environment.B", "c d"},
	{"continued", "a.service", "[Service]\nEnvironment=A=1 \\\n  B=‹c› \\\n\n", "Service.Environment.B", "c"},
	{"continued text", "a.service", "[Service]\nExecStart=‹a \\\n  b›", "Service.ExecStart", "a  b"},
	{"drive", "a.ini", "[a]\nb = ‹C:\\d\\›\ne = 1", "a.b", `C:\d\`},
}

func FuzzSQL(f *testing.F)      { fuzzReader(f, "a.sql") }
func FuzzNetrc(f *testing.F)    { fuzzReader(f, ".netrc") }
func FuzzPgpass(f *testing.F)   { fuzzReader(f, ".pgpass") }
func FuzzHtpasswd(f *testing.F) { fuzzReader(f, ".htpasswd") }
func FuzzNPM(f *testing.F)      { fuzzReader(f, ".npmrc") }
func FuzzINI(f *testing.F)      { fuzzReader(f, "a.ini") }
func FuzzUnit(f *testing.F)     { fuzzReader(f, "a.service") }
