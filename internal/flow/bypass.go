package flow

import "golang.org/x/tools/go/ssa"

// exits is the post-dominator tree of a function: which blocks every way from
// a block to a return goes through. Ways that end in a panic count for nothing.
type exits struct {
	// enter and leave number the blocks of the tree on the way down and up: a
	// block lies on every way of those whose numbers are between its own. Both
	// are 0 for a block that no way leads from to a return.
	enter, leave []int
}

// returns reports whether some way leads from a block to a return.
func (x *exits) returns(b *ssa.BasicBlock) bool { return x.enter[b.Index] > 0 }

// passes reports whether every way from one block to a return goes through another.
func (x *exits) passes(from, through *ssa.BasicBlock) bool {
	i, j := from.Index, through.Index
	return x.enter[j] <= x.enter[i] && x.leave[i] <= x.leave[j]
}

// bypasses reports whether a function can return from block d without having
// gone through block b.
func (x *exits) bypasses(d, b *ssa.BasicBlock) bool {
	return x.returns(d) && (!x.returns(b) || !x.passes(d, b))
}

// newExits computes the tree by the iteration of Cooper, Harvey and Kennedy on
// the reversed graph, whose root is one exit behind all returns.
func newExits(fn *ssa.Function) *exits {
	root := len(fn.Blocks)
	order := fromExit(fn)
	rank := make([]int, root+1) // in the order that blocks are reached from the exit
	for i, b := range order {
		rank[b] = len(order) - i
	}
	parent := make([]int, root+1)
	for i := range parent {
		parent[i] = -1
	}
	parent[root] = root
	for changed := true; changed; {
		changed = false
		for _, b := range order[1:] {
			next := -1
			for _, s := range following(fn, b) {
				switch {
				case parent[s] < 0:
				case next < 0:
					next = s
				default:
					next = meet(parent, rank, s, next)
				}
			}
			if next != parent[b] {
				parent[b], changed = next, true
			}
		}
	}
	return numbered(parent, order)
}

// meet returns the first block that the ways from a and b have in common.
func meet(parent, rank []int, a, b int) int {
	for a != b {
		for rank[a] < rank[b] {
			a = parent[a]
		}
		for rank[b] < rank[a] {
			b = parent[b]
		}
	}
	return a
}

// following returns the blocks after a block, the exit after a return.
func following(fn *ssa.Function, b int) []int {
	block := fn.Blocks[b]
	if isReturn(block) {
		return []int{len(fn.Blocks)}
	}
	list := make([]int, len(block.Succs))
	for i, s := range block.Succs {
		list[i] = s.Index
	}
	return list
}

func isReturn(b *ssa.BasicBlock) bool {
	_, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	return ok
}

// fromExit returns the exit and the blocks that lead to it, in reverse
// postorder of the reversed graph.
func fromExit(fn *ssa.Function) []int {
	root := len(fn.Blocks)
	preceding := func(b int) []*ssa.BasicBlock {
		if b < root {
			return fn.Blocks[b].Preds
		}
		var list []*ssa.BasicBlock
		for _, block := range fn.Blocks {
			if isReturn(block) {
				list = append(list, block)
			}
		}
		return list
	}
	type visit struct {
		block int
		rest  []*ssa.BasicBlock
	}
	seen := make([]bool, root+1)
	seen[root] = true
	stack := []visit{{root, preceding(root)}}
	var order []int
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.rest) == 0 {
			order = append(order, top.block)
			stack = stack[:len(stack)-1]
			continue
		}
		next := top.rest[0].Index
		top.rest = top.rest[1:]
		if !seen[next] {
			seen[next] = true
			stack = append(stack, visit{next, preceding(next)})
		}
	}
	for i, j := 0, len(order)-1; i < j; i, j = i+1, j-1 {
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// numbered walks the tree once and numbers its blocks.
func numbered(parent, order []int) *exits {
	root := order[0]
	x := &exits{enter: make([]int, root+1), leave: make([]int, root+1)}
	children := make([][]int, root+1)
	for _, b := range order[1:] {
		children[parent[b]] = append(children[parent[b]], b)
	}
	n := 1
	x.enter[root] = n
	stack := []int{root}
	for len(stack) > 0 {
		b := stack[len(stack)-1]
		n++
		if len(children[b]) == 0 {
			x.leave[b] = n
			stack = stack[:len(stack)-1]
			continue
		}
		c := children[b][0]
		children[b] = children[b][1:]
		x.enter[c] = n
		stack = append(stack, c)
	}
	return x
}
