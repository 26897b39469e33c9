package partial

import (
	"fmt"
	"strings"
	"testing"
)

// text builds a Text from a notation: {name} is a hole of unknown role,
// {@name} one that is a loopback address. Places are those in the notation.
func text(s string) Text {
	var t Text
	for pos := 0; pos < len(s); {
		end := strings.IndexByte(s[pos:], '{')
		if end < 0 {
			return append(t, Part{Text: s[pos:], Start: pos, End: len(s)})
		}
		if end > 0 {
			t = append(t, Part{Text: s[pos : pos+end], Start: pos, End: pos + end})
		}
		pos += end
		end = strings.IndexByte(s[pos:], '}')
		hole := Hole{Name: s[pos+1 : pos+end]}
		if name, ok := strings.CutPrefix(hole.Name, "@"); ok {
			hole = Hole{Role: Loopback, Name: name}
		}
		t = append(t, Part{Hole: &hole, Start: pos, End: pos + end + 1})
		pos += end + 1
	}
	return t
}

// show renders a URL in one line, absent parts left out.
func show(u URL) string {
	var b strings.Builder
	part := func(name string, t Text) {
		if t != nil {
			fmt.Fprintf(&b, " %s=%s", name, t.Display())
		}
	}
	if u.Scheme != "" {
		b.WriteString(" scheme=" + u.Scheme)
	}
	part("base", u.Base)
	part("user", u.User)
	part("password", u.Password)
	part("host", u.Host)
	part("port", u.Port)
	part("path", u.Path)
	for _, p := range u.Query {
		fmt.Fprintf(&b, " ?%s", p.Name.Display())
		if p.Value != nil {
			b.WriteString("=" + p.Value.Display())
		}
	}
	if u.Open {
		b.WriteString(" open")
	}
	return strings.TrimSpace(b.String())
}

