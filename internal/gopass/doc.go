// Package gopass is what every Go pass shares: it judges what a pass observed,
// applies ignore comments, reports, and keeps a fault of ours from breaking the
// run of a driver.
package gopass
