package policy

import "time"

// portal is what a portal asks of its users.
type portal struct {
	Name          string
	MinLength     int
	RequireUpper  bool
	RequireDigit  bool
	MaxAge        time.Duration
	MaxAttempts   int
	MFA           bool
	CacheLifetime time.Duration
}

// Beside a provider its thresholds hold for everyone.
var infobipPortals = []portal{
	{
		Name:        "customers",
		MinLength:   6,                    // want weak-password-policy -- policy/policy-struct
		MaxAge:      730 * 24 * time.Hour, // want slow-rotation -- policy/policy-struct
		MaxAttempts: 300,                  // want excessive-login-attempts -- policy/policy-struct
		MFA:         false,                // want mfa-disabled -- policy/policy-struct
	},
	{
		Name:          "employees",
		MinLength:     14,                    // ok -- policy/policy-struct
		MaxAge:        90 * 24 * time.Hour,   // ok -- policy/policy-struct
		MaxAttempts:   5,                     // ok -- policy/policy-struct
		MFA:           true,                  // ok -- policy/policy-struct
		CacheLifetime: 1000 * 24 * time.Hour, // ok -- policy/policy-struct
	},
}

var portals = []portal{{
	MaxAge:      730 * 24 * time.Hour, // want slow-rotation -- policy/policy-struct
	MaxAttempts: 300,                  // want excessive-login-attempts -- policy/policy-struct
	MFA:         false,                // ok -- policy/policy-struct
}}

// delivery is how messages are sent again.
type delivery struct {
	MinLength   int
	MaxAge      time.Duration
	MaxAttempts int
}

var deliveries = delivery{
	MinLength:   1,
	MaxAge:      730 * 24 * time.Hour, // ok -- policy/policy-struct
	MaxAttempts: 300,                  // ok -- policy/policy-struct
}

// infobipLogins is filled from the environment.
type infobipLogins struct {
	MaxAttempts int  `env:"MAX_LOGIN_ATTEMPTS" default:"500"` // want excessive-login-attempts -- policy/policy-tag
	RequireMFA  bool `env:"REQUIRE_MFA" default:"false"`      // want mfa-disabled -- policy/policy-tag
	MinLength   int  `env:"PASSWORD_MIN_LENGTH" default:"14"` // ok -- policy/policy-tag
	MaxRetries  int  `env:"MAX_RETRIES" default:"500"`        // ok -- policy/policy-tag
}