func TestReadURL(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"http://host", "scheme=http host=host"},
		{"HTTP://Host/", "scheme=http host=Host path=/"},
		{"http://host:8080/a/b?x=1&y=2#z", "scheme=http host=host port=8080 path=/a/b ?x=1 ?y=2"},
		{" http://host/a \n", "scheme=http host=host path=/a"},
		{"https://u@host/", "scheme=https user=u host=host path=/"},
		{"https://u:p@host/", "scheme=https user=u password=p host=host path=/"},
		{"https://u:@host/", "scheme=https user=u password= host=host path=/"},
		{"https://u:p@q@host/", "scheme=https user=u password=p@q host=host path=/"},
		{"https://u:p%40q@host", "scheme=https user=u password=p@q host=host"},
		{"https://u:a:b@host", "scheme=https user=u password=a:b host=host"},
		{"http://[::1]:80/x", "scheme=http host=::1 port=80 path=/x"},
		{"http://[::1]", "scheme=http host=::1"},
		{"//host/x", "host=host path=/x"},
		{"http://api.example.com{path}", "scheme=http host=api.example.com path={path}"},
		{"http://u:p@api.example.com:8080{path}/{id}?x=1", "scheme=http user=u password=p host=api.example.com port=8080 path={path}/{id} ?x=1"},
		{"http://api.example.com{suffix}", "scheme=http host=api.example.com{suffix}"},
		{"http://10.0.0.1{n}", "scheme=http host=10.0.0.1{n}"},
		{"http://api{n}", "scheme=http host=api{n}"},
		{"http://{sub}.example.com{path}", "scheme=http host={sub}.example.com path={path}"},
		{"/sms?user=u", "path=/sms ?user=u"},
		{"?user=u", "?user=u"},
		{"sms/send", "path=sms/send"},
		{"a//b", "path=a//b"},
		{"http:///x", "scheme=http path=/x"},
		{"http://host?x", "scheme=http host=host ?x"},
		{"http://host?x=", "scheme=http host=host ?x="},
		{"http://host?=v&&a=b=c", "scheme=http host=host ?=v ?a=b=c"},
		{"http://host?api%5Fkey=1&user+name=%zz", "scheme=http host=host ?api_key=1 ?user name=%zz"},
		{"http://host/a@b", "scheme=http host=host path=/a@b"},
		{"http://host#a?b=c", "scheme=http host=host"},
		{"http://a/r?u=http://b/c", "scheme=http host=a path=/r ?u=http://b/c"},
		{"jdbc:postgresql://h/db", "scheme=jdbc:postgresql host=h path=/db"},
		{"mailto:x@y", "path=mailto:x@y"},
		// Without a scheme there is no host.
		{"host:8080", "path=host:8080"},
		{"host:8080/x?y=1", "path=host:8080/x ?y=1"},
		{"localhost:8080", "path=localhost:8080"},
		{"{host}:8080", "base={host} port=8080 open"},
		// Holes anywhere.
		{"http://{host}/x?password={p}", "scheme=http host={host} path=/x ?password={p}"},
		{"{scheme}://{host}/x", "host={host} path=/x"},
		{"http{s}://h/x", "host=h path=/x"},
		{"{a}tp://h/x", "host=h path=/x"},
		{"{base}/sms?to={to}", "base={base} path=/sms ?to={to} open"},
		{"{base}{path}?to={to}", "base={base}{path} ?to={to} open"},
		{"{base}sms/{id}", "base={base} path=sms/{id} open"},
		{"{base}", "base={base} open"},
		{"{base}//x", "base={base} path=//x open"},
		{"{base}:{port}/x", "base={base} port={port} path=/x open"},
		{"{base}:send", "base={base} path=:send open"},
		{"{url}&password={p}", "base={url} ?password={p} open"},
		{"{url}&x", "base={url} path=&x open"},
		{"http://h{path}&key={k}", "scheme=http host=h{path}&key={k}"},
		{"http://h/{path}&key={k}", "scheme=http host=h path=/{path} ?key={k}"},
		{"http://user:{p}@host", "scheme=http user=user password={p} host=host"},
		{"http://{u}:{p}@{h}:{port}/", "scheme=http user={u} password={p} host={h} port={port} path=/"},
		{"http://{userinfo}@host", "scheme=http user={userinfo} host=host"},
		{"http://{id}.api.host.tld/x", "scheme=http host={id}.api.host.tld path=/x"},
		{"http://h?{query}", "scheme=http host=h ?{query}"},
		{"http://h?{k}={v}", "scheme=http host=h ?{k}={v}"},
		{"http://h?token=a{b}c&x=1", "scheme=http host=h ?token=a{b}c ?x=1"},
		{"{x}/y://z", "base={x} path=/y://z open"},
	} {
		if got := show(ReadURL(text(test.in))); got != test.want {
			t.Errorf("ReadURL(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestHostText(t *testing.T) {
	for _, test := range []struct{ in, host, suffix, path string }{
		{"http://Api.Host.TLD:80/A", "api.host.tld", "", "/A"},
		{"http://{id}.Api.Host.tld/x/{id}/y", "", ".api.host.tld", "/x/*/y"},
		{"http://{host}/x", "", "", "/x"},
		{"http://a{b}c.tld/", "", ".tld", "/"},
		{"http://a.{zone}", "", "", ""},
		{"http://{a}.", "", "", ""},
		{"{base}/x", "", "", "/x"},
		{"host:80", "", "", "host:80"},
	} {
		u := ReadURL(text(test.in))
		host, ok := u.HostText()
		if host != test.host || ok != (test.host != "") {
			t.Errorf("%q: HostText() = %q, %t, want %q", test.in, host, ok, test.host)
		}
		suffix, ok := u.HostSuffix()
		if suffix != test.suffix || ok != (test.suffix != "") {
			t.Errorf("%q: HostSuffix() = %q, %t, want %q", test.in, suffix, ok, test.suffix)
		}
		if path := u.PathText(); path != test.path {
			t.Errorf("%q: PathText() = %q, want %q", test.in, path, test.path)
		}
	}
}

func TestPlaces(t *testing.T) {
	const source = "http://{host}/x?a=b&password={p}!"
	u := ReadURL(text(source))
	for _, test := range []struct {
		part Part
		want string
	}{
		{u.Host[0], "{host}"},
		{u.Path[0], "/x"},
		{u.Query[0].Name[0], "a"},
		{u.Query[0].Value[0], "b"},
		{u.Query[1].Name[0], "password"},
		{u.Query[1].Value[0], "{p}"},
		{u.Query[1].Value[1], "!"},
	} {
		if got := source[test.part.Start:test.part.End]; got != test.want {
			t.Errorf("place of %q is that of %q", test.want, got)
		}
	}
	// Where the source has escapes, a piece has the place of the whole run.
	escaped := Text{{Text: "http://h/x", Start: 3, End: 20}}
	if p := ReadURL(escaped).Path[0]; p.Start != 3 || p.End != 20 {
		t.Errorf("place of an escaped piece is %d to %d", p.Start, p.End)
	}
}

func TestHostClass(t *testing.T) {
	for class, hosts := range map[Class][]string{
		LoopbackHost: {
			"localhost", "LOCALHOST", "localhost.", "app.localhost", "localhost.localdomain", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "0.0.0.0", "::",
			"::ffff:127.0.0.1", "host.docker.internal", "gateway.docker.internal", "lvh.me", "a.lvh.me", "unix", "ip6-localhost",
			"169.254.169.254", "169.254.170.2", "metadata.google.internal",
		},
		PrivateHost: {
			"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.7.7", "100.64.0.1", "fd00::1", "fe80::1", "fe80::1%eth0", "printer.local",
			"sms.corp", "nas.lan", "x.home.arpa", "vpn.intranet", "ip-10-0-0-1.ec2.internal",
		},
		ClusterHost: {"redis", "db", "sms-gateway", "my_service", "api.default.svc", "api.default.svc.cluster.local", "vault.service.consul"},
		ExampleHost: {
			"example.com", "api.example.com", "example.org", "host.test", "sms.example", "x.invalid", "192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1",
		},
		PublicHost: {
			"api.infobip.com", "8.8.8.8", "172.32.0.1", "2606:4700::1", "example.io", "notexample.com", "localhost.com", "internal.com", "bücher.de", "my.host.tld",
			"11.0.0.1", "100.128.0.1",
		},
		UnknownHost: {"", "<host>", "$HOST", "a b", "your-host", "host", "hostname", "1234", "%s", "{host}"},
	} {
		for _, host := range hosts {
			if got := HostClass(host); got != class {
				t.Errorf("HostClass(%q) = %d, want %d", host, got, class)
			}
		}
	}
}

func TestURLHostClass(t *testing.T) {
	for _, test := range []struct {
		in   string
		want Class
	}{
		{"http://localhost:80/", LoopbackHost},
		{"http://{@addr}/", LoopbackHost},
		{"{@server}/x", LoopbackHost},
		{"{server}/x", UnknownHost},
		{"http://{host}/", UnknownHost},
		{"http://{id}.api.infobip.com/", PublicHost},
		{"http://{name}.default.svc.cluster.local/", ClusterHost},
		{"http://{name}.internal", PrivateHost},
		{"http://10.0.{a}.{b}/", PrivateHost},
		{"http://127.0.0.{n}/", LoopbackHost},
		{"http://{a}.0.0.1/", UnknownHost},
		{"http://a{b}/", UnknownHost},
		{"/x", UnknownHost},
	} {
		if got := ReadURL(text(test.in)).HostClass(); got != test.want {
			t.Errorf("host class of %q is %d, want %d", test.in, got, test.want)
		}
	}
}

func TestSubstitute(t *testing.T) {
	two := Either(Literal("http"), Literal("https"))
	fill := func(h Hole) (String, bool) {
		switch h.Name {
		case "scheme":
			return two, true
		case "host":
			return Literal("h"), true
		case "none":
			return String{}, true
		}
		return String{}, false
	}
	for _, test := range []struct {
		in        string
		want      []string
		truncated bool
	}{
		{"{scheme}://{host}/{x}", []string{"http://h/{x}", "https://h/{x}"}, false},
		{"plain", []string{"plain"}, false},
		{"{none}", []string{"{none}"}, false},
		{"{scheme}{scheme}{scheme}", []string{
			"httphttphttp", "httphttphttps", "httphttpshttp", "httphttpshttps", "httpshttphttp", "httpshttphttps", "httpshttpshttp", "httpshttpshttps",
		}, false},
		{"{scheme}{scheme}{scheme}{scheme}", nil, true},
	} {
		s := String{Alternatives: []Text{text(test.in)}}.Substitute(fill)
		var got []string
		for _, alt := range s.Alternatives {
			got = append(got, alt.Display())
		}
		if s.Truncated != test.truncated || len(got) > MaxAlternatives || test.want != nil && strings.Join(got, " ") != strings.Join(test.want, " ") {
			t.Errorf("Substitute(%q) = %q, truncated %t", test.in, got, s.Truncated)
		}
	}
	if s := (String{}).Substitute(fill); !s.IsZero() {
		t.Errorf("Substitute of nothing = %v", s)
	}
}

// FuzzReadURL looks for panics, and for text that comes from nowhere: every
// part of a URL stands in the text it was read from.
func FuzzReadURL(f *testing.F) {
	for _, seed := range []string{
		"http://{host}/x?password={p}", "{base}&a=b", "http://u:p@[::1]:80/%41?%42=c#d", "{s}://{h}:{p}", "a://b//c?d&e=f", "//", "::/@?#&=",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if strings.Contains(source, "{") && !strings.Contains(source[strings.LastIndexByte(source, '{'):], "}") {
			t.Skip("not the notation")
		}
		in := text(source)
		u := ReadURL(in)
		parts := []Text{u.Base, u.User, u.Password, u.Host, u.Port, u.Path}
		for _, p := range u.Query {
			parts = append(parts, p.Name, p.Value)
		}
		holes := 0
		for _, part := range parts {
			holes += len(part.Holes())
			for _, p := range part {
				if p.Start < 0 || p.End > len(source) || p.Start > p.End {
					t.Errorf("place %d to %d in %d bytes", p.Start, p.End, len(source))
				}
				if p.Hole == nil && !strings.Contains(source[p.Start:p.End], "%") && !strings.Contains(source[p.Start:p.End], "+") && source[p.Start:p.End] != p.Text {
					t.Errorf("text %q is not at its place %q", p.Text, source[p.Start:p.End])
				}
			}
		}
		if holes > len(in.Holes()) {
			t.Errorf("%d holes of %d", holes, len(in.Holes()))
		}
		u.HostClass()
		u.PathText()
		HostClass(source)
	})
}
