// Package exercise makes Go programs out of models and runs the passes over
// them: for each directive of each declaration a function that must be found
// on one line, and a twin that must stay silent. A row of rules/models that has
// no effect, or the wrong one, shows here.
//
// Nothing is written to disk and no module is fetched: stubs are type-checked
// from the models' own text, against the standard library of the toolchain.
package exercise
