package flow

import "slices"

// base64Role is the role of an encoding of Base64; the part's text is the
// alphabet.
const base64Role = "base64-alphabet"

// unknownAlphabet stands for an encoding that is made at run time.
const unknownAlphabet = "unknown"

// encoded returns v as Base64. The parts stay as they are, since readers look
// at their text, their names and their origins; they tell the alphabet.
func (e *engine) encoded(v, encoding Value) Value {
	alphabet := unknownAlphabet
	if len(encoding.Alts) == 1 && len(encoding.Alts[0].Parts) == 1 {
		if p := encoding.Alts[0].Parts[0]; p.Kind == Role && p.Name == base64Role && p.Text != "" {
			alphabet = p.Text
		}
	}
	return v.mapParts(func(p Part) Value {
		p.Base64 = alphabet
		return single(p)
	})
}

// Base64 returns the alphabet of the first part of a reading that is written in
// Base64 (std, url, raw-std, raw-url, unknown), "" if none is.
func (a Alt) Base64() string {
	for _, p := range a.Parts {
		if p.Base64 != "" {
			return p.Base64
		}
	}
	return ""
}

// plain returns a reading that is not written in Base64.
func (a Alt) plain() Alt {
	parts := slices.Clone(a.Parts)
	for i := range parts {
		parts[i].Base64 = ""
	}
	return Alt{Parts: parts, Steps: a.Steps, Row: a.Row, When: a.When}
}
