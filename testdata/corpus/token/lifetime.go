// Package token signs and checks tokens.
package token

import (
	"errors"
	"math"
	"os"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"corpus.test/audit/lib"
)

var errClaims = errors.New("other claims")

func maps(user string, key []byte) {
	method := jwt.SigningMethodHS256
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"sub": user}).SignedString(key) // want long-lived-token -- token/map-claims
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{
		"sub": user,
		"exp": time.Now().Add(365 * 24 * time.Hour).Unix(), // want long-lived-token -- token/map-claims
	}).SignedString(key)
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{
		"sub": user,
		"exp": time.Now().Add(time.Hour).Unix(), // ok -- token/map-claims
	}).SignedString(key)
	empty := jwt.MapClaims{}
	_, _ = jwt.NewWithClaims(method, empty).SignedString(key) // want long-lived-token -- token/map-write
	long := jwt.MapClaims{}
	long["sub"] = user
	long["exp"] = time.Now().AddDate(0, 6, 0).Unix() // want long-lived-token -- token/map-write
	_, _ = jwt.NewWithClaims(method, long).SignedString(key)
	short := make(jwt.MapClaims)
	short["exp"] = time.Now().Add(15 * time.Minute).Unix() // ok -- token/map-write
	_, _ = jwt.NewWithClaims(method, short).SignedString(key)
	twice := jwt.MapClaims{"exp": time.Now().AddDate(1, 0, 0).Unix()} // ok -- token/map-write
	twice["exp"] = time.Now().Add(time.Hour).Unix()
	_, _ = jwt.NewWithClaims(method, twice).SignedString(key)
	plain := map[string]any{"sub": user}
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims(plain)).SignedString(key) // want long-lived-token -- token/map-converted
	ends := map[string]any{"sub": user}
	ends["exp"] = time.Now().Add(time.Hour).Unix()
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims(ends)).SignedString(key) // ok -- token/map-converted
}

func never(user string, key []byte) {
	method := jwt.SigningMethodHS512
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": 0}).SignedString(key)                 // want long-lived-token -- token/exp-never
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": math.MaxInt32 * 2}).SignedString(key) // want long-lived-token -- token/exp-never
	_, _ = jwt.NewWithClaims(method, jwt.RegisteredClaims{ExpiresAt: nil}).SignedString(key)    // want long-lived-token -- token/exp-never
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": 1633004406}).SignedString(key)        // ok -- token/exp-never
}

type session struct {
	User string `json:"user"`
	jwt.RegisteredClaims
}

type pointed struct {
	*jwt.RegisteredClaims
	Admin bool `json:"admin"`
}

type nested struct {
	session
	Tenant string
}

func structs(user string, key []byte) {
	method := jwt.SigningMethodHS256
	now := time.Now()
	_, _ = jwt.NewWithClaims(method, jwt.RegisteredClaims{Subject: user}).SignedString(key) // want long-lived-token -- token/struct-claims
	_, _ = jwt.NewWithClaims(method, jwt.RegisteredClaims{
		Subject:   user,
		ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour * 24 * 90)), // want long-lived-token -- token/struct-claims
	}).SignedString(key)
	_, _ = jwt.NewWithClaims(method, &jwt.RegisteredClaims{
		ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour * 12)), // ok -- token/struct-claims
	}).SignedString(key)
	_, _ = jwt.NewWithClaims(method, session{User: user}).SignedString(key)                                                                        // want long-lived-token -- token/embedded-claims
	_, _ = jwt.NewWithClaims(method, &session{user, endless()}).SignedString(key)                                                                  // want long-lived-token -- token/embedded-claims
	_, _ = jwt.NewWithClaims(method, &session{user, ends(now)}).SignedString(key)                                                                  // ok -- token/embedded-claims
	_, _ = jwt.NewWithClaims(method, nested{Tenant: user}).SignedString(key)                                                                       // want long-lived-token -- token/embedded-claims
	_, _ = jwt.NewWithClaims(method, pointed{Admin: true}).SignedString(key)                                                                       // want long-lived-token -- token/pointer-claims
	_, _ = jwt.NewWithClaims(method, &pointed{&jwt.RegisteredClaims{ExpiresAt: jwt.NewNumericDate(now.AddDate(0, 0, 1))}, true}).SignedString(key) // ok -- token/pointer-claims
	c := &session{User: user}
	c.ExpiresAt = jwt.NewNumericDate(now.AddDate(2, 0, 0)) // want long-lived-token -- token/field-assignment
	_, _ = jwt.NewWithClaims(method, c).SignedString(key)
	d := session{}
	d.RegisteredClaims.ExpiresAt = &jwt.NumericDate{Time: now.Add(time.Hour)} // ok -- token/field-assignment
	_, _ = jwt.NewWithClaims(method, d).SignedString(key)
	t := jwt.NewWithClaims(method, d)
	t.Claims = jwt.MapClaims{"exp": now.Add(5000 * time.Hour).Unix()} // want long-lived-token -- token/field-assignment
	_, _ = t.SignedString(key)
}

