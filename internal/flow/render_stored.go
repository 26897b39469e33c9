package flow

import (
	"go/types"
	"reflect"
	"strings"
)

// storeTags are the keys of struct tags by which libraries for databases are told
// what of a struct is stored.
var storeTags = [...]string{"db", "gorm", "bson", "sql", "pg", "bun", "xorm", "datastore", "firestore", "dynamodbav"}

// isUnstored reports whether a struct tag keeps its field out of the database:
// only a request or the program itself puts something there.
func isUnstored(tag string) bool {
	for _, key := range storeTags {
		if v, ok := reflect.StructTag(tag).Lookup(key); ok {
			return v == "-" || strings.HasPrefix(v, "-:")
		}
	}
	return false
}

// isRecord reports whether a struct has fields that are stored under names of
// their own.
func isRecord(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		for _, key := range storeTags {
			if v, ok := reflect.StructTag(st.Tag(i)).Lookup(key); ok && v != "-" {
				return true
			}
		}
	}
	return false
}
