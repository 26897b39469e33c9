package settings

import "strings"

// readJasmin reads a script for the console of Jasmin: a line with an action
// begins a dialogue, whose lines are keys and values until "ok".
func readJasmin(src *source) ([]*Setting, *fault) {
	root := &Setting{Kind: Mapping, src: src}
	var at *Setting
	eachLine(src.data, func(start, end int) {
		words := lineWords(src.data, start, end)
		switch {
		case len(words) == 0:
		case len(words) > 1 && len(words[1].text) == 2 && words[1].text[0] == '-':
			at = root.add(&Setting{Name: words[0].text, Kind: Mapping, key: words[0].at, val: words[0].at})
		case at != nil && len(words) > 1:
			at.add(src.joined(words[0], words[1:]))
		case strings.EqualFold(words[0].text, "ok"):
			at = nil
		}
	})
	return []*Setting{root}, nil
}
