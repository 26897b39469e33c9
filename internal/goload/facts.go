package goload

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"
)

// factStore knows the facts of all finished packages. Objects are shared by
// all packages of a universe, so that a map does what other drivers need
// export data for.
type factStore struct{ owners sync.Map } // *types.Package -> *packageFacts

// packageFacts are the facts about one package and its objects. It is written
// by the analyzers of that package alone, and read by others only once they are done.
type packageFacts struct {
	pkg      *types.Package
	objects  map[objectFactKey]analysis.Fact
	packages map[reflect.Type]analysis.Fact
}

type objectFactKey struct {
	object types.Object
	kind   reflect.Type
}

func newFactStore() *factStore { return &factStore{} }

// open returns a place for the facts of a package.
func (s *factStore) open(pkg *types.Package) *packageFacts {
	own := &packageFacts{pkg: pkg, objects: map[objectFactKey]analysis.Fact{}, packages: map[reflect.Type]analysis.Fact{}}
	s.owners.Store(pkg, own)
	return own
}

// forget drops the facts of a package.
func (s *factStore) forget(pkg *types.Package) { s.owners.Delete(pkg) }

// of returns the facts of a package, nil if it has none.
func (s *factStore) of(pkg *types.Package) *packageFacts {
	if own, ok := s.owners.Load(pkg); ok {
		return own.(*packageFacts)
	}
	return nil
}

// seal drops the facts that no importing package can ask for, as other drivers
// do when they write facts to a file: a fact about an object that export data
// does not reach would hold in this driver alone. A package without facts is
// forgotten.
func (s *factStore) seal(own *packageFacts) {
	var paths objectpath.Encoder
	for key := range own.objects {
		if _, err := paths.For(key.object); err != nil {
			delete(own.objects, key)
		}
	}
	if own.empty() {
		s.forget(own.pkg)
	}
}

// empty reports whether nothing is known of the package.
func (p *packageFacts) empty() bool { return p == nil || len(p.objects)+len(p.packages) == 0 }

// importObject copies the fact about object of target's type to target and
// reports whether there is one.
func (s *factStore) importObject(object types.Object, target analysis.Fact) bool {
	if object == nil {
		panic("nil object")
	}
	own := s.of(object.Pkg())
	if own == nil {
		return false
	}
	return assign(target, own.objects[objectFactKey{object, reflect.TypeOf(target)}])
}

// importPackage copies the fact about pkg of target's type to target and
// reports whether there is one.
func (s *factStore) importPackage(pkg *types.Package, target analysis.Fact) bool {
	if pkg == nil {
		panic("nil package")
	}
	own := s.of(pkg)
	if own == nil {
		return false
	}
	return assign(target, own.packages[reflect.TypeOf(target)])
}

// assign copies what fact points to, if it is not nil.
func assign(target, fact analysis.Fact) bool {
	if fact == nil {
		return false
	}
	reflect.ValueOf(target).Elem().Set(reflect.ValueOf(fact).Elem())
	return true
}

// all calls yield for each fact about pkg and the packages that it imports,
// directly or not, and their objects.
func (s *factStore) all(pkg *types.Package, yield func(*packageFacts)) {
	seen := map[*types.Package]bool{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		if own := s.of(p); own != nil {
			yield(own)
		}
		for _, imported := range p.Imports() {
			visit(imported)
		}
	}
	visit(pkg)
}

// recode sends a fact through gob and back, so that a test sees what survives
// in drivers that keep facts in files.
func recode(fact analysis.Fact) (analysis.Fact, error) {
	var first, second bytes.Buffer
	if err := gob.NewEncoder(&first).Encode(fact); err != nil {
		return nil, fmt.Errorf("encoding a %T: %w", fact, err)
	}
	if err := gob.NewEncoder(&second).Encode(fact); err != nil {
		return nil, fmt.Errorf("encoding a %T: %w", fact, err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		return nil, fmt.Errorf("encoding a %T: not deterministic", fact)
	}
	decoded := reflect.New(reflect.TypeOf(fact).Elem()).Interface().(analysis.Fact)
	if err := gob.NewDecoder(&first).Decode(decoded); err != nil {
		return nil, fmt.Errorf("decoding a %T: %w", fact, err)
	}
	return decoded, nil
}
