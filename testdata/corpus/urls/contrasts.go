package urls

import (
	"net/http"
	"strings"
)

var pageBase = "https://sms.maplefreight.io/messages?page="

type laterPage struct{ endpoint string }

func (l *laterPage) init() { l.endpoint = "https://gw.maplefreight.io/x?page=" }

func (l *laterPage) get(page string) {
	_, _ = http.Get(l.endpoint + page) // ok -- url/field-assignment
}

func contrasts(pw, text string) {
	_, _ = http.Get(pageBase + pw)                                                                          // ok -- url/package-variable
	_, _ = http.Post("https://gw.maplefreight.io/send?password="+pw, "text/plain", strings.NewReader(text)) // want credential-in-url -- url/post-send
	_, _ = http.Get("https://localhost.maplefreight.io/login?password=" + pw)                               // want credential-in-url -- url/loopback-host
	_, _ = http.Get("https://api.infobip.com/sms/1/reports?limit=50&apiKey=" + pw)                          // want credential-in-url -- url/report-get
}

// TestLink is what a button of the settings does.
func TestLink(pw string) error {
	_, err := http.Get("https://gw.maplefreight.io/ping?password=" + pw) // want credential-in-url -- url/test-file
	return err
}
