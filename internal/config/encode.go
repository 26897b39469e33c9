package config

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/authlint/authlint/internal/tomlfile"
)

// bundle is everything that analyzers are told: settings, and where they hold.
type bundle struct {
	Root     string `json:"root,omitempty"`
	Base     string `json:"base,omitempty"`
	Settings string `json:"settings"` // TOML
	Policy   string `json:"policy,omitempty"`
	Locked   bool   `json:"locked,omitempty"` // there is a policy, though it may say nothing
}

// Text returns the settings with all the files that they name, as text. Equal
// settings have equal texts. It is the text of a configuration file, or a JSON
// object of such texts where there is more to tell.
func (c *Config) Text() ([]byte, error) {
	own, err := c.whole()
	if err != nil || c.policy == nil && c.Base == "" {
		return own, err
	}
	b := bundle{Root: c.Root, Base: c.Base, Settings: string(own)}
	if c.policy != nil {
		policy, err := c.policy.whole()
		if err != nil {
			return nil, err
		}
		b.Policy, b.Locked = string(policy), true
	}
	data, err := json.Marshal(&b)
	if err != nil {
		return nil, fmt.Errorf("encoding configuration: %w", err)
	}
	return data, nil
}

// whole returns the text of a file that says all by itself.
func (c *Config) whole() ([]byte, error) {
	file := c.file
	file.Files = maps.Clone(file.Files)
	for _, name := range c.extensionNames() {
		data, err := c.extensionData(name)
		if err != nil {
			return nil, err
		}
		put(&file.Files, name, string(data))
	}
	return tomlfile.Encode(file)
}

// extensionNames returns the names of the files that the settings name.
func (c *Config) extensionNames() []string {
	e := &c.file.Extend
	return append(append(append([]string(nil), e.Providers...), e.Models...), e.Secrets...)
}

// Encode returns the settings as one word for an analyzer flag: Base64 of their
// text. Equal settings have equal words.
func (c *Config) Encode() (string, error) {
	data, err := c.Text()
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(data), nil
}

// Decode reads what Encode wrote, or the Base64 of any configuration file that
// names no other files.
func Decode(word string) (*Config, error) {
	data, err := base64.StdEncoding.DecodeString(word)
	if err != nil {
		return nil, fmt.Errorf("decoding configuration: %w", err)
	}
	return Read(FileName, data)
}

// Read reads what Text returned, or the text of a configuration file.
func Read(name string, data []byte) (*Config, error) {
	if len(data) == 0 || data[0] != '{' {
		return Parse(name, data)
	}
	var b bundle
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, fmt.Errorf("decoding configuration: %w", err)
	}
	c, err := Parse(name, []byte(b.Settings))
	if err != nil {
		return nil, err
	}
	c.Root, c.Base = b.Root, b.Base
	if !b.Locked {
		return c, nil
	}
	policy, err := Parse("policy", []byte(b.Policy))
	if err != nil {
		return nil, err
	}
	policy.Root, policy.Base = b.Root, b.Root
	return c.Under(policy)
}
