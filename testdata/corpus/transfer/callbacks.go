package transfer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log"
	"net"
	"os"

	"corpus.test/audit/lib"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

func onlyLogged(verbose bool) []*ssh.ClientConfig {
	return []*ssh.ClientConfig{
		{HostKeyCallback: func(host string, _ net.Addr, key ssh.PublicKey) error { // want ssh-host-key-unchecked -- transfer/ssh-callback-logs
			log.Printf("%s has %s", host, ssh.FingerprintSHA256(key))
			return nil
		}},
		{HostKeyCallback: func(host string, _ net.Addr, key ssh.PublicKey) error { // want ssh-host-key-unchecked -- transfer/ssh-callback-logs
			sum := fmt.Sprintf("%x", sha256.Sum256(key.Marshal()))
			if verbose {
				fmt.Fprintln(os.Stderr, host, sum)
			}
			return nil
		}},
		{HostKeyCallback: lib.Noted("sftp")}, // want ssh-host-key-unchecked -- transfer/ssh-callback-logs
		{HostKeyCallback: func(_ string, _ net.Addr, key ssh.PublicKey) error { return announce(key) }}, // want ssh-host-key-unchecked -- transfer/ssh-callback-helper
		{HostKeyCallback: func(_ string, _ net.Addr, key ssh.PublicKey) error { // ok -- transfer/ssh-callback-logs
			log.Println(ssh.FingerprintSHA256(key))
			if ssh.FingerprintSHA256(key) != os.Getenv("HOST_FINGERPRINT") {
				return errors.New("host key differs")
			}
			return nil
		}},
		{HostKeyCallback: func(_ string, _ net.Addr, key ssh.PublicKey) error { return matches(key, "7f2a") }}, // ok -- transfer/ssh-callback-helper
	}
}

func announce(key ssh.PublicKey) error {
	log.Println("key of type", key.Type())
	return nil
}

func matches(key ssh.PublicKey, want string) error {
	sum := sha256.Sum256(key.Marshal())
	if hex.EncodeToString(sum[:]) == want {
		return nil
	}
	return errors.New("host key differs")
}

func wrappedCallbacks(pins *lib.Pins) []*ssh.ClientConfig {
	known, _ := knownhosts.New("known_hosts")
	byName := map[string]ssh.HostKeyCallback{"lax": lib.TrustAnyone}
	safeByName := map[string]ssh.HostKeyCallback{"strict": pins.Check}
	lax := keyring{check: lib.TrustAnyone}
	return []*ssh.ClientConfig{
		{HostKeyCallback: lib.Logged(lib.TrustAnyone)},                  // want ssh-host-key-unchecked -- transfer/ssh-callback-wrapper
		{HostKeyCallback: lib.Logged(ssh.InsecureIgnoreHostKey())},      // want ssh-host-key-unchecked -- transfer/ssh-callback-wrapper
		{HostKeyCallback: retold(retold(lib.Noted("again")))},           // want ssh-host-key-unchecked -- transfer/ssh-callback-wrapper
		{HostKeyCallback: lib.Logged(known)},                            // ok -- transfer/ssh-callback-wrapper
		{HostKeyCallback: retold(lib.Logged(pins.Check))},               // ok -- transfer/ssh-callback-wrapper
		{HostKeyCallback: lib.Logged(ssh.FixedHostKey(firstKey(pins)))}, // ok -- transfer/ssh-callback-wrapper
		{HostKeyCallback: pins.Nod},                                     // want ssh-host-key-unchecked -- transfer/ssh-method-value
		{HostKeyCallback: pins.Check},                                   // ok -- transfer/ssh-method-value
		{HostKeyCallback: byName["lax"]},                                // want ssh-host-key-unchecked -- transfer/ssh-callback-map
		{HostKeyCallback: safeByName["strict"]},                         // ok -- transfer/ssh-callback-map
		{HostKeyCallback: lax.check},                                    // want ssh-host-key-unchecked -- transfer/ssh-callback-field
		{HostKeyCallback: strictRing(pins).check},                       // ok -- transfer/ssh-callback-field
	}
}

type keyring struct{ check ssh.HostKeyCallback }

type ring struct{ check ssh.HostKeyCallback }

func strictRing(pins *lib.Pins) ring { return ring{check: pins.Check} }

func firstKey(pins *lib.Pins) ssh.PublicKey {
	for _, raw := range pins.Keys {
		key, _ := ssh.ParsePublicKey(raw)
		return key
	}
	return nil
}

func retold(next ssh.HostKeyCallback) ssh.HostKeyCallback {
	return func(host string, addr net.Addr, key ssh.PublicKey) error {
		if err := next(host, addr, key); err != nil {
			return fmt.Errorf("host %s: %w", host, err)
		}
		return nil
	}
}

type trustStore struct {
	lenient bool
	seen    map[string][]byte
	file    *os.File
}

func (s *trustStore) configs() []*ssh.ClientConfig {
	known, _ := knownhosts.New("known_hosts")
	return []*ssh.ClientConfig{
		{HostKeyCallback: func(host string, addr net.Addr, key ssh.PublicKey) error { // ok -- transfer/ssh-callback-conditional
			if s.lenient {
				return nil
			}
			return known(host, addr, key)
		}},
		{HostKeyCallback: func(host string, _ net.Addr, key ssh.PublicKey) error { // want ssh-host-key-unchecked -- transfer/ssh-callback-conditional
			if s.lenient {
				log.Println("lenient:", host)
			} else {
				log.Println(host)
			}
			return nil
		}},
		{HostKeyCallback: func(host string, addr net.Addr, key ssh.PublicKey) error { // ok -- transfer/ssh-callback-first-use
			err := known(host, addr, key)
			var unknown *knownhosts.KeyError
			if errors.As(err, &unknown) && len(unknown.Want) == 0 {
				fmt.Fprintln(s.file, knownhosts.Line([]string{host}, key))
				return nil
			}
			return err
		}},
		{HostKeyCallback: func(host string, _ net.Addr, key ssh.PublicKey) error { // ok -- transfer/ssh-callback-first-use
			before, ok := s.seen[host]
			if !ok {
				s.seen[host] = key.Marshal()
				return nil
			}
			if !bytes.Equal(before, key.Marshal()) {
				return errors.New("host key has changed")
			}
			return nil
		}},
		{HostKeyCallback: func(host string, addr net.Addr, key ssh.PublicKey) error { // want ssh-host-key-unchecked -- transfer/ssh-callback-first-use
			if err := known(host, addr, key); err != nil {
				log.Println("going on in spite of", err)
			}
			return nil
		}},
	}
}
