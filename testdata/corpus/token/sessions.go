package token

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/sessions"
)

const cookieDays = 120

func cookies(w http.ResponseWriter, c *gin.Context, text string) {
	http.SetCookie(w, &http.Cookie{Name: "session", Value: text, MaxAge: 365 * 24 * 3600})                          // want long-lived-token -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: text, MaxAge: 3600})                                     // ok -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "access_token", Value: text, Expires: time.Now().AddDate(1, 0, 0)})        // want long-lived-token -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "jwt", Value: text, Expires: time.Now().Add(cookieDays * 24 * time.Hour)}) // want long-lived-token -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark", Expires: time.Now().AddDate(5, 0, 0)})             // ok -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "csrf_token", Value: text, MaxAge: 365 * 24 * 3600})                       // ok -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "remember_token", Value: text, MaxAge: 365 * 24 * 3600})                   // ok -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "session", MaxAge: -1})                                                    // ok -- token/cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "", Expires: time.Unix(0, 0), MaxAge: -1})               // ok -- token/cookie
	c.SetCookie("token", text, 60*60*24*90, "/", "", true, true)                                                    // want long-lived-token -- token/cookie-library
	c.SetCookie("token", text, 60*60*24, "/", "", true, true)                                                       // ok -- token/cookie-library
}

func stores(key []byte) (*sessions.CookieStore, *sessions.CookieStore) {
	long := sessions.NewCookieStore(key)
	long.Options = &sessions.Options{Path: "/", MaxAge: 86400 * 365} // want long-lived-token -- token/session-store
	short := sessions.NewCookieStore(key)
	short.Options = &sessions.Options{Path: "/", MaxAge: 86400} // ok -- token/session-store
	short.MaxAge(100 * 86400)                                   // want long-lived-token -- token/session-store
	return long, short
}
