package secrets

import "sync/atomic"

// lazy is a value that is made when it is first asked for, by the first who does
// if several ask at once.
type lazy[T any] struct{ value atomic.Pointer[T] }

// get returns the value that make makes.
func (l *lazy[T]) get(make func() *T) *T {
	if value := l.value.Load(); value != nil {
		return value
	}
	if value := make(); l.value.CompareAndSwap(nil, value) {
		return value
	}
	return l.value.Load()
}
