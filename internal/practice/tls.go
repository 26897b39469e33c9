package practice

import (
	"fmt"

	"github.com/authlint/authlint/internal/partial"
	"github.com/authlint/authlint/rules"
)

// The ids of the rules on TLS.
const (
	weakTLSVersion = "weak-tls-version"
	tlsVerifyOff   = "tls-verify-off"
)

// tls judges one setting of a TLS configuration.
func (c *court) tls(o *TLS) {
	grades := sourceGrades(&o.Source)
	if o.Host != "" {
		grades = withGrade(grades, hostGrade(partial.HostClass(o.Host)))
	}
	v := verdict{src: &o.Source, grades: grades, evidence: tlsEvidence(o)}
	switch o.Aspect {
	case MinVersion, MaxVersion:
		if o.Version == 0 || int(o.Version) >= c.threshold(rules.TLSMinVersion) {
			return
		}
		v.onValue, v.remedies = true, c.raised(o)
		v.message = c.versionMessage(o)
		c.pass(weakTLSVersion, v)
	case ServerDefault:
		v.grades = withGrade(v.grades, ToolchainOnly)
		v.message = message(
			"server without a minimum version accepts TLS 1.0 when built with a Go before 1.27",
			[]string{oldDefault(o)},
			": set MinVersion to tls.VersionTLS12",
		)
		if !o.Config.IsZero() {
			v.remedies = []remedy{{name: RaiseTLSFloor, to: hexadecimal(c.threshold(rules.TLSMinVersion)), at: o.Config}}
		}
		c.pass(weakTLSVersion, v)
	case PeerUnchecked:
		if o.Role == ServerSide {
			return // a server checks its clients only if ClientAuth says so
		}
		v.message = place(o.Use, "configuration") + " switches the certificate check off, so anyone can answer in the peer's place: trust the right authority"
		c.pass(tlsVerifyOff, v)
	case CallbackAcceptsAll:
		v.message = place(o.Use, "callback") + " accepts certificates that it has not looked at, so anyone can answer in the peer's place: verify them"
		c.pass(tlsVerifyOff, v)
	}
}

// raised returns the remedy for a version that is always used. One that a
// setting chooses is somebody's word: who asks for the old one must not get
// another one unawares.
func (c *court) raised(o *TLS) []remedy {
	if o.Condition != Always {
		return nil
	}
	return []remedy{{name: RaiseTLSFloor, from: hexadecimal(int(o.Version)), to: hexadecimal(c.threshold(rules.TLSMinVersion))}}
}

// hexadecimal returns a version as remedies have it.
func hexadecimal(version int) string { return fmt.Sprintf("0x%04x", version) }

// versionMessage says which version is too low.
func (c *court) versionMessage(o *TLS) string {
	which, remedy := "minimum", "set the minimum to "
	if o.Aspect == MaxVersion {
		which, remedy = "maximum", "leave it out or raise it to "
	}
	return place(o.Use, "configuration") + " sets the " + which + " to " + versionName(o.Version) +
		", whose protections are broken: " + remedy + versionName(uint16(c.threshold(rules.TLSMinVersion)))
}

// versionName returns the name of a version as on the wire.
func versionName(v uint16) string {
	switch v {
	case 0x0002, 0x0200:
		return "SSL 2.0"
	case 0x0300:
		return "SSL 3.0"
	case 0x0301, 0x0302, 0x0303, 0x0304:
		return fmt.Sprintf("TLS 1.%d", v-0x0301)
	}
	return fmt.Sprintf("version 0x%04x", v)
}

// tlsEvidence returns what is known of a TLS setting.
func tlsEvidence(o *TLS) map[string]string {
	e := map[string]string{}
	if o.Version != 0 {
		e["version"] = versionName(o.Version)
	}
	put(e, "use", o.Use)
	put(e, "host", o.Host)
	put(e, "go", o.GoLine)
	switch o.Role {
	case ClientSide:
		e["role"] = "client"
	case ServerSide:
		e["role"] = "server"
	}
	return e
}

// oldDefault returns the words for what makes a server accept old versions.
func oldDefault(o *TLS) string {
	if o.Debug != "" {
		return ", as the debug setting " + plain(o.Debug, maxShort) + " says"
	}
	return fmt.Sprintf(", as go.mod says go %s", plain(firstOf(o.GoLine, "1.21 or lower"), maxShort))
}
