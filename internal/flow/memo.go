package flow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// memo is what the engine remembers of objects and where they lie.
type memo struct {
	fields     map[fieldKey][]*Object // stored in a field, whatever the struct
	paths      map[readKey][]*Object
	foundIn    map[*ssa.Function][]*Object // by function that has them by a parameter
	collecting map[*ssa.Function]bool
	pending    []func() // what waits for summaries
	dynamic    map[*ssa.CallCommon]*types.Func
	// optionSites are the calls by which function values may set something.
	optionSites map[*ssa.Function][]ssa.CallInstruction
	// constants are those of a type that the models speak of, by value.
	constants map[*types.Named]map[string][]directive
}

func newMemo() memo {
	return memo{
		fields:      map[fieldKey][]*Object{},
		paths:       map[readKey][]*Object{},
		foundIn:     map[*ssa.Function][]*Object{},
		collecting:  map[*ssa.Function]bool{},
		dynamic:     map[*ssa.CallCommon]*types.Func{},
		optionSites: map[*ssa.Function][]ssa.CallInstruction{},
		constants:   map[*types.Named]map[string][]directive{},
	}
}
