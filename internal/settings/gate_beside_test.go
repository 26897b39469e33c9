package settings_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// TestGateBeside holds the gate to what settings show together: a login beside a
// host, a credential beside a URL, a pair of a name and a value.
func TestGateBeside(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	table, err := rules.Settings()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	check := func(what, form string, args ...any) {
		text := fmt.Sprintf(form, args...)
		told[what] += compareGate(t, cat, embed.File("a.yaml", []byte(text)))
	}
	ports := map[string]string{"ldap": "389", "amqp": "5672", "mqtt": "1883", "redis": "6379", "nats": "4222"}
	for _, word := range slices.Sorted(maps.Keys(table.Sections)) {
		port := ports[table.Sections[word]]
		for host := range table.Roles["host"] {
			check("connection", "%s:\n  %s: db.example.com\n  port: %q\n  user: app\n  password: ${PW}\n", word, host, port)
			check("connection", "%s_%s: db.example.com:%s\n%s_user: app\n", word, host, port, word)
		}
		for user := range table.Roles["user"] {
			check("connection", "x:\n  %s:\n    host: db.example.com:%s\n    %s: app\n", word, port, user)
		}
		for secure := range table.Roles["secure"] {
			check("connection", "%s:\n  host: db.example.com\n  user: app\n  %s: ${TLS:-none}\n", word, secure)
		}
		for key := range table.ProtocolKeys {
			check("connection", "x:\n  %s: %s\n  host: db.example.com:%s\n  username: app\n", key, word, port)
		}
	}
	for _, token := range []string{"token", "api_key", "password", "Authorization", "auth"} {
		for url := range table.Roles["url"] {
			check("request", "api:\n  %s: http://api.example.com/v1\n  %s: ${TOKEN}\n", url, token)
			check("request", "api:\n  %s: http://api.example.com/v1\n  headers:\n    X-Api-Key: ${TOKEN}\n", url)
		}
		for scheme := range table.Roles["scheme"] {
			for host := range table.Roles["host"] {
				check("request", "api:\n  %s: http\n  %s: api.example.com\n  %s: ${TOKEN}\n", scheme, host, token)
			}
		}
		for box := range table.Containers {
			check("request", "api:\n  url: ${URL:-http://api.example.com/v1}\n  %s:\n    %s: ${TOKEN}\n", box, token)
		}
	}
	for _, pair := range table.Pairs {
		for name, value := range map[string]string{"VERIFY_SSL": `"false"`, "DB_PASSWORD": "Winter-Lake-22", "ALLOWED_IPS": "0.0.0.0/0", "TLS_MIN_VERSION": "TLSv1.0"} {
			check("pair", "env:\n- %s: %s\n  %s: %s\n", pair.Name, name, pair.Value, value)
			check("pair", "env:\n- {%s: %s, %s: %s}\n", pair.Value, value, pair.Name, name)
			check("pair", "env:\n  %s: %s\n  %s: ${X:-%s}\n", pair.Name, name, pair.Value, value)
		}
	}
	for _, list := range slices.Sorted(maps.Keys(table.Lists)) {
		check("list", "%s:\n- VERIFY_SSL=false\n- X=y\n", list)
		check("list", "%s:\n- DB_PASSWORD=Winter-Lake-22\n", list)
		check("list", "%s: [\"--min-tls-version=TLSv1.0\", \"-Dauth.password=Winter-Lake-22\"]\n", list)
	}
	for _, header := range slices.Sorted(maps.Keys(table.Headers)) {
		check("header", "headers:\n  %s: Bearer hU7zLq3vXw9KhU7z\n", header)
		check("header", "list:\n- \"%s: Bearer hU7zLq3vXw9KhU7z\"\n", header)
	}
	t.Logf("findings: %v", told)
	for _, what := range []string{"connection", "request", "pair", "list", "header"} {
		if told[what] < 10 {
			t.Errorf("%s: only %d findings without the gate", what, told[what])
		}
	}
}
