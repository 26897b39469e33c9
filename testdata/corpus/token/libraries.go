package token

import (
	"net/http"
	"time"

	ginjwt "github.com/appleboy/gin-jwt/v2"
	"github.com/coreos/go-oidc/v3/oidc"
	cristal "github.com/cristalhq/jwt/v5"
	oldjwt "github.com/dgrijalva/jwt-go"
	"github.com/go-chi/jwtauth/v5"
	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	jwt4 "github.com/golang-jwt/jwt/v4"
	kataras "github.com/kataras/jwt"
	"github.com/lestrrat-go/jwx/v2/jwa"
	jwxjwt "github.com/lestrrat-go/jwx/v2/jwt"
)

type oldClaims struct {
	User string `json:"user"`
	oldjwt.StandardClaims
}

func oldAPI(user string, key []byte) {
	method := oldjwt.SigningMethodHS256
	_, _ = oldjwt.NewWithClaims(method, oldjwt.MapClaims{"sub": user}).SignedString(key)                                                                    // want long-lived-token -- token/old-api
	_, _ = oldjwt.NewWithClaims(method, oldjwt.StandardClaims{ExpiresAt: time.Now().Add(time.Hour * 24 * 60).Unix()}).SignedString(key)                     // want long-lived-token -- token/old-api
	_, _ = oldjwt.NewWithClaims(method, oldClaims{User: user, StandardClaims: oldjwt.StandardClaims{ExpiresAt: time.Now().Unix() + 600}}).SignedString(key) // ok -- token/old-api
	_, _ = oldjwt.NewWithClaims(method, &oldClaims{User: user}).SignedString(key)                                                                           // want long-lived-token -- token/old-api
	_, _ = jwt4.NewWithClaims(jwt4.SigningMethodHS256, jwt4.StandardClaims{Subject: user}).SignedString(key)                                                // want long-lived-token -- token/old-api
	_, _ = jwt4.NewWithClaims(jwt4.SigningMethodHS256, jwt4.RegisteredClaims{ExpiresAt: jwt4.NewNumericDate(time.Now().Add(time.Hour))}).SignedString(key)  // ok -- token/old-api
}

func oldCheck(text string, key []byte) error {
	keys := func(*oldjwt.Token) (interface{}, error) { return key, nil }
	p := &oldjwt.Parser{SkipClaimsValidation: true} // want jwt-unverified -- token/claims-unchecked
	_, err := p.Parse(text, keys)
	return err
}

func builders(user string, key []byte) {
	now := time.Now()
	endless, _ := jwxjwt.NewBuilder().Subject(user).Issuer("reports").Build()
	_, _ = jwxjwt.Sign(endless, jwxjwt.WithKey(jwa.HS256, key))                           // want long-lived-token -- token/builder
	long, _ := jwxjwt.NewBuilder().Subject(user).Expiration(now.AddDate(1, 0, 0)).Build() // want long-lived-token -- token/builder
	_, _ = jwxjwt.Sign(long, jwxjwt.WithKey(jwa.HS256, key))
	short, _ := jwxjwt.NewBuilder().Subject(user).Expiration(now.Add(time.Hour)).Build() // ok -- token/builder
	_, _ = jwxjwt.Sign(short, jwxjwt.WithKey(jwa.HS256, key))
	set := jwxjwt.New()
	_ = set.Set("exp", now.Add(9999*time.Hour)) // want long-lived-token -- token/builder
	_, _ = jwxjwt.Sign(set, jwxjwt.WithKey(jwa.HS256, key))
	end := jwxjwt.New()
	_ = end.Set("exp", now.Add(2*time.Hour)) // ok -- token/builder
	_, _ = jwxjwt.Sign(end, jwxjwt.WithKey(jwa.HS256, key))
}

func builderCheck(r *http.Request, text []byte, key []byte) error {
	token, err := jwxjwt.ParseInsecure(text) // want jwt-unverified -- token/unverified-other-library
	if err != nil || token.Subject() == "root" {
		return errToken
	}
	return nil
}

func builderSwitch(text []byte) error {
	token, err := jwxjwt.Parse(text, jwxjwt.WithVerify(false)) // want jwt-unverified -- token/unverified-other-library
	if err != nil || token.Subject() == "root" {
		return errToken
	}
	return nil
}