func endless() jwt.RegisteredClaims { return jwt.RegisteredClaims{Issuer: "reports"} }

func ends(now time.Time) jwt.RegisteredClaims {
	return jwt.RegisteredClaims{ExpiresAt: jwt.NewNumericDate(now.Add(time.Hour))}
}

func created(user string, key []byte) {
	t := jwt.New(jwt.SigningMethodHS256) // want long-lived-token -- token/new-then-claims
	claims := t.Claims.(jwt.MapClaims)
	claims["sub"] = user
	_, _ = t.SignedString(key)
	u := jwt.New(jwt.SigningMethodHS256)
	more := u.Claims.(jwt.MapClaims)
	more["exp"] = time.Now().Add(2000 * time.Hour).Unix() // want long-lived-token -- token/new-then-claims
	_, _ = u.SignedString(key)
	v := jwt.New(jwt.SigningMethodHS256)
	v.Claims.(jwt.MapClaims)["exp"] = time.Now().Add(20 * time.Minute).Unix() // ok -- token/new-then-claims
	_, _ = v.SignedString(key)
}

const (
	month    = 30 * 24 * time.Hour
	tokenTTL = 3 * month
	inHours  = 8
)

var (
	longTTL  = 400 * 24 * time.Hour
	shortTTL = 10 * time.Minute
)

func durations(key []byte) {
	method := jwt.SigningMethodHS256
	now := time.Now().Unix()
	parsed, _ := time.ParseDuration("2160h")
	few, _ := time.ParseDuration("45m")
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().Add(tokenTTL).Unix()}).SignedString(key)                       // want long-lived-token -- token/const-duration
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().Add(month).Unix()}).SignedString(key)                          // ok -- token/const-duration
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().Add(inHours * time.Hour).Unix()}).SignedString(key)            // ok -- token/const-duration
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": jwt.NewNumericDate(time.Now().Add(longTTL))}).SignedString(key)           // want long-lived-token -- token/variable-duration
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": jwt.NewNumericDate(time.Now().Add(shortTTL))}).SignedString(key)          // ok -- token/variable-duration
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": now + 60*60*24*365}).SignedString(key)                                    // want long-lived-token -- token/unix-seconds
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": now + 3600}).SignedString(key)                                            // ok -- token/unix-seconds
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": float64(time.Now().Unix() + int64(longTTL.Seconds()))}).SignedString(key) // want long-lived-token -- token/unix-seconds
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().Unix() + int64(shortTTL/time.Second)}).SignedString(key)       // ok -- token/unix-seconds
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().UTC().AddDate(1, 0, 0).Unix()}).SignedString(key)              // want long-lived-token -- token/add-date
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().AddDate(0, 0, 7).Unix()}).SignedString(key)                    // ok -- token/add-date
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().Add(parsed).Unix()}).SignedString(key)                         // want long-lived-token -- token/parsed-duration
	_, _ = jwt.NewWithClaims(method, jwt.MapClaims{"exp": time.Now().Add(few).Unix()}).SignedString(key)                            // ok -- token/parsed-duration
}

func signAll(claims jwt.Claims, key []byte) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(key)
}

func after(d time.Duration) *jwt.NumericDate { return jwt.NewNumericDate(time.Now().Add(d)) }

func userClaims(user string, ttl time.Duration) session {
	return session{User: user, RegisteredClaims: jwt.RegisteredClaims{ExpiresAt: after(ttl)}}
}

func wrappers(user string, key []byte) {
	_, _ = signAll(jwt.MapClaims{"sub": user}, key)                    // want long-lived-token -- token/wrapper
	_, _ = signAll(jwt.MapClaims{"exp": after(time.Hour)}, key)        // ok -- token/wrapper
	_, _ = signAll(jwt.MapClaims{"exp": after(5000 * time.Hour)}, key) // want long-lived-token -- token/duration-argument
	_, _ = signAll(userClaims(user, 100*24*time.Hour), key)            // want long-lived-token -- token/claims-helper
	_, _ = signAll(userClaims(user, 24*time.Hour), key)                // ok -- token/claims-helper
	_, _ = lib.Sign(jwt.MapClaims{"sub": user}, key)                   // want long-lived-token -- token/wrapper-other-package
	_, _ = lib.Sign(&session{User: user}, key)                         // want long-lived-token -- token/wrapper-other-package
	_, _ = lib.Sign(jwt.MapClaims{"exp": after(time.Hour)}, key)       // ok -- token/wrapper-other-package
	_, _ = lib.SignFor(user, 24*90, key)                               // want long-lived-token -- token/duration-argument
	_, _ = lib.SignFor(user, 12, key)                                  // ok -- token/duration-argument
	_, _ = lib.Sign(lib.NewClaims(user, lib.Days(365)), key)           // want long-lived-token -- token/claims-helper-other-package
	_, _ = lib.Sign(lib.NewClaims(user, lib.Days(1)), key)             // ok -- token/claims-helper-other-package
	_, _ = signAll(lib.MapClaims(user), key)                           // want long-lived-token -- token/claims-helper-other-package
	func() {
		_, _ = signAll(jwt.MapClaims{"sub": user}, key) // want long-lived-token -- token/closure
	}()
	sign := func(c jwt.Claims) (string, error) { return signAll(c, key) }
	_, _ = sign(jwt.MapClaims{"exp": after(time.Hour)}) // ok -- token/closure
}

