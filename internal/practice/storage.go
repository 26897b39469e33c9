package practice

import (
	"fmt"
	"strings"
)

// The ids of the rules on the storage of passwords.
const (
	plaintextStorage = "plaintext-credential-storage"
	weakPasswordHash = "weak-password-hash"
	base64Encryption = "base64-as-encryption"
)

// StorageForm is the form in which a password is kept.
type StorageForm uint8

// The forms of stored passwords.
const (
	StoredClear   StorageForm = iota // as it was given
	StoredDigest                     // as a fast hash
	StoredEncoded                    // as Base64 that is taken for encryption
)

// StorageMedium is where a password is kept.
type StorageMedium uint8

// The media.
const (
	AnyMedium    StorageMedium = iota // not known, as far as a function's result
	InDatabase                        // of the users' passwords
	InFile                            // on the machine's disk
	InCookie                          // at the browser, with every request
	ToVerifyWith                      // what a given password is compared with
)

// Storage is a password, or another credential, on its way to where it is kept.
type Storage struct {
	Source
	Form   StorageForm
	Medium StorageMedium
	// Algorithm is the hash function of a digest: "MD5", "SHA-256" ...
	Algorithm string
	// Cost is what a slow hash is made to cost if that is too little, Least what it
	// should cost.
	Cost, Least int
	// Salted is set if more than the password goes into the digest.
	Salted bool
	// Own is set for a credential that the program itself logs in with, so that
	// it must be able to read it.
	Own bool
	// Likely is set if what stores the password is known by its name only.
	Likely bool
	// Name is what the program calls the value, Use where it goes, in words.
	Name, Use string
	Provider  string
}

// storage judges how a credential is kept.
func (c *court) storage(o *Storage) {
	v := verdict{src: &o.Source, grades: sourceGrades(&o.Source), evidence: map[string]string{}}
	put(v.evidence, "use", o.Use)
	put(v.evidence, "algorithm", o.Algorithm)
	put(v.evidence, "provider", o.Provider)
	switch o.Form {
	case StoredClear:
		c.storedClear(o, v)
	case StoredDigest:
		c.storedDigest(o, v)
	case StoredEncoded:
		if o.Name != "" {
			v.message = message(storedName(o.Name)+" is only encoded before "+place(o.Use, "a call")+" stores it, which anyone can undo: encrypt it",
				[]string{", or hash it if it is only checked"}, "")
			c.pass(base64Encryption, v)
			return
		}
		v.message = message("function "+place(o.Use, "here")+" hides a value by Base64, which anyone can undo: use real encryption", []string{" (AES-GCM with a key kept apart)"}, "")
		c.pass(base64Encryption, v)
	}
}

// storedClear judges a password that is kept as it was given.
func (c *court) storedClear(o *Storage, v verdict) {
	what := storedName(o.Name)
	if o.Likely {
		v.grades = withGrade(v.grades, WeakEvidence)
	}
	switch o.Medium {
	case InCookie:
		v.message = what + " goes into a cookie in clear, where scripts, logs and thieves find it: keep a random session id there instead"
	case InFile:
		if o.Own {
			v.grades = withGrade(v.grades, WeakEvidence)
		}
		v.message = message(what+" is written to a file in clear by "+place(o.Use, "a call")+": keep it in a secret store", []string{", or a hash of it if it is only checked"}, "")
	default:
		v.message = message(what+" is stored in clear by "+place(o.Use, "a call"), []string{", so a leaked database gives away every account"}, ": store an argon2 or bcrypt hash")
	}
	c.pass(plaintextStorage, v)
}

// storedDigest judges a password that is kept as a fast hash.
func (c *court) storedDigest(o *Storage, v verdict) {
	if o.Cost > 0 {
		v.grades = withGrade(v.grades, NearThreshold)
		v.message = fmt.Sprintf("%s is hashed by %s at a cost of %d, which is too fast to hold back a guesser: use at least %d", storedName(o.Name), place(o.Algorithm, "a slow hash"), o.Cost, o.Least)
		c.pass(weakPasswordHash, v)
		return
	}
	if o.Salted && !isBroken(o.Algorithm) {
		v.grades = withGrade(v.grades, NearThreshold)
	}
	verb := "is hashed with "
	if o.Medium == ToVerifyWith {
		verb = "is checked by its hash in "
	}
	salt := " without salt"
	if o.Salted {
		salt = ""
	}
	v.message = message(storedName(o.Name)+" "+verb+place(o.Algorithm, "a fast hash"), []string{salt},
		", which takes billions of guesses a second: use argon2id, scrypt or bcrypt")
	c.pass(weakPasswordHash, v)
}

// isBroken reports whether a hash function is broken for any use.
func isBroken(algorithm string) bool {
	switch strings.ToUpper(algorithm) {
	case "MD4", "MD5", "SHA-1", "CRC-32":
		return true
	}
	return false
}

// storedName returns the words for the value.
func storedName(name string) string {
	if name == "" {
		return "password"
	}
	return plain(name, maxShort)
}
