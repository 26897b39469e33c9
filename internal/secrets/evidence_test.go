package secrets

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/binary"
	encpem "encoding/pem"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secrets/secrettest"
	"github.com/authlint/authlint/internal/shape"
)

// block returns a PEM block.
func block(kind string, headers map[string]string, body []byte) string {
	return string(encpem.EncodeToMemory(&encpem.Block{Type: kind, Headers: headers, Bytes: body}))
}

// opensshKey returns the outside of an OpenSSH key under a cipher.
func opensshKey(cipher string, body []byte) string {
	data := []byte("openssh-key-v1\x00")
	data = binary.BigEndian.AppendUint32(data, uint32(len(cipher)))
	data = append(append(data, cipher...), body...)
	return block("OPENSSH PRIVATE"+" KEY", nil, data)
}

// TestPrivateKeys: a PEM block is read. Only a private key that anybody can use
// is told.
func TestPrivateKeys(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	const private = "PRIVATE" + " KEY"
	tests := []struct {
		name, text string
		told       bool
	}{
		{"EC", block("EC "+private, nil, sec1), true},
		{"PKCS 8", block(private, nil, pkcs8), true},
		{"in a string", `key = "` + strings.ReplaceAll(block(private, nil, pkcs8), "\n", `\n`) + `"`, true},
		{"RSA", block("RSA "+private, nil, append(sec1, pkcs8...)), true},
		{"DSA", block("DSA "+private, nil, append(sec1, public...)), true},
		{"line ends of Windows", strings.ReplaceAll(block(private, nil, pkcs8), "\n", "\r\n"), true},
		{"indented", "key: |\n  " + strings.ReplaceAll(block(private, nil, pkcs8), "\n", "\n  "), true},
		{"behind a certificate", block("CERTIFICATE", nil, public) + block("EC "+private, nil, sec1), true},
		{"PGP", strings.ReplaceAll(block("PGP "+private+" BLOCK", nil, append(sec1, pkcs8...)), "BLOCK-----\n", "BLOCK-----\n\n"), true},
		{"OpenSSH", opensshKey("none", pkcs8), true},
		{"OpenSSH under a passphrase", opensshKey("aes256-ctr", pkcs8), false},
		{"PKCS 8 under a passphrase", block("ENCRYPTED "+private, nil, pkcs8), false},
		{"EC under a passphrase", block("EC "+private, map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}, sec1), false},
		{"public", block("PUBLIC KEY", nil, public), false},
		{"certificate", block("CERTIFICATE", nil, pkcs8), false},
		{"request for a certificate", block("CERTIFICATE REQUEST", nil, pkcs8), false},
		{"parameters", block("EC PARAMETERS", nil, public), false},
		{"empty", block("EC "+private, nil, nil), false},
		{"hidden", "-----BEGIN " + private + "-----\n[REDACTED]\n-----END " + private + "-----\n", false},
		{"one character", "-----BEGIN " + private + "-----\n" + strings.Repeat("x", 300) + "\n-----END " + private + "-----\n", false},
		{"stub", "-----BEGIN RSA " + private + "-----\nMIIE...\n-----END RSA " + private + "-----\n", false},
		{"placeholder", "-----BEGIN " + private + "-----\n<the key goes here, on as many lines as it has; keep it secret>\n-----END " + private + "-----\n", false},
	}
	e := mustNew(t, Options{})
	for _, tt := range tests {
		found := e.Find("key.txt", []byte(tt.text))
		if told := len(found) > 0; told != tt.told {
			t.Errorf("%s: told %t, want %t", tt.name, told, tt.told)
		}
	}
}

// TestEvidence: what a match holds is read: the user of a Basic value, what a
// token says, the user of a URL.
func TestEvidence(t *testing.T) {
	e := mustNew(t, Options{})
	tests := []struct {
		name, template string
		check          func(v shape.Value) bool
	}{
		{"Basic value", "https://k3x9qz.api.infobip.com Authorization: Basic {{base64:svc-sms:{{alnum14}}}}\n",
			func(v shape.Value) bool { return v.Form == shape.BasicValue && v.User == "svc-sms" && v.Length == 14 }},
		{"password with its user", "https://k3x9qz.api.infobip.com Authorization: Basic {{base64:notify:notify-{{alnum6}}}}\n",
			func(v shape.Value) bool { return v.HoldsUser }},
		{"token", "TOKEN={{jwt}}\n",
			func(v shape.Value) bool {
				return v.Claims.Algorithm == "HS256" && v.Claims.Issued == 1700000000 && v.Claims.Expires == 0
			}},
		{"user of curl", "curl -u ops:{{alnum14}} https://api.example.org/v1/orders\n",
			func(v shape.Value) bool { return v.User == "ops" && v.Length == 14 }},
	}
	for _, tt := range tests {
		obs := e.Observe(File{Path: "x.sh", Data: []byte(secrettest.Expand(tt.template))})
		if len(obs) != 1 {
			t.Errorf("%s: %d observations", tt.name, len(obs))
			continue
		}
		if v := obs[0].(*practice.SecretMatch).Value; !tt.check(v) {
			t.Errorf("%s: %+v", tt.name, v)
		}
	}
}