type issuer struct {
	key []byte
	ttl time.Duration
}

func (i *issuer) sign(user string) (string, error) {
	return signAll(jwt.MapClaims{"sub": user, "exp": time.Now().Add(i.ttl).Unix()}, i.key) // ok -- token/configured
}

func (i *issuer) forever(user string) (string, error) {
	return signAll(jwt.MapClaims{"sub": user}, i.key) // want long-lived-token -- token/configured
}

func newIssuer(key []byte) *issuer {
	hours, _ := strconv.Atoi(os.Getenv("TOKEN_HOURS"))
	return &issuer{key: key, ttl: time.Duration(hours) * time.Hour}
}

func choices(user string, remember bool, key []byte) {
	end := time.Now().Add(20 * 24 * time.Hour)
	if user == "root" {
		end = time.Now().Add(50 * 24 * time.Hour)
	}
	_, _ = signAll(jwt.MapClaims{"exp": end.Unix()}, key) // ok -- token/phi
	claims := jwt.MapClaims{"sub": user}
	if remember {
		claims["exp"] = time.Now().Add(time.Hour).Unix()
	}
	_, _ = signAll(claims, key) // ok -- token/conditional
}

func elsewhere(user string, extra map[string]any, given jwt.Claims, fill func(jwt.MapClaims), key []byte) {
	mixed := jwt.MapClaims{"sub": user}
	for name, value := range extra {
		mixed[name] = value
	}
	_, _ = signAll(mixed, key)                // ok -- token/unknown-claims
	_, _ = signAll(jwt.MapClaims(extra), key) // ok -- token/unknown-claims
	_, _ = signAll(given, key)                // ok -- token/unknown-claims
	filled := jwt.MapClaims{"sub": user}
	fill(filled)
	_, _ = signAll(filled, key) // ok -- token/unknown-claims
	mine := jwt.MapClaims{"sub": user}
	addRole(mine)
	_, _ = signAll(mine, key) // want long-lived-token -- token/unknown-claims
	ended := jwt.MapClaims{"sub": user}
	addEnd(ended)
	_, _ = signAll(ended, key) // ok -- token/unknown-claims
}

func addRole(c jwt.MapClaims) { c["role"] = "reader" }

func addEnd(c jwt.MapClaims) { c["exp"] = time.Now().Add(time.Hour).Unix() }

func renewed(text string, key []byte) (string, error) {
	claims := &session{}
	token, err := jwt.ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return key, nil })
	if err != nil {
		return "", err
	}
	c, ok := token.Claims.(*session)
	if !ok {
		return "", errClaims
	}
	return signAll(c, key) // ok -- token/unknown-claims
}

func refreshToken(user string, key []byte) (string, error) {
	return signAll(jwt.MapClaims{"sub": user, "exp": time.Now().AddDate(0, 3, 0).Unix()}, key) // ok -- token/refresh
}

func pair(user string, key []byte) (string, string) {
	access, _ := signAll(jwt.MapClaims{"sub": user, "exp": time.Now().AddDate(0, 3, 0).Unix()}, key)             // want long-lived-token -- token/refresh
	refresh, _ := signAll(jwt.MapClaims{"sub": user, "exp": time.Now().AddDate(0, 3, 0).Unix()}, key)            // ok -- token/refresh
	_, _ = signAll(jwt.MapClaims{"sub": user, "typ": "refresh", "exp": time.Now().AddDate(0, 3, 0).Unix()}, key) // ok -- token/refresh
	_, _ = signAll(jwt.MapClaims{"email": user, "purpose": "unsubscribe"}, key)                                  // ok -- token/one-use
	_, _ = signAll(jwt.MapClaims{"email": user, "purpose": "session"}, key)                                      // want long-lived-token -- token/one-use
	return access, refresh
}

func ignored(user string, key []byte) {
	_, _ = signAll(jwt.MapClaims{"sub": user}, key) //authlint:ignore long-lived-token -- ok here // ok -- token/ignore
	_, _ = signAll(jwt.MapClaims{"sub": user}, key) // want long-lived-token -- token/ignore
}
