package authtest

import "strings"

// plantSettings are configuration files.
func plantSettings(p *Planter) map[string]string {
	return map[string]string{
		"config/app.yaml": `database:
  url: postgres://app:` + p.Text("YAML DSN", 20) + `@db.example.org/app
  password: ` + p.Text("YAML password", 20) + `
users:
  ` + p.Text("YAML key", 20) + `: admin
api:
  url: http://api.example.org/send?apikey=` + p.Text("YAML query", 20) + `
  headers:
    Authorization: Basic ` + p.Basic("YAML header", "erin") + `
  list: [one, ` + p.Text("YAML list", 20) + `] # was ` + p.Text("YAML comment", 20) + `
  token: !!str ` + p.Text("YAML tagged", 20) + `
  key: |
    ` + strings.ReplaceAll(p.PrivateKey("YAML block"), "\n", "\n    ") + `
ignored:
  password: ` + p.Text("YAML ignored", 20) + ` # authlint:ignore hardcoded-credential -- planted
`,
		"config/.env": `API_KEY=` + p.Text("env key", 24) + `
export DB_PASSWORD="` + p.Text("env password", 20) + `"
GITHUB_TOKEN=ghp_` + p.Text("env GitHub token", 36) + `
not a line ` + p.Text("env stray", 20) + `
1BAD-` + p.Text("env bad name", 20) + `=x
`,
		"config/app.json":          `{"password": "` + p.Text("JSON password", 20) + `", "smtp": {"host": "mail.example.org", "secret": "` + p.Text("JSON secret", 24) + `"}}` + "\n",
		"config/app.toml":          "[database]\npassword = \"" + p.Text("TOML password", 20) + "\"\n",
		"config/app.properties":    "spring.datasource.password=" + p.Text("properties password", 20) + "\n",
		"config/test_fixture.yaml": `password: ` + p.Text("YAML of a test", 20) + "\n",
		"config/huge.json": `{"list": [` + strings.Repeat(`"a", `, 120_000) + `"x"], "password": "` + p.Text("huge line", 24) + `", "github": "ghp_` +
			p.Text("GitHub token in a huge line", 36) + `", "end": [` + strings.Repeat(`"b", `, 20_000) + `"y"]}`,
	}
}

// plantScripts are shell scripts, documents and other text.
func plantScripts(p *Planter) map[string]string {
	return map[string]string{
		"scripts/send.sh": `#!/bin/sh
curl -u "alice:` + p.Text("curl -u", 20) + `" https://api.example.org/send
curl -H 'Authorization: Bearer ` + p.Hex("curl header", 40) + `' http://api.example.org/items
export SLACK_TOKEN=xoxb-` + p.Digits("shell Slack numbers", 12) + `-` + p.Digits("shell Slack user", 12) + `-` + p.Text("shell Slack token", 24) + `
sshpass -p ` + p.Text("sshpass", 20) + ` ssh deploy@host.example.org
mysql -u root -p` + p.Text("mysql -p", 18) + ` app
`,
		"scripts/more.sh": `PASS=` + p.Text("shell variable", 20) + `
curl -k -u "alice:$PASS" "http://api.example.org/?api_key=` + p.Text("query", 24) + `"
curl -d 'user=a&password=` + p.Text("form", 20) + `' --json '{"secret":"` + p.Text("JSON body", 24) + `"}' https://api.example.org/
curl -H "Authorization: Basc ` + p.Text("broken header", 24) + `" https://api.example.org/
redis-cli -h c.example.org -a ` + p.Text("redis-cli", 20) + ` ping
lftp -u bob,` + p.Text("lftp", 20) + ` -e "set ssl:verify-certificate no" ftp.example.org
echo "${TOKEN:-` + p.Text("shell default", 24) + `}" "` + p.Text("echo", 20) + `"
curl https://api.example.org/ /
  -H 'X-Api-Key: ` + p.Text("lost header", 24) + `'
ftp -n ftp.example.org <<END
user bob ` + p.Text("ftp", 20) + `
END
cat > app.yml <<END
password: ` + p.Text("here-document", 20) + `
END
tool --password ` + p.Text("unknown tool", 20) + ` DB_PASSWORD=` + p.Text("argument", 20) + `
psql "postgres://app:` + p.Text("psql", 20) + `@db.example.org/app?sslmode=disable"
`,
		"scripts/Dockerfile": "FROM a\nENV DB_PASSWORD=" + p.Text("ENV", 20) + "\nRUN [\"curl\", \"-k\", \"-u\", \"bob:" + p.Text("RUN", 20) + "\", \"http://a.example.org\"]\n",
		"scripts/Makefile":   "PASSWORD := " + p.Text("make variable", 20) + "\na:\n\tcurl -k -u bob:" + p.Text("recipe", 20) + " http://a.example.org\n",
		"scripts/run.ps1": "$password = '" + p.Text("PowerShell", 20) + "'\nConvertTo-SecureString '" + p.Text("secure string", 20) +
			"' -AsPlainText -Force\nirm http://a.example.org/ -SkipCertificateCheck -Headers @{ 'X-Api-Key' = '" + p.Text("cmdlet header", 24) + "' }\n",
		"scripts/run.bat":  "set DB_PASSWORD=" + p.Text("batch", 20) + "\r\ncurl -k -u bob:" + p.Text("batch curl", 20) + " http://a.example.org\r\n",
		"scripts/run.http": "@token = " + p.Text("http variable", 24) + "\nPOST http://a.example.org/?token=" + p.Text("http query", 24) + "\nAuthorization: Bearer {{token}}\n\n{\"password\": \"" + p.Text("http body", 20) + "\"}\n",
		"docs/use.md": "# Use\n\n```sh\ncurl -k -u bob:" + p.Text("fence", 20) + " http://a.example.org\n```\n\nAuthorization: Base " + p.Text("header line", 24) + "\n\nhttps://onetimesecret.com/secret/" +
			p.Text("link", 31) + "\n",
		"scripts/deploy.pem": p.PrivateKey("key file"),
		"README.md":          "Use the key `ghp_" + p.Text("document", 36) + "` or\n\n    curl -u bob:" + p.Text("document curl", 20) + " http://api.example.org\n",
		"scripts/app.py":     "password = '" + p.Text("Python password", 20) + "'\naws_secret_access_key = '" + p.Text("Python AWS", 40) + "'\n",
	}
}

