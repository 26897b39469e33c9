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
	fail := a.build()
	a.connect(fail)
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

// build makes the trie of the words. Missing edges are 0, the root; the result
// has room for the failure of every state.
func (a *automaton) build() (fail []int32) {
	room := 1
	for _, word := range a.words {
		room += len(word)
	}
	states := int32(1)
	a.next = make([]int32, a.classes, room*a.classes)
	a.word = make([]int32, 1, room)
	for id, word := range a.words {
		state := int32(0)
		for i := range len(word) {
			edge := int(state)*a.classes + int(a.class[word[i]])
			if a.next[edge] == 0 {
				a.next[edge] = states
				a.next = a.next[:len(a.next)+a.classes]
				a.word = append(a.word, 0)
				states++
			}
			state = a.next[edge]
		}
		a.word[state] = int32(id) + 1
	}
	a.shorter = make([]int32, states)
	return make([]int32, states)
}

// connect fills the missing edges breadth first, so that the search never goes back.
func (a *automaton) connect(fail []int32) {
	var queue []int32
	for c := range a.classes {
		if child := a.next[c]; child != 0 {
			queue = append(queue, child)
		}
	}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		behind := fail[state]
		a.shorter[state] = behind
		if a.word[behind] == 0 {
			a.shorter[state] = a.shorter[behind]
		}
		for c := range a.classes {
			edge, other := int(state)*a.classes+c, a.next[int(behind)*a.classes+c]
			if child := a.next[edge]; child != 0 {
				fail[child] = other
				queue = append(queue, child)
			} else {
				a.next[edge] = other
			}
		}
	}
	for edge, state := range a.next {
		a.next[edge] = 2 * state * int32(a.classes)
		if a.word[state] != 0 || a.shorter[state] != 0 {
			a.next[edge]++
		}
	}
}

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