func builderVerified(r *http.Request, text []byte, key []byte) error {
	token, err := jwxjwt.ParseRequest(r, jwxjwt.WithKey(jwa.HS256, key)) // ok -- token/unverified-other-library
	if err != nil || token.Subject() == "root" {
		return errToken
	}
	token, err = jwxjwt.ParseInsecure(text) // ok -- token/unverified-peek
	if err != nil || token.Issuer() == "other" {
		return errToken
	}
	return nil
}

func joseTokens(user string, key []byte) error {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: key}, nil)
	if err != nil {
		return err
	}
	now := time.Now()
	_, _ = josejwt.Signed(signer).Claims(josejwt.Claims{Subject: user}).Serialize()                                                                             // want long-lived-token -- token/jose
	_, _ = josejwt.Signed(signer).Claims(josejwt.Claims{Expiry: josejwt.NewNumericDate(now.AddDate(0, 3, 0))}).Serialize()                                      // want long-lived-token -- token/jose
	_, _ = josejwt.Signed(signer).Claims(josejwt.Claims{Expiry: josejwt.NewNumericDate(now.Add(time.Minute))}).Claims(map[string]any{"role": user}).Serialize() // ok -- token/jose
	_, _ = josejwt.Signed(signer).Claims(map[string]any{"sub": user}).Serialize()                                                                               // want long-lived-token -- token/jose
	_, _ = josejwt.Signed(signer).Claims(struct{ Role string }{user}).Claims(map[string]any{"exp": now.Add(time.Hour).Unix()}).Serialize()                      // ok -- token/jose
	return nil
}

func joseCheck(text string) (string, error) {
	token, err := josejwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.HS256})
	if err != nil {
		return "", err
	}
	var claims josejwt.Claims
	if err := token.UnsafeClaimsWithoutVerification(&claims); err != nil { // want jwt-unverified -- token/unverified-other-library
		return "", err
	}
	return claims.Subject, nil
}

func joseVerified(text string, key []byte) (string, error) {
	token, err := josejwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.HS256})
	if err != nil {
		return "", err
	}
	var claims josejwt.Claims
	if err := token.UnsafeClaimsWithoutVerification(&claims); err != nil { // ok -- token/unverified-then-verified
		return "", err
	}
	err = token.Claims(key, &claims)
	return claims.Subject, err
}

func libraries(user string, key []byte) {
	_ = &ginjwt.GinJWTMiddleware{Key: key, Timeout: 24 * 60 * time.Hour} // want long-lived-token -- token/library-lifetime
	_ = &ginjwt.GinJWTMiddleware{Key: key, Timeout: time.Hour}           // ok -- token/library-lifetime
	auth := jwtauth.New("HS256", key, nil)
	_, _, _ = auth.Encode(map[string]interface{}{"user": user})                                     // want long-lived-token -- token/library-lifetime
	_, _, _ = auth.Encode(map[string]interface{}{"user": user, "exp": jwtauth.ExpireIn(time.Hour)}) // ok -- token/library-lifetime
	claims := map[string]interface{}{"user": user}
	jwtauth.SetExpiryIn(claims, time.Hour)
	_, _, _ = auth.Encode(claims) // ok -- token/library-lifetime
	long := map[string]interface{}{"user": user}
	jwtauth.SetExpiry(long, time.Now().AddDate(1, 0, 0)) // want long-lived-token -- token/library-lifetime
	_, _, _ = auth.Encode(long)
	signer, err := cristal.NewSignerHS(cristal.HS256, key)
	if err != nil {
		return
	}
	_, _ = cristal.NewBuilder(signer).Build(cristal.RegisteredClaims{Subject: user})                                                 // want long-lived-token -- token/library-lifetime
	_, _ = cristal.NewBuilder(signer).Build(&cristal.RegisteredClaims{ExpiresAt: cristal.NewNumericDate(time.Now().Add(time.Hour))}) // ok -- token/library-lifetime
	_, _ = kataras.Sign(kataras.HS256, key, kataras.Map{"user": user})                                                               // want long-lived-token -- token/library-lifetime
	_, _ = kataras.Sign(kataras.HS256, key, kataras.Map{"user": user}, kataras.MaxAge(15*time.Minute))                               // ok -- token/library-lifetime
	_ = &oidc.Config{InsecureSkipSignatureCheck: true}                                                                               // want jwt-unverified -- token/unverified-other-library
	_ = &oidc.Config{}                                                                                                               // ok -- token/unverified-other-library
}
