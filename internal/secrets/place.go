package secrets

import "bytes"

// This file tells the places where what looks like a credential is something
// else.

// describesAPI reports whether a text is the description of an API: the values
// in it are examples.
func describesAPI(text []byte) bool {
	const head = 2000
	for line := range bytes.Lines(text[:min(len(text), head)]) {
		line = bytes.TrimLeft(line, " \t{\"'")
		for _, key := range [...]string{"openapi", "swagger", "asyncapi"} {
			rest, ok := bytes.CutPrefix(line, []byte(key))
			if !ok {
				continue
			}
			rest = bytes.TrimLeft(bytes.TrimLeft(rest, "\"'"), " \t")
			rest, ok = bytes.CutPrefix(rest, []byte(":"))
			if rest = bytes.TrimLeft(rest, " \t\"'"); ok && len(rest) > 0 && '1' <= rest[0] && rest[0] <= '9' {
				return true
			}
		}
	}
	return false
}

// inCertificate reports whether an offset lies in the Base64 of a PEM block that
// is no private key: any prefix comes up in there.
func inCertificate(text []byte, offset int) bool {
	const longest, label = 1 << 14, 60 // bytes
	before := text[max(0, offset-longest):offset]
	begin := bytes.LastIndex(before, []byte("-----BEGIN "))
	if begin < 0 || bytes.Contains(before[begin:], []byte("-----END ")) {
		return false
	}
	name := before[begin:min(len(before), begin+label)]
	for _, known := range [...]string{"CERTIFICATE", "PUBLIC KEY", "X509 CRL", "PKCS7", "CMS", "PARAMETERS"} {
		if bytes.Contains(name, []byte(known)) {
			return true
		}
	}
	return false
}
