package token

import (
	"time"

	"corpus.test/audit/token/devicetoken"
)

// issuance is how tokens are issued.
type issuance struct {
	TokenTTL        time.Duration
	RefreshTokenTTL time.Duration
	TokenCacheTTL   time.Duration
	JWTExpiryHours  int
}

func issuing() []issuance {
	strict := issuance{TokenTTL: 24 * time.Hour} // ok -- token/setting-field
	strict.JWTExpiryHours = 12                   // ok -- token/setting-field
	loose := issuance{
		TokenTTL:        10 * 365 * 24 * time.Hour, // want long-lived-token -- token/setting-field
		RefreshTokenTTL: 90 * 24 * time.Hour,       // ok -- token/setting-field
		TokenCacheTTL:   90 * 24 * time.Hour,       // ok -- token/setting-field
	}
	loose.JWTExpiryHours = 24 * 90 // want long-lived-token -- token/setting-field
	return []issuance{strict, loose}
}

func lasting() []devicetoken.Option {
	return []devicetoken.Option{
		devicetoken.WithTTL(15 * time.Minute),         // ok -- token/setting-option
		devicetoken.WithTTL(5 * 365 * 24 * time.Hour), // want long-lived-token -- token/setting-option
	}
}
