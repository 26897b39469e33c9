package objects

import "net/http"

// keptSign signs its requests with a function that it keeps.
type keptSign struct {
	sign  func(*http.Request)
	check func(*http.Request)
}

func newKeptSign(user, password string) *keptSign {
	return &keptSign{
		sign:  func(r *http.Request) { r.SetBasicAuth(user, password) },
		check: func(r *http.Request) { _ = r.Method },
	}
}

func (k *keptSign) clear() error {
	r, err := http.NewRequest(http.MethodGet, "http://orders.example.com/v1", nil)
	if err != nil {
		return err
	}
	k.sign(r) // want basic-auth-over-http -- objects/applier-kept
	_, err = http.DefaultClient.Do(r)
	return err
}

func (k *keptSign) checked() error {
	r, err := http.NewRequest(http.MethodGet, "http://orders.example.com/v1", nil)
	if err != nil {
		return err
	}
	k.check(r) // ok -- objects/applier-kept
	_, err = http.DefaultClient.Do(r)
	return err
}

type keptAccount struct{ sign func(*http.Request) }

func newKeptAccount(account, token string) *keptAccount {
	return &keptAccount{sign: func(r *http.Request) { r.SetBasicAuth(account, token) }}
}

func newKeptKey(key, secret string) *keptKey {
	return &keptKey{sign: func(r *http.Request) { r.SetBasicAuth(key, secret) }}
}

type keptKey struct{ sign func(*http.Request) }

func (k *keptAccount) number() error {
	r, err := http.NewRequest(http.MethodGet, "https://lookups.twilio.com/v2/PhoneNumbers/1", nil)
	if err != nil {
		return err
	}
	k.sign(r) // want account-wide-credential -- objects/applier-kept
	_, err = http.DefaultClient.Do(r)
	return err
}

func (k *keptKey) number() error {
	r, err := http.NewRequest(http.MethodGet, "https://lookups.twilio.com/v2/PhoneNumbers/1", nil)
	if err != nil {
		return err
	}
	k.sign(r) // ok -- objects/applier-kept
	_, err = http.DefaultClient.Do(r)
	return err
}
