package flow

import "slices"

// environment is the name of a secret that is all variables of the environment.
const environment = "environment"

// oneOfEnvironment returns what the result of a call gives away without the whole
// environment, if the call looks one variable of it up by its name.
func oneOfEnvironment(r revealed, s site, index int) revealed {
	if s.callee == nil {
		return r
	}
	sig := s.callee.Signature()
	if index >= sig.Results().Len() || !isPlainText(sig.Results().At(index).Type()) {
		return r
	}
	for p := range sig.Params().Variables() {
		if isPlainText(elemType(p.Type())) || isPlainText(p.Type()) {
			r.secrets = slices.DeleteFunc(slices.Clone(r.secrets), func(x Secret) bool { return x.Name == environment })
			return r
		}
	}
	return r
}