// plantBroken are files that do not parse or type-check, each with a secret at
// the place that the parser complains about.
func plantBroken(p *Planter) map[string]string {
	return map[string]string{
		"broken/syntax/syntax.go": `package syntax

func f() {
	x := g "` + p.Text("Go at a syntax error", 20) + `"
	password = ` + p.Text("Go bare word", 20) + `
}

var apiKey = "` + p.Text("Go broken file", 24) + `
`,
		"broken/types/types.go": `package types

import "net/http"

var password int = "` + p.Text("Go at a type error", 20) + `"

const token = "` + p.Text("Go mismatched constant", 20) + `" + 1

var n int = named

const named = "` + p.Text("Go named constant", 20) + `"

func f(r *http.Request) { r.SetBasicAuth("alice", "` + p.Text("Go beside a type error", 20) + `") }

func g() { f("` + p.Text("Go wrong argument", 20) + `"); missing("` + p.Text("Go undefined call", 20) + `") }

type T struct{}

var _ = T{}.` + "Field" + `["` + p.Text("Go wrong index", 20) + `"]

var _ = map[string]int{"` + p.Text("Go duplicate key", 20) + `": 1, "x": "` + p.Text("Go wrong element", 20) + `"}
`,
		"broken/imports/imports.go": `package imports

import "example.org/missing/x"

var password = x.Y("` + p.Text("Go beside a missing import", 20) + `")
`,
		"broken/conf/bad.yaml":           "password: " + p.Text("YAML before an error", 20) + "\n  bad: [" + p.Text("YAML at an error", 20) + "\n\t- *" + p.Text("YAML unknown alias", 20) + "\n",
		"broken/conf/alias.yaml":         "password: *" + p.Text("YAML alias", 20) + "\ntoken: !" + p.Text("YAML tag", 20) + " x\n",
		"broken/conf/twice.yaml":         p.Text("YAML key twice", 20) + ": 1\n" + "&" + p.Text("YAML anchor", 20) + " a: 2\n&: 3\n",
		"broken/conf/bad.json":           `{"password": "` + p.Text("JSON before an error", 20) + `", ` + p.Text("JSON at an error", 20) + `}`,
		"broken/conf/bad.toml":           "password = " + p.Text("TOML at an error", 20) + "\n" + p.Text("TOML key", 20) + " = [\n",
		"broken/conf/bad.properties":     "password=" + p.Text("properties with a bad escape", 20) + `\u00zz` + "\n",
		"broken/conf/.env":               "PASSWORD='" + p.Text("env without an end", 20) + "\nX=\"" + p.Text("env at an error", 20) + "\n",
		"broken/conf/docker-compose.yml": "services:\n  db:\n    environment:\n      - POSTGRES_PASSWORD=" + p.Text("compose", 20) + "\n   bad\n",
		"broken/mod/go.mod":              "module example.com/broken\n\ngo 1.26\n\nrequire " + p.Text("go.mod line", 20) + "\n",
		"broken/mod/mod.go":              "package mod\n\nvar password = \"" + p.Text("Go below a broken go.mod", 20) + "\"\n",
		"config/.gitleaks-like.toml":     "key = \"" + p.Text("dot file", 24) + "\"\n",
	}
}
