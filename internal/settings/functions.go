package settings

import "strings"

// maxFolded is how deep functions of CloudFormation may stand in each other to be
// read as the text that they make.
const maxFolded = 6

// foldFunctions reads the functions of CloudFormation that make one text of
// several as that text, and says how deep they nest in s: Fn::Join, Fn::Sub with
// its list, Fn::Base64, also as tags. What a function refers to is a variable in
// it. Places stay those of the source.
func foldFunctions(s *Setting) int {
	depth := 0
	for _, item := range s.Items {
		depth = max(depth, foldFunctions(item))
	}
	name, value := functionOf(s)
	if value == nil || depth >= maxFolded {
		return depth
	}
	switch {
	case name == "Join" && value.Kind == List && len(value.Items) == 2 && value.Items[0].Kind == Scalar && value.Items[1].Kind == List:
		s.joined(value.Items[0], value.Items[1].Items)
	case name == "Sub" && value.Kind == List && len(value.Items) > 0 && value.Items[0].Kind == Scalar:
		s.become(value.Items[0])
	case (name == "Sub" || name == "Base64") && value != s && value.Kind == Scalar:
		s.become(value)
	default:
		return depth
	}
	return depth + 1
}

// functionOf returns the function that a setting calls and what it is given: by its
// tag, !Join [...], or by the only key of a mapping, Fn::Join: [...].
func functionOf(s *Setting) (name string, value *Setting) {
	if s.Parent == nil {
		return "", nil
	}
	if s.Kind == Mapping && len(s.Items) == 1 {
		inner := s.Items[0]
		if name, ok := strings.CutPrefix(inner.Name, "Fn::"); ok {
			return name, inner
		}
		if s.Tag == "!Base64" {
			return "", nil // what stands in it is no text
		}
	}
	if s.Kind == List && strings.HasPrefix(s.Tag, "!") {
		return s.Tag[1:], s
	}
	return "", nil
}

// become makes a setting the text that another one is.
func (s *Setting) become(other *Setting) {
	s.Kind, s.Items, s.Tag, s.Quoted = Scalar, nil, "", true
	s.Text, s.val, s.Verbatim = other.Text, other.val, other.Verbatim
}

// joined makes a setting the text that pieces are with a separator between them.
func (s *Setting) joined(separator *Setting, pieces []*Setting) {
	var text strings.Builder
	at := span{}
	for i, piece := range pieces {
		from, known := piece.val, piece.Text
		if name, ok := referenceOf(piece); ok {
			known = "${" + name + "}"
		} else if piece.Kind != Scalar {
			return
		}
		if i == 0 {
			at.start = from.start
		} else {
			at.runs = append(at.runs, run{text.Len(), len(separator.Text), from.start, 0})
			text.WriteString(separator.Text)
		}
		at.runs = append(at.runs, from.runsAt(text.Len(), len(known), known == piece.Text)...)
		at.end = max(at.end, from.end)
		text.WriteString(known)
	}
	if text.Len() > 0 {
		s.become(&Setting{Text: text.String(), val: at})
	}
}

// runsAt returns the runs of a span that is put at an offset of another text; exact
// is set if its bytes are those of the source.
func (p span) runsAt(offset, length int, exact bool) []run {
	switch {
	case length == 0:
		return nil
	case !exact || p.whole:
		return []run{{offset, length, p.start, p.end - p.start}}
	case len(p.runs) == 0:
		return []run{{offset, length, p.start, length}}
	}
	out := make([]run, len(p.runs))
	for i, r := range p.runs {
		out[i] = run{r.out + offset, r.outLen, r.in, r.inLen}
	}
	return out
}

// referenceOf returns the name of what a setting refers to: {Ref: X}, !Ref X,
// !GetAtt X.Y, or another function.
func referenceOf(s *Setting) (name string, ok bool) {
	value := s
	switch {
	case s.Kind == Mapping && len(s.Items) == 1 && (s.Items[0].Name == "Ref" || strings.HasPrefix(s.Items[0].Name, "Fn::")):
		value = s.Items[0]
	case !strings.HasPrefix(s.Tag, "!") || s.Tag == "!Sub" || s.Tag == "!Base64" || strings.HasPrefix(s.Tag, "!!"):
		return "", false
	}
	if value.Kind != Scalar || !isReferenceName(value.Text) {
		return "Value", true
	}
	return value.Text, true
}

// isReferenceName reports whether a text can stand in ${...} as a name.
func isReferenceName(text string) bool {
	return text != "" && len(text) <= maxName && strings.IndexFunc(text, func(c rune) bool {
		return c != '.' && c != '_' && (c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z')
	}) < 0
}
