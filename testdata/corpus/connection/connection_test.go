package connection

import (
	"testing"

	"github.com/fiorix/go-smpp/smpp"
)

func TestBind(t *testing.T) {
	_ = &smpp.Transmitter{Addr: "smsc.maplefreight.io:2775", User: "billing", Passwd: "secret"} // ok -- connection/test-file
}
