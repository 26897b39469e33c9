package disclosure

import (
	"encoding/json"
	"log"
	"net/http"
)

// machine is a row of a table; what it is logged in to with only a request or the
// program puts there.
type machine struct {
	User     string `db:"name" json:"name"`
	Password string `db:"-" json:"password"`
	Login    access `db:"-" json:"login"`
}

type access struct {
	User     string `json:"user"`
	Password string `json:"password"`
}

// tenant is a row as well, with all that is in it.
type tenant struct {
	User     string `db:"name" json:"name"`
	Password string `db:"password" json:"password"`
}

type book struct {
	Owner tenant `db:"-" json:"owner"`
}

type rows interface {
	Machines() []machine
	Machine(id int) *machine
	Tenant(id int) *tenant
	Book() *book
}

func loaded(w http.ResponseWriter, db rows) {
	json.NewEncoder(w).Encode(db.Machines()) // ok -- disclosure/store-tag
	json.NewEncoder(w).Encode(db.Machine(1)) // ok -- disclosure/store-tag
	json.NewEncoder(w).Encode(db.Tenant(1))  // want credential-in-response -- disclosure/store-tag
	json.NewEncoder(w).Encode(db.Book())     // want credential-in-response -- disclosure/store-tag
}

func opened(w http.ResponseWriter, password string) {
	m := machine{User: "ops", Password: password}
	json.NewEncoder(w).Encode(m) // want credential-in-response -- disclosure/store-tag
	log.Printf("%+v", m)         // want credential-in-log -- disclosure/store-tag
}

// screen holds what it shows behind pointers, of which most are nil.
type screen struct {
	Prompt *prompt `json:"prompt,omitempty"`
}

type prompt struct {
	By *badge `json:"by,omitempty"`
}

type badge struct {
	Owner *tenant `json:"owner,omitempty"`
}

func shown(s *screen, b *badge) {
	text, _ := json.Marshal(s)
	log.Println(string(text)) // ok -- disclosure/json
	text, _ = json.Marshal(b)
	log.Println(string(text)) // want credential-in-log -- disclosure/json
}
