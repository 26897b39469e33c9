package document_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/authlint/authlint/internal/document"
	"github.com/authlint/authlint/internal/embed"
	"github.com/authlint/authlint/rules"
)

// pasted is a page as it is copied from a browser: no fences, no indentation, one
// language right behind the other.
const pasted = `Sending a message
Every call needs the header. The examples below show how to build it in the language of your choice; see also the reference.
HttpRequest request = HttpRequest.newBuilder()
.uri(URI.create(BASE_URL + "/v1/messages"))
.header("Authorization", "Bearer " + token)
.POST(HttpRequest.BodyPublishers.ofString(body))
.build();
System.out.println(response.body());
string token = Environment.GetEnvironmentVariable("TOKEN");
var client = new HttpClient();
client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
var result = await client.PostAsync("/v1/messages", content);
import os
import requests
r = requests.post(url, headers={"Authorization": "Bearer " + os.environ["TOKEN"]})
print(r.status_code)
require 'net/http'
uri = URI('https://api.example.com/v1/messages')
req = Net::HTTP::Post.new(uri)
req['Authorization'] = "Bearer #{ENV['TOKEN']}"
$ch = curl_init('https://api.example.com/v1/messages');
curl_setopt($ch, CURLOPT_HTTPHEADER, ['Authorization: Bearer ' . $token]);
$response = curl_exec($ch);
const res = await fetch(url, {
method: 'POST',
headers: { Authorization: ` + "`Bearer ${token}`" + ` },
});
console.log(res.status);
What the server answers
If the token is not valid any more, the server answers with 401; fetch a new one then.
{
"error": "unauthorized"
}
fun send(token: String) {
val request = Request.Builder().url(url).header("Authorization", "Bearer $token").build()
println(client.newCall(request).execute().code)
}
let client = reqwest::Client::new();
let res = client.post(url).bearer_auth(&token).send().await?;
println!("{}", res.status());
req, err := http.NewRequest("POST", url, nil)
if err != nil {
return err
}
`

// TestCode shows where code begins and ends among prose, and what of it is left
// alone.
func TestCode(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, file, text, want string }{
		{"page", "a.txt", pasted, "3-8 java; 9-12 csharp; 13-16 python; 17-20 ruby; 21-23 php; 24-28 javascript; 31-37 kotlin; 38-40 rust"},
		{"block without a tag", "a.md", "Use it:\n\n```\nimport requests\nrequests.get(url, auth=(user, password))\n```\n", "4-6 prose; 4-5 python"},
		{"directive", "a.rst", "Use it\n\n.. code-block:: ruby\n\n   client = Client.new(user, password)\n   client.call\n\nThe call returns at once.\n", "5-6 ruby"},
		{"attribute", "a.adoc", "[source,java]\n----\nclient.login(user, password);\n----\nThen go on with the rest of it.\n", "3-3 java"},
		{"fence in plain text", "a.txt", "Use it:\n\n```js\nsend(user, password)\n```\n", "4-4 javascript"},
		{"sentences", "a.txt", "Import the key first; then use it.\nFrom here on, call login() as often as you like.\nThe value = what you got (see above).\nend users are told.\n", ""},
		{"list", "a.txt", "- first, do this;\n- then, do that;\n- var is a folder below the root;\n", ""},
		{"answer", "a.txt", "{\n  \"access_token\": \"...\",\n  \"expires_in\": 3600\n}\n", ""},
		{"settings", "a.txt", "host = db\nport = 5432\nname = app\n", ""},
		{"other language", "a.txt", "CURL *curl = curl_easy_init();\ncurl_easy_setopt(curl, CURLOPT_URL, url);\ncurl_easy_perform(curl);\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, part := range document.Observe(embed.File(tt.file, []byte(tt.text)), cat).Texts {
				at := part.Locate(0, len(part.Data))
				got = append(got, fmt.Sprintf("%d-%d %s", at.Line, at.EndLine, part.Kind))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAbout: a document is about a provider if it speaks of that one alone.
func TestAbout(t *testing.T) {
	cat, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	const call = "\ncurl -X POST https://us.sms.api.sinch.com/xms/v1/plan/batches\n"
	tests := []struct{ name, text, want string }{
		{"one", "Sinch has an API. Log in at Sinch.\n" + call, "sinch us.sms.api.sinch.com"},
		{"two", "Sinch or Twilio: choose Sinch or Twilio, Twilio or Sinch.\n" + call, " "},
		{"in passing", "Sinch is one of them.\n\ncurl -X POST https://api.example.com/\n", " "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, part := range document.Observe(embed.File("a.txt", []byte(tt.text)), cat).Texts {
				if got := part.Provider + " " + part.Host; got != tt.want {
					t.Errorf("about %q, want %q", got, tt.want)
				}
			}
		})
	}
}
