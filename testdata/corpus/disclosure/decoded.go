package disclosure

import (
	"encoding/json"
	"fmt"
	"io"

	"corpus.test/audit/lib"
)

type signInReply struct {
	Status int    `json:"status"`
	Token  string `json:"token"`
}

func readReply(r io.Reader) error {
	var reply signInReply
	if err := json.NewDecoder(r).Decode(&reply); err != nil {
		return fmt.Errorf("reading %+v: %w", reply, err) // ok -- disclosure/decoded-text
	}
	if reply.Status != 1 {
		return fmt.Errorf("reply %+v", reply)
	}
	return nil
}

func showGenerated() error {
	_, bridgePassword, err := lib.GeneratePassword()
	if err != nil {
		return err
	}
	fmt.Println("Bridge password:", bridgePassword) // ok -- disclosure/generated-password
	return nil
}
