// Package courier brings notices to their readers.
package courier

import (
	"steps.test/lib/transport"
)

// Courier knows where notices go.
type Courier struct {
	address string
	account transport.Account
}

// New returns a courier for an address.
func New(address, user, phrase string) *Courier {
	return &Courier{
		address: address,
		account: transport.Account{User: user, Phrase: phrase},
	}
}

// Bring sends a notice.
func (c *Courier) Bring(notice string) error {
	answer, err := transport.Post(c.address+"/notices", c.account, notice) // c3 pass: passed to Post; d3 pass: passed to Post
	if err != nil {
		return err
	}
	return transport.Drain(answer)
}

// Once sends a notice without a courier.
func Once(address, user, phrase, notice string) error {
	answer, err := transport.Post(address, transport.Account{User: user, Phrase: phrase}, notice) // a4 pass: passed to Post; b3 pass: passed to Post
	if err != nil {
		return err
	}
	return transport.Drain(answer)
}
