package flow

import "strings"

// collectCommandLogin records the login that a command is, if it has that name:
// its arguments are a password, or a user and a password.
func (e *engine) collectCommandLogin(o *Object, d directive, s site) {
	name, _ := d.Arg("name")
	command, _ := d.Arg("command")
	value, _ := d.Arg("value")
	if said, ok := e.operand(s, command).Known(); !ok || !strings.EqualFold(said, name.Text) || s.given != nil {
		return
	}
	ev := &Event{Role: "login", Text: s.name() + " " + name.Text, Pos: s.pos()}
	given := e.restList(s, value.Index)
	for i, v := range given {
		switch {
		case i == len(given)-1:
			ev.Args = append(ev.Args, Arg{Name: "password", Value: e.eval(v, s.pos())})
		case i == 0:
			ev.Args = append(ev.Args, Arg{Name: "user", Value: e.eval(v, s.pos())})
		}
	}
	if len(ev.Args) > 0 {
		e.record(o, ev, s.instr)
	}
}
