package flow

import (
	"golang.org/x/tools/go/ssa"
)

// pointOf returns the instruction at which v is read, nil if v is no copy but
// the thing itself, which may change later.
func pointOf(v ssa.Value) ssa.Instruction {
	for x := same(v); x != nil; x = same(v) {
		v = x
	}
	switch v := v.(type) {
	case *ssa.FieldAddr, *ssa.IndexAddr:
		return v.(ssa.Instruction)
	case *ssa.UnOp, *ssa.Field, *ssa.Index, *ssa.Lookup, *ssa.Extract:
		if !isReference(v.Type()) {
			return v.(ssa.Instruction)
		}
	}
	return nil
}

// order tells in which order the instructions of a function run.
type order struct {
	index  map[ssa.Instruction]int // in its block
	cyclic []bool                  // by block: it may run again
}

func (e *engine) orderOf(fn *ssa.Function) *order {
	if o := e.orders[fn]; o != nil {
		return o
	}
	o := &order{index: map[ssa.Instruction]int{}, cyclic: cyclicBlocks(fn)}
	for _, b := range fn.Blocks {
		for i, instr := range b.Instrs {
			o.index[instr] = i
		}
	}
	e.orders[fn] = o
	return o
}

// follows reports whether an instruction runs only after another of the same
// function, if it runs at all.
func (o *order) follows(later, first ssa.Instruction) bool {
	a, b := first.Block(), later.Block()
	if a == b {
		return o.index[first] < o.index[later]
	}
	return a.Dominates(b)
}

// alive returns the writes whose values are there when a function comes to a
// point: not those that run after it only, nor those that another one to the
// same place always replaces in between.
func (e *engine) alive(list []write, point ssa.Instruction) []write {
	if point == nil || len(list) == 0 || point.Block() == nil {
		return list
	}
	fn := point.Parent()
	var o *order
	var out []write
	for i, w := range list {
		if w.instr.Parent() == fn {
			if o == nil {
				o = e.orderOf(fn)
			}
			if o.dead(w, list, point) {
				if out == nil {
					out = append(make([]write, 0, len(list)), list[:i]...)
				}
				continue
			}
		}
		if out != nil {
			out = append(out, w)
		}
	}
	if out != nil {
		return out
	}
	return list
}

// maxReplacing is how many writes are tried as one that replaces another.
const maxReplacing = 8

// dead reports whether what w stores is not there at a point.
func (o *order) dead(w write, list []write, point ssa.Instruction) bool {
	if !o.cyclic[point.Block().Index] && o.follows(w.instr, point) {
		return true
	}
	if o.cyclic[w.instr.Block().Index] {
		return false
	}
	for i, by := range list {
		if i == maxReplacing {
			break
		}
		if by.instr.Parent() == point.Parent() && by.instr != w.instr && !by.path.open() && by.key == w.key &&
			o.follows(by.instr, w.instr) && o.follows(point, by.instr) {
			return true
		}
	}
	return false
}

// before reports whether a call may have run when a function comes to a point.
func (e *engine) before(call, point ssa.Instruction) bool {
	if point == nil || point.Block() == nil || call.Parent() != point.Parent() {
		return true
	}
	o := e.orderOf(point.Parent())
	return o.cyclic[point.Block().Index] || !o.follows(call, point)
}

// cyclicBlocks tells which blocks lie on a cycle, by Tarjan's components.
func cyclicBlocks(fn *ssa.Function) []bool {
	n := len(fn.Blocks)
	cyclic := make([]bool, n)
	number, low := make([]int, n), make([]int, n) // numbers from 1 on
	on := make([]bool, n)
	next := make([]int, n)
	var stack, way []int
	count := 0
	for start := range n {
		if number[start] != 0 {
			continue
		}
		way = append(way, start)
		for len(way) > 0 {
			v := way[len(way)-1]
			if number[v] == 0 {
				count++
				number[v], low[v], on[v] = count, count, true
				stack = append(stack, v)
			}
			if next[v] < len(fn.Blocks[v].Succs) {
				w := fn.Blocks[v].Succs[next[v]].Index
				next[v]++
				switch {
				case w == v:
					cyclic[v] = true
				case number[w] == 0:
					way = append(way, w)
				case on[w]:
					low[v] = min(low[v], number[w])
				}
				continue
			}
			way = way[:len(way)-1]
			if len(way) > 0 {
				up := way[len(way)-1]
				low[up] = min(low[up], low[v])
			}
			if low[v] == number[v] {
				stack = popComponent(stack, v, on, cyclic)
			}
		}
	}
	return cyclic
}

// popComponent takes the component of v from the stack; more than one block is
// a cycle.
func popComponent(stack []int, v int, on, cyclic []bool) []int {
	several := stack[len(stack)-1] != v
	for {
		w := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		on[w] = false
		cyclic[w] = cyclic[w] || several
		if w == v {
			return stack
		}
	}
}
