package flow

import (
	"golang.org/x/tools/go/ssa"

	"github.com/authlint/authlint/internal/shape"
)

// revealSettings looks at all settings of the program together: they give away a
// credential for certain if the package says that there is one among them.
func (e *engine) revealSettings(s *site) revealed {
	return revealed{secrets: []Secret{{
		Kind: shape.Secret, Name: "settings", Settings: true, What: "the whole of the settings", Certain: e.setsCredentials(), At: e.siteLocation(s),
	}}}
}

// setsCredentials reports whether the package reads or declares a setting that is
// a credential by its name.
func (e *engine) setsCredentials() bool {
	if e.told.settings == 0 {
		e.told.settings = 1
		for _, fn := range e.roots {
			if e.setsCredentialsIn(fn) {
				e.told.settings = 2
				break
			}
		}
	}
	return e.told.settings == 2
}

func (e *engine) setsCredentialsIn(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok && e.isCredentialSetting(e.siteOf(call)) {
				return true
			}
		}
	}
	for _, anon := range fn.AnonFuncs {
		if e.setsCredentialsIn(anon) {
			return true
		}
	}
	return false
}

// isCredentialSetting reports whether a call reads or declares a setting with
// the name of a credential.
func (e *engine) isCredentialSetting(s site) bool {
	for _, d := range e.funcDirectives(s.callee) {
		arg := ""
		switch {
		case d.Verb == "value" && d.Words[0] == "setting", d.Verb == "on" && len(d.Words) > 1 && (d.Words[1] == "setting" || d.Words[1] == "variable"):
			arg = "name"
		case d.Verb == "fallback":
			arg = "key"
		default:
			continue
		}
		if a, ok := d.Arg(arg); ok && isSecretSetting(e.keyText(s, a)) {
			return true
		}
	}
	return false
}

// isSecretSetting reports whether the name of a setting is one of a credential
// and not of where that is kept.
func isSecretSetting(name string) bool { return shape.Certain(name) && !isOtherName(name) }
