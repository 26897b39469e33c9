package lib

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Depot is a client that keeps what it needs in its fields.
type Depot struct {
	base, user, password string
	client               *http.Client
}

// NewDepot makes a Depot.
func NewDepot(base, user, password string) *Depot {
	return &Depot{base: strings.TrimRight(base, "/"), user: user, password: password, client: &http.Client{}}
}

func (d *Depot) do(method, path string) (*http.Response, error) {
	req, err := http.NewRequest(method, d.base+path, nil)
	if err != nil {
		return nil, err
	}
	if d.user != "" {
		req.SetBasicAuth(d.user, d.password)
	}
	return d.client.Do(req)
}

// Orders asks for orders.
func (d *Depot) Orders() error {
	resp, err := d.do(http.MethodGet, "/orders")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Settings are what a Yard is made with.
type Settings struct {
	Endpoint string
	Username string
	Password string
}

// Yard keeps its settings.
type Yard struct{ settings Settings }

// NewYard makes a Yard.
func NewYard(s Settings) (*Yard, error) {
	if s.Endpoint == "" {
		return nil, fmt.Errorf("no endpoint")
	}
	return &Yard{settings: s}, nil
}

// Announce tells of an arrival.
func (y *Yard) Announce(ship string) error {
	req, err := http.NewRequest(http.MethodPost, y.settings.Endpoint+"/arrivals/"+ship, nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(y.settings.Username, y.settings.Password)
	_, err = http.DefaultClient.Do(req)
	return err
}

// Quay is made with options.
type Quay struct {
	base  *url.URL
	token string
	name  string
}

// QuayOption sets something on a Quay.
type QuayOption func(*Quay)

// AtURL says where the quay is.
func AtURL(where string) QuayOption { return func(q *Quay) { q.base, _ = url.Parse(where) } }

// WithToken gives the quay a token.
func WithToken(token string) QuayOption { return func(q *Quay) { q.token = token } }

// WithName gives the quay a name.
func WithName(name string) QuayOption { return func(q *Quay) { q.name = name } }

// NewQuay makes a Quay.
func NewQuay(options ...QuayOption) *Quay {
	q := &Quay{name: "quay"}
	for _, option := range options {
		option(q)
	}
	return q
}

// Ships asks for ships.
func (q *Quay) Ships() error {
	req, err := http.NewRequest(http.MethodGet, q.base.JoinPath("ships", q.name).String(), nil)
	if err != nil {
		return err
	}
	if q.token != "" {
		req.Header.Set("Authorization", "Bearer "+q.token)
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

// Port has services that share what it knows.
type Port struct {
	base, key string
	Cranes    *CraneService
}

// CraneService is one of them.
type CraneService struct{ port *Port }

// NewPort makes a Port.
func NewPort(base, key string) *Port {
	p := &Port{base: base, key: key}
	p.Cranes = &CraneService{port: p}
	return p
}

func (p *Port) request(path string) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/v1/%s", p.base, path), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-Api-Key", p.key)
	return req, nil
}

// List asks for cranes.
func (s *CraneService) List() error {
	req, err := s.port.request("cranes")
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}
