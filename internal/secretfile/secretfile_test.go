package secretfile_test

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/secretfile"
	"github.com/authlint/authlint/internal/walk"
	"github.com/authlint/authlint/rules"
)

// key returns a private key in PEM under a heading, made for this test.
func key(t testing.TB, heading string) string {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: heading, Bytes: append(der, der...)}))
}

// account returns the key file of a service account.
func account(t testing.TB) string {
	t.Helper()
	data, err := json.MarshalIndent(map[string]string{"type": "service_account", "project_id": "shop", "private_key": key(t, "PRIVATE KEY")}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const (
	variables = "USER=shop\nDB_PASSWORD=Winter-Lake-22\n"
	bag       = "\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01"
	stored    = `{"version": 4, "terraform_version": "1.9.0", "resources": [{"instances": [{"attributes": {"username": "shop", "password": %s}}]}]}`
)

// TestObserve: what files hold a secret, by name and content.
func TestObserve(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, data string
		want       string // what it is, and where its secret begins and ends
	}{
		{".env", variables, "file of variables with credentials 1:1-1:1"},
		{"deploy/.env.production", "export API_SECRET='k8Vq2zLw9xRt4mPn'\n", "file of variables with credentials 1:1-1:1"},
		{"prod.env", variables, "file of variables with credentials 1:1-1:1"},
		{".env.example", variables, ""},
		{".env.sample", variables, ""},
		{"template.env", variables, ""},
		{".env", "DB_PASSWORD=\nAPI_KEY=your-key-here\nDEBUG=true\n", ""},
		{".env", "DB_PASSWORD=${DB_PASSWORD}\n", ""},
		{".env", "DB_PASSWORD=postgres\n", ""},
		{".env", "# DB_PASSWORD=Winter-Lake-22\n", ""},
		{".env", "DB_PASSWORD=ENC[AES256_GCM,data:Winter-Lake-22,type:str]\nsops_version=3.9.0\n", ""},
		{".env", "$ANSIBLE_VAULT;1.1;AES256\nDB_PASSWORD=Winter-Lake-22\n", ""},
		{"environment.ts", variables, ""},
		{"ssh/id_rsa", key(t, "OPENSSH PRIVATE KEY"), "private key 1:1-4:34"},
		{"ssh/id_rsa.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 anna@example.com\n", ""},
		{"ssh/id_rsa", key(t, "ENCRYPTED PRIVATE KEY"), ""},
		{"a.ppk", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n", "private key 1:1-1:1"},
		{"a.ppk", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: aes256-cbc\n", ""},
		{"client.p12", "0\x82\x01\x00" + bag + "\x02\x00", "key store with a private key 1:1-1:1"},
		{"trust.p12", "0\x82\x01\x00" + bag + "\x03\x00", ""},
		{"server.jks", "\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x01aa", "key store with a private key 1:1-1:1"},
		{"trust.jks", "\xfe\xed\xfe\xed\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x02aa", ""},
		{"team.kdbx", "\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5\x01\x00", "password safe 1:1-1:1"},
		{"team.kdbx", "version https://git-lfs.github.com/spec/v1\n", ""},
		{"terraform.tfstate", fmt.Sprintf(stored, `"Winter-Lake-22"`), "Terraform state with credentials 1:1-1:1"},
		{"terraform.tfstate", fmt.Sprintf(stored, `null`), ""},
		{"terraform.tfstate", `{"version": 4, "terraform_version": "1.9.0", "resources": []}`, ""},
		{"key.json", account(t), "key of a service account 2:19-"},
		{"key.json", `{"type": "service_account", "private_key": "..."}`, ""},
		{".vault_pass", "Winter-Lake-22\n", "file with the password of a tool 1:1-1:15"},
		{".vault_pass", "#!/bin/sh\npass show vault\n", ""},
		{"config/master.key", strings.Repeat("3f8a91c0d72e", 3)[:32] + "\n", "file with the password of a tool 1:1-1:33"},
		{"postfix/sasl_passwd", "[smtp.example.com]:587 shop:Winter-Lake-22\n", "file of logins to mail servers 1:1-1:1"},
		{"postfix/sasl_passwd", "# relay\n[smtp.example.com]:587 shop:{{ relay_password }}\n", ""},
		{"android/keystore.properties", "storeFile=upload.jks\nstorePassword=Winter-Lake-22\n", "file with the passwords of a key store 1:1-1:1"},
		{"android/key.properties", "storePassword=\nkeyAlias=upload\n", ""},
		{".netrc", "machine api.example.com\n  login shop\n  password Winter-Lake-22\n", "file of logins 1:1-1:1"},
		{".netrc", "machine api.example.com login shop password $PASSWORD\n", ""},
		{".pgpass", "db.example.com:5432:*:shop:Winter-Lake-22\n", "file of logins to databases 1:1-1:1"},
		{".pgpass", "db.example.com:5432:*:shop\n", ""},
		{".git-credentials", "https://shop:Winter-Lake-22@git.example.com\n", "file of logins to git hosts 1:1-1:1"},
		{".git-credentials", "https://git.example.com\n", ""},
		{".aws/credentials", "[default]\naws_secret_access_key = k8Vq2zLw9xRt4mPnk8Vq2zLw9xRt4mPn\n", ""},
		{"certs/AuthKey_ABC.p8", key(t, "PRIVATE KEY"), "private key 1:1-"},
		{"fastlane/asc.json", strings.ReplaceAll(account(t), "\"type\": \"service_account\"", "\"key_id\": \"A\", \"issuer_id\": \"B\", \"key\": \"-----BEGIN PRIVATE KEY-----x\""), "key of an account of Apple's stores "},
		{"fastlane/asc.json", `{"key_id": "A", "issuer_id": "B", "key_filepath": "a.p8"}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := embed.File(tt.name, []byte(tt.data))
			got := ""
			if secretfile.Reads(file) {
				for _, o := range secretfile.Observe(file, cat).Observations {
					f := o.(*practice.SecretFile)
					got += fmt.Sprintf("%s %d:%d-%d:%d", f.What, f.At.Line, f.At.Column, f.At.EndLine, f.At.EndColumn)
				}
			}
			if tt.want == "" && got != "" || !strings.HasPrefix(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestState: what git knows of a file decides.
func TestState(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	for state, want := range map[walk.State]string{
		walk.Tracked: "medium is in the repository", walk.Untracked: "medium no ignore rule keeps", walk.Ignored: "", walk.NoRepository: "note lies among the sources",
	} {
		file := embed.File(".env", []byte(variables))
		file.State = func() walk.State { return state }
		got := ""
		for _, f := range (&practice.Judge{Catalogue: cat}).Findings(secretfile.Observe(file, cat).Observations) {
			got = f.Severity.String() + " " + f.Message
		}
		severity, words, _ := strings.Cut(want, " ")
		if !strings.HasPrefix(got, severity) || !strings.Contains(got, words) || want == "" && got != "" {
			t.Errorf("%s: %q, want %q", state, got, want)
		}
	}
}

// FuzzObserve: files of any content are read without a panic.
func FuzzObserve(f *testing.F) {
	cat, err := rules.Default()
	if err != nil {
		f.Fatal(err)
	}
	names := []string{".env", "id_rsa", "a.jks", "a.p12", "a.kdbx", "a.tfstate", "a.json", ".vault_pass"}
	for i := range names {
		f.Add(i, "DB_PASSWORD=a\n")
		f.Add(i, `{"terraform_version": "1", "type": "service_account", "a": [{"password": "b"}]}`)
	}
	f.Fuzz(func(_ *testing.T, i int, data string) {
		file := embed.File(names[uint(i)%uint(len(names))], []byte(data))
		if secretfile.Reads(file) {
			secretfile.Observe(file, cat)
		}
	})
}

// TestPublic: variables that a build puts into pages, by name and value.
func TestPublic(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, data, want string }{
		{".env", "A=1\nVITE_CLIENT_SECRET=k8Vq2zLw9xRt4mPn\n", "2:1-2:19"},
		{".env.production", "export REACT_APP_SHOP_PASSWORD='Winter-Lake-22'\n", "1:8-1:31"},
		{".env", "VITE_MAP_TOKEN=k8Vq2zLw9xRt4mPn\nNEXT_PUBLIC_API_KEY=k8Vq2zLw9xRt4mPn\n", ""},
		{".env", "VITE_CLIENT_SECRET=\n", ""},
		{".env", "CLIENT_SECRET=k8Vq2zLw9xRt4mPn\n", ""},
		{".env.example", "VITE_CLIENT_SECRET=k8Vq2zLw9xRt4mPn\n", ""},
	}
	for _, tt := range tests {
		file := embed.File(tt.name, []byte(tt.data))
		got := ""
		if secretfile.ReadsPublic(file) {
			for _, o := range secretfile.ObservePublic(file, cat).Observations {
				at := o.(*practice.Exposed).At
				got += fmt.Sprintf("%d:%d-%d:%d", at.Line, at.Column, at.EndLine, at.EndColumn)
			}
		}
		if got != tt.want {
			t.Errorf("%s %q: %q, want %q", tt.name, tt.data, got, tt.want)
		}
	}
}
