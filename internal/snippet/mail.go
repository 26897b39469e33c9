package snippet

import (
	"maps"
	"slices"
	"strings"

	"github.com/authlint/authlint/internal/finding"
	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/shape"
)

// mailSettings observes members that configure how mail is sent, with a login and
// without TLS.
func (o *observer) mailSettings(v *value) {
	if len(v.dict) < 3 {
		return
	}
	var host, password *value
	var at *node
	plain, tls := false, false
	for _, m := range v.dict {
		on, known := m.value.truth()
		switch name := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(m.name)); {
		case name == "enablestarttlsauto" || name == "enablestarttls":
			plain = plain || known && !on
			tls = tls || known && on && name == "enablestarttls"
			at = m.n
		case name == "ignoretls":
			plain, at = plain || known && on, m.n
		case name == "secure" || name == "ssl" || name == "tls" || name == "requiretls" || name == "usetls" || name == "usessl":
			tls = tls || known && on
		case name == "address" || name == "host":
			host = m.value
		case name == "auth":
			if len(m.value.dict) > 0 {
				password = firstValue(m.value.get("pass"), m.value.get("password"))
			}
		case shape.OfName(m.name) == shape.Password || name == "pass":
			password = m.value
		}
	}
	if !plain || tls || password == nil || host == nil || at == nil {
		return
	}
	c := &practice.Connection{
		Source: o.source(at, "mail settings"), Protocol: "smtp", Address: host.asText(), TLS: practice.TLSOff, Login: true, Use: "settings of mail",
	}
	off := c.At
	if place, ok := o.addressPlace(c.Address); ok {
		c.At, c.Origin = place, place
	}
	if off.Line != c.At.Line {
		c.Steps = append(c.Steps, finding.Step{Kind: finding.Pass, Location: off, Text: "TLS is switched off"})
	}
	c.Condition = o.condition()
	o.add(c)
}

func firstValue(list ...*value) *value {
	for _, v := range list {
		if v != nil {
			return v
		}
	}
	return nil
}

// mailProperties are what properties of JavaMail or of JNDI say, set one by one.
type mailProperties struct {
	host, password *value
	auth, plain    bool
	tls            bool
	at             *node
	protocol       string
}

// inMailProperties observes a property that is put under its name.
func (o *observer) inMailProperties(c *invocation) {
	if len(c.args) != 2 || o.lang.name != "java" && o.lang.name != "kotlin" {
		return
	}
	switch c.name {
	case "put", "setProperty", "set", "to":
	default:
		return
	}
	name, ok := c.args[0].known()
	if !ok {
		name = c.args[0].word[strings.LastIndexByte(c.args[0].word, '.')+1:]
	}
	v := c.args[1]
	key := o.scope.symbol
	p := o.mails[key]
	if p == nil {
		p = &mailProperties{protocol: "smtp"}
	}
	switch {
	case strings.HasPrefix(name, "mail.smtp"):
		o.mailProperty(p, strings.TrimPrefix(strings.TrimPrefix(name, "mail.smtps."), "mail.smtp."), v, c.n)
	case name == "PROVIDER_URL" || name == "java.naming.provider.url":
		p.host, p.protocol = v, "ldap"
	case name == "SECURITY_PROTOCOL" || name == "java.naming.security.protocol":
		p.tls = true
	case name == "SECURITY_CREDENTIALS" || name == "java.naming.security.credentials":
		p.password, p.at = v, c.n
		o.secret(v, shape.Password, "password of "+name, nil)
	default:
		return
	}
	if o.mails == nil {
		o.mails = map[string]*mailProperties{}
	}
	o.mails[key] = p
}

// mailProperty notes a property of JavaMail.
func (o *observer) mailProperty(p *mailProperties, name string, v *value, n *node) {
	on, known := v.truth()
	switch name {
	case "host":
		p.host = v
	case "auth":
		p.auth = known && on
	case "starttls.enable":
		p.plain, p.tls, p.at = known && !on, p.tls || known && on, n
	case "ssl.enable", "starttls.required", "socketFactory.class":
		p.tls = p.tls || !known || on
	case "ssl.trust":
		if text, ok := v.known(); ok && text == "*" {
			o.unchecked(nil, n, practice.PeerUnchecked, "property mail.smtp.ssl.trust")
		}
	case "ssl.checkserveridentity":
		if known && !on {
			o.unchecked(nil, n, practice.PeerUnchecked, "property mail.smtp.ssl.checkserveridentity")
		}
	}
}

// mailed observes the connections that properties describe.
func (o *observer) mailed() {
	for _, key := range slices.Sorted(maps.Keys(o.mails)) {
		p := o.mails[key]
		switch {
		case p.tls || p.at == nil:
			continue
		case p.protocol == "ldap":
			if p.host == nil || p.password == nil || !strings.HasPrefix(strings.ToLower(p.host.text().Prefix()), "ldap://") {
				continue
			}
		case !p.auth || !p.plain:
			continue
		}
		c := &practice.Connection{Source: o.source(p.at, "properties of "+key), Protocol: p.protocol, TLS: practice.TLSOff, Login: true, Use: "properties"}
		if p.host != nil {
			c.Address = p.host.asText()
			if p.protocol == "ldap" {
				for i, t := range c.Address.Alternatives {
					c.Address.Alternatives[i] = partial.ReadURL(t).Host
				}
			}
		}
		o.add(c)
	}
}

// setTLS says of an object whether it uses TLS, as a value says.
func setTLS(obj *object, role string, v *value) {
	on, known := v.truth()
	switch {
	case role == "tls-auto": // TLS where the server offers it
		if known && !on && obj.tls == "maybe" {
			obj.tls = "off"
		}
	case role == "tls-mode": // a word for how
		if text, ok := v.known(); !ok && v.word != "false" || ok && text != "" {
			obj.tls = "on"
		}
	case strings.HasSuffix(strings.ToLower(v.word), ".none"):
		obj.tls = "off"
	case known && on:
		obj.tls = "on"
	case known:
		obj.tls = "off"
	case v.dict == nil || len(v.dict) > 0:
		obj.tls = "maybe"
	}
}
