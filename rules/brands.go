package rules

import "github.com/authlint/authlint/internal/shape"

// brandLooks are the brands of all providers.
type brandLooks struct {
	*shape.Looks
	texts []string
	owner []int // the provider of each, in the list
}

// newBrandLooks collects the brands of providers.
func newBrandLooks(list []*Provider) *brandLooks {
	b := &brandLooks{}
	for i, p := range list {
		for _, brand := range p.Brands {
			b.texts, b.owner = append(b.texts, brand), append(b.owner, i)
		}
	}
	b.Looks = shape.NewLooks(b.texts...)
	return b
}

// Mentions returns how many times a text names each of the providers by a brand, in
// the order of Providers.
func (c *Catalogue) Mentions(text []byte) []int {
	set := must(c.providers())
	brands := set.brands()
	counts, free := make([]int, len(set.list)), make([]int, len(brands.texts))
	brands.Each(text, func(n, at int) bool {
		if at >= free[n] {
			counts[brands.owner[n]]++
			free[n] = at + len(brands.texts[n])
		}
		return true
	})
	return counts
}
