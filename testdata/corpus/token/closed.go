package token

import (
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// lane is all that a station's token says.
type lane struct {
	Station string `json:"station"`
	Lane    int    `json:"lane"`
}

// shift says until when it holds.
type shift struct {
	Station string `json:"station"`
	End     int64  `json:"exp"`
}

func laneToken(s jose.Signer, l lane) (string, error) {
	return jwt.Signed(s).Claims(jwt.Claims{Subject: l.Station}).Claims(l).Serialize() // want long-lived-token -- token/closed-struct
}

func shiftToken(k jose.Signer, s shift) (string, error) {
	return jwt.Signed(k).Claims(jwt.Claims{Subject: s.Station}).Claims(s).Serialize() // ok -- token/closed-struct
}

func sensorToken(s jose.Signer, id string, lasting bool) (string, error) {
	c := jwt.Claims{Subject: id}
	if lasting {
		c.Expiry = jwt.NewNumericDate(time.Now().Add(100 * 365 * 24 * time.Hour)) // want long-lived-token -- token/far-branch
	} else {
		c.Expiry = jwt.NewNumericDate(time.Now().Add(time.Minute)) // ok -- token/far-branch
	}
	return jwt.Signed(s).Claims(c).Serialize()
}
