package flow

import (
	"slices"

	"github.com/authlint/authlint/internal/finding"
)

// isTold reports whether one of the summaries already tells callers all that
// another does: that of an object which this function reaches on two ways. It
// leaves out objects that callers have. Without it the summaries grow with the
// ways through a program, of which there are many more than functions.
func isTold(list []ObjectSummary, os *ObjectSummary) bool {
	if os.Param >= 0 || os.Result >= 0 || os.Into >= 0 {
		return false
	}
	return slices.ContainsFunc(list, func(other ObjectSummary) bool { return sameSummary(&other, os) })
}

// sameSummary reports whether callers can fill two objects with the same things
// only, for the same use. The ways there may differ, and so may texts that are
// withheld from callers anyway.
func sameSummary(a, b *ObjectSummary) bool {
	return a.Kind == b.Kind && a.Callee == b.Callee && a.Provider == b.Provider &&
		a.Param == b.Param && a.Result == b.Result && a.Into == b.Into &&
		a.Exposed == b.Exposed && a.OpenOptions == b.OpenOptions &&
		slices.Equal(a.Parents, b.Parents) && slices.EqualFunc(a.Events, b.Events, sameEvent)
}

// isNamed reports whether one of the named places is the same as another that
// is reached on another way.
func isNamed(list []NamedSummary, n *NamedSummary) bool {
	return slices.ContainsFunc(list, func(other NamedSummary) bool {
		return sameEnd(other.Steps, n.Steps) && other.Name == n.Name && other.Use == n.Use && other.Type == n.Type &&
			other.Conditional == n.Conditional && slices.EqualFunc(other.When, n.When, Guard.same) && sameReadings(other.Value, n.Value)
	})
}

// sameEnd reports whether two ways lead to the same place of a callee.
func sameEnd(a, b []finding.Step) bool {
	return len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1]
}

// sameEvent reports whether two inherited events happen at the same place of
// the same callee, with the same arguments.
func sameEvent(a, b EventSummary) bool {
	return sameEnd(a.Steps, b.Steps) && a.Role == b.Role && a.Text == b.Text && a.Conditional == b.Conditional && slices.EqualFunc(a.When, b.When, Guard.same) &&
		slices.EqualFunc(a.Args, b.Args, func(x, y ArgSummary) bool { return x.Name == y.Name && sameReadings(x.Value, y.Value) })
}

// sameReadings reports whether two values have the same readings, as callers see them.
func sameReadings(a, b Value) bool {
	return a.Truncated == b.Truncated && slices.EqualFunc(a.Alts, b.Alts, func(x, y Alt) bool {
		return x.Row == y.Row && slices.EqualFunc(x.Parts, y.Parts, samePart)
	})
}

// samePart reports whether callers see the same in two parts.
func samePart(a, b Part) bool {
	a.At, b.At = finding.Location{}, finding.Location{}
	if a.Kind == Text && b.Kind == Text && !harmless(a.Text) && !harmless(b.Text) {
		a.Text, b.Text = "", ""
	}
	a.Shape, b.Shape = nil, nil
	return a == b
}
