package rules

import (
	"net/url"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/tomlfile"
)

// linkService is a service for secrets that are read once.
type linkService struct {
	name  string
	hosts []string // none: any
	links []linkPattern
}

// linkPattern is the path, the query and the fragment of a link.
type linkPattern struct{ path, query, fragment string }

// linksFile is the file of these services.
type linksFile struct {
	Service []struct {
		Name  string   `toml:"name"`
		Hosts []string `toml:"hosts"`
		Links []string `toml:"links"`
	} `toml:"service"`
}

// parseLinks reads the services for secrets that are read once. Errors name the
// file and the line.
func parseLinks(file string, data []byte) ([]linkService, error) {
	var f linksFile
	if err := decode(file, data, &f); err != nil {
		return nil, err
	}
	check := faults{file: file}
	var list []linkService
	for i, s := range f.Service {
		at := func(key string) int { return tomlfile.LineIn(data, "service", i, key) }
		if s.Name == "" || len(s.Links) == 0 {
			check.add(at("name"), "a service needs a name and links")
		}
		service := linkService{name: s.Name, hosts: s.Hosts}
		for _, host := range s.Hosts {
			if !isHostPattern(host) {
				check.add(at("hosts"), "hosts: %q is not a host name in lower case", host)
			}
		}
		for _, link := range s.Links {
			if !strings.HasPrefix(link, "/") || !strings.Contains(link, tokenWord) && !strings.Contains(link, keyWord) {
				check.add(at("links"), "link %q does not begin with a slash, or has neither %s nor %s", link, tokenWord, keyWord)
			}
			var p linkPattern
			rest, fragment, _ := strings.Cut(link, "#")
			p.fragment = fragment
			p.path, p.query, _ = strings.Cut(rest, "?")
			service.links = append(service.links, p)
		}
		list = append(list, service)
	}
	return list, check.err()
}

// The words of link patterns.
const (
	tokenWord = "{token}"
	keyWord   = "{key}"
	idWord    = "{id}"
	hexWord   = "{hex}"
)

// SecretLink returns the service that a text is a link of, with which a secret
// can be read once, and reports whether it is one.
func (c *Catalogue) SecretLink(text string) (service string, ok bool) {
	const longest = 512
	if len(text) > longest || !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
		return "", false
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "", false
	}
	for _, s := range must(c.links()) {
		if len(s.hosts) > 0 && !slices.ContainsFunc(s.hosts, func(h string) bool { return isAtOrBelow(u.Hostname(), h) }) {
			continue
		}
		if slices.ContainsFunc(s.links, func(p linkPattern) bool { return p.matches(u) }) {
			return s.name, true
		}
	}
	return "", false
}

// isAtOrBelow reports whether a host is a name or one below it.
func isAtOrBelow(host, name string) bool {
	host = cleanHost(host)
	return host == name || strings.HasSuffix(host, "."+name)
}

// matches reports whether a URL has the form of a link.
func (p linkPattern) matches(u *url.URL) bool {
	return fits(p.path, u.Path) && fits(p.query, u.RawQuery) && fits(p.fragment, u.Fragment)
}

// fits reports whether a text has the form of a pattern, segment by segment.
func fits(pattern, text string) bool {
	pattern, text = strings.Trim(pattern, "/"), strings.Trim(text, "/")
	want, got := strings.Split(pattern, "/"), strings.Split(text, "/")
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		name, word, named := strings.Cut(w, "=")
		if !named {
			name, word = "", w
		}
		segment, ok := strings.CutPrefix(got[i], name)
		if named {
			ok = ok && strings.HasPrefix(segment, "=")
			segment = strings.TrimPrefix(segment, "=")
		}
		switch {
		case !ok:
			return false
		case word == "*":
		case word == tokenWord:
			ok = isToken(segment)
		case word == keyWord:
			ok = isLongKey(segment)
		case word == idWord:
			ok = isID(segment)
		case word == hexWord:
			ok = isID(segment) && strings.Trim(segment, "0123456789abcdef") == ""
		default:
			ok = segment == word
		}
		if !ok {
			return false
		}
	}
	return true
}

// isID reports whether a text is a run of letters and digits, as machines make
// them.
func isID(text string) bool {
	const least = 6
	return len(text) >= least && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

// isToken reports whether a text is so long and so mixed that no person made it
// up.
func isToken(text string) bool {
	const least = 10
	if len(text) < least || !isID(text) {
		return false
	}
	lower := strings.ContainsAny(text, "abcdefghijklmnopqrstuvwxyz")
	upper := strings.ContainsAny(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	digit := strings.ContainsAny(text, "0123456789")
	return digit && (lower || upper)
}

// isLongKey reports whether a text is a token that is long and has letters of
// both cases.
func isLongKey(text string) bool {
	const least = 20
	return len(text) >= least && isToken(text) && strings.ToLower(text) != text && strings.ToUpper(text) != text
}
