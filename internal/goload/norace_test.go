//go:build !race

package goload

// raced is set when the race detector slows the tests down.
const raced = false
