package snippet_test

import (
	"testing"

	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/internal/practice"
	"github.com/authlint/authlint/internal/snippet"
)

// TestTemplates checks which templates of messages tell a password.
func TestTemplates(t *testing.T) {
	cat := catalogue(t)
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"app/views/user_mailer/welcome.text.erb", "Hello <%= @user.name %>\nPassword: <%= @password %>\n", 1},
		{"app/views/user_mailer/welcome.text.erb", "Contraseña: <%= @clave %>", 1},
		{"resources/views/emails/welcome.blade.php", "<p>Your password is <b>{{ $plain }}</b></p>", 1},
		{"templates/email/welcome.html", "<td>Password</td><td>{{ user.password }}</td>", 1},
		{"templates/mail/welcome.ftl", "Ihr Kennwort lautet ${kennwort}", 1},
		{"Views/Emails/Welcome.cshtml", "Your password: @Model.Password", 1},
		{"templates/email/reset.html", "Reset your password: {{ link }}", 0},
		{"templates/email/reset.html", "Password reset for {{ user.name }}", 0},
		{"templates/email/reset.html", `<a href="https://a.example.org/reset?password={{ token }}">`, 0},
		{"templates/pages/login.html", "Password: {{ password }}", 0},
		{"templates/email/code.txt", "Your code is {{ code }}", 0},
	} {
		text := embed.File(c.name, []byte(c.text))
		got := 0
		if snippet.ReadsTemplate(text) {
			result := snippet.ObserveTemplate(text, cat)
			got = len((&practice.Judge{Catalogue: cat}).Findings(result.Observations))
		}
		if got != c.want {
			t.Errorf("%s, %q: %d findings, want %d", c.name, c.text, got, c.want)
		}
	}
}

// FuzzTemplate checks that no text breaks the reader of templates.
func FuzzTemplate(f *testing.F) {
	f.Add("Password: <%= @password %>")
	f.Add("{{{ a }} ${ @Model. <?= #{")
	cat := catalogue(f)
	f.Fuzz(func(_ *testing.T, text string) {
		snippet.ObserveTemplate(embed.File("templates/email/a.html", []byte(text)), cat)
	})
}
