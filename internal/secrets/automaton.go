package secrets

// automaton finds all occurrences of many words in one pass over bytes
// (Aho-Corasick, as a full table over classes of bytes). ASCII letters match in
// either case; the words are in lower case.
type automaton struct {
	class   [256]uint8
	classes int
	// next leads from state*classes + class to twice a state times classes, plus 1
	// if a word ends there.
	next    []int32
	word    []int32  // state to the longest word that ends there, plus 1
	shorter []int32  // state to the longest other state on its failure path that ends a word
	words   []string // as given
}

// newAutomaton returns the automaton of the words, none of them empty.
func newAutomaton(words []string) *automaton {
	a := &automaton{words: words}
	a.classify()
	a.connect(a.build())
	return a
}

// classify gives every byte that occurs in a word a class of its own; class 0 is
// all others.
func (a *automaton) classify() {
	a.classes = 1
	for _, word := range a.words {
		for i := range len(word) {
			if c := word[i]; a.class[c] == 0 {
				a.class[c] = uint8(a.classes)
				a.classes++
			}
		}
	}
	for c := byte('A'); c <= 'Z'; c++ {
		a.class[c] = a.class[c|0x20]
	}
}

// node is a state in the trie of the words.
type node struct {
	child, sibling int32 // the first of those below it, and the next below its parent; 0 for none
	fail           int32
	word           int32 // that ends there, plus 1
	class          uint8 // of the byte that leads to it
}

// build makes the trie of the words.
func (a *automaton) build() []node {
	room := 1
	for _, word := range a.words {
		room += len(word)
	}
	nodes := make([]node, 1, room)
	for id, word := range a.words {
		state := int32(0)
		for i := range len(word) {
			class := a.class[word[i]]
			child := nodes[state].child
			for child != 0 && nodes[child].class != class {
				child = nodes[child].sibling
			}
			if child == 0 {
				child = int32(len(nodes))
				nodes = append(nodes, node{sibling: nodes[state].child, class: class})
				nodes[state].child = child
			}
			state = child
		}
		nodes[state].word = int32(id) + 1
	}
	return nodes
}

// connect makes the table, breadth first: a state has the edges of the one on its
// failure path, but for its own, so that the search never goes back.
func (a *automaton) connect(nodes []node) {
	a.next = make([]int32, len(nodes)*a.classes)
	a.word, a.shorter = make([]int32, len(nodes)), make([]int32, len(nodes))
	queue := make([]int32, 1, len(nodes))
	for len(queue) > 0 {
		state := int(queue[0])
		queue = queue[1:]
		a.word[state] = nodes[state].word
		row := a.row(state)
		if state > 0 {
			copy(row, a.row(int(nodes[state].fail)))
		}
		for child := nodes[state].child; child != 0; child = nodes[child].sibling {
			n := &nodes[child]
			if state > 0 {
				n.fail = row[n.class] >> 1 / int32(a.classes)
			}
			a.shorter[child] = n.fail
			if nodes[n.fail].word == 0 {
				a.shorter[child] = a.shorter[n.fail]
			}
			row[n.class] = 2 * child * int32(a.classes)
			if n.word != 0 || a.shorter[child] != 0 {
				row[n.class]++
			}
			queue = append(queue, child)
		}
	}
}

// row returns the edges of a state.
func (a *automaton) row(state int) []int32 { return a.next[state*a.classes : (state+1)*a.classes] }

// find calls found for every word and the index behind its end, in the order of
// ends, until found returns false.
func (a *automaton) find(text []byte, found func(word, end int) bool) {
	next, state := a.next, int32(0)
	for i, c := range text {
		state = next[state>>1+int32(a.class[c])]
		if state&1 == 0 {
			continue
		}
		at := state >> 1 / int32(a.classes)
		if a.word[at] == 0 {
			at = a.shorter[at]
		}
		for ; at != 0; at = a.shorter[at] {
			if !found(int(a.word[at])-1, i+1) {
				return
			}
		}
	}
}

// contains reports whether a word occurs in the text.
func (a *automaton) contains(text []byte) bool {
	hit := false
	a.find(text, func(int, int) bool {
		hit = true
		return false
	})
	return hit
}
