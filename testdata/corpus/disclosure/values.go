package disclosure

import "log"

// worker logs by what it is given.
type worker struct {
	log   func(string, ...any)
	debug func(format string, args ...any)
	send  func(string, ...any)
}

// newWorker makes a worker that any program can use.
func newWorker(line func(string, ...any)) *worker { return &worker{log: line, debug: line} }

// Run works.
func (w *worker) Run(user, password string, logf func(format string, args ...any)) {
	w.log("login of %s with %s", user, password) // want credential-in-log -- disclosure/function-field
	w.log("login of %s", user)                   // ok -- disclosure/function-field
	w.debug("password %q", password)             // want credential-in-log -- disclosure/function-field
	w.debug("password of type %T", password)     // ok -- disclosure/function-field
	w.send("password %s", password)              // ok -- disclosure/function-field
	logf("password %s", password)                // want credential-in-log -- disclosure/function-parameter
	logf("password of %s", user)                 // ok -- disclosure/function-parameter
}

// issued is what makes keys answers.
type issued struct {
	ID    string `json:"id"`
	Key   string `json:"apiKey"`
	Value string `json:"value"`
}

func keyMade(k *issued) {
	log.Println("made", k.Key)   // want credential-in-log -- disclosure/encoded-name
	log.Println("made", k.ID)    // ok -- disclosure/encoded-name
	log.Println("made", k.Value) // ok -- disclosure/encoded-name
}
