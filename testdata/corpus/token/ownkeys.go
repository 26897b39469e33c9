package token

import "time"

// GatewayAPIKey is what a team uses at a gateway of our own.
type GatewayAPIKey struct {
	Owner        string
	ValidFor     time.Duration
	ExpiresAt    time.Time
	ValidTo      string
	NeverExpires bool
}

// cachedAnswer is no key.
type cachedAnswer struct {
	ValidFor  time.Duration
	ExpiresAt time.Time
}

func ownKeys() []any {
	return []any{
		GatewayAPIKey{Owner: "reports", ExpiresAt: time.Date(2199, time.December, 31, 0, 0, 0, 0, time.UTC)}, // want api-key-without-expiry -- token/own-key
		GatewayAPIKey{Owner: "reports", ValidFor: 0},                                                         // want api-key-without-expiry -- token/own-key
		&GatewayAPIKey{Owner: "reports", ValidTo: "2099-12-31T00:00:00Z"},                                    // want api-key-without-expiry -- token/own-key
		GatewayAPIKey{Owner: "reports", NeverExpires: true},                                                  // want api-key-without-expiry -- token/own-key
		GatewayAPIKey{Owner: "reports", ValidFor: 90 * 24 * time.Hour},                                       // ok -- token/own-key
		GatewayAPIKey{Owner: "reports", ExpiresAt: time.Now().AddDate(0, 0, 14)},                             // ok -- token/own-key
		GatewayAPIKey{Owner: "reports"},                                                                      // ok -- token/own-key
		cachedAnswer{ValidFor: 0, ExpiresAt: time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC)},                    // ok -- token/own-key
	}
}
