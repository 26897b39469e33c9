package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// SpeaksVet reports whether the program was called by go vet: with -flags, with
// -V=full, or with flags and the vet.cfg of a package. It looks into the file,
// because a file of this name may as well be one to scan.
func SpeaksVet(args []string) bool {
	if len(args) > 0 && args[0] == unitCommand {
		args = args[1:] // called by Supervise
	}
	if len(args) == 1 && (args[0] == "-flags" || args[0] == "-V=full") {
		return true
	}
	if len(args) == 0 || filepath.Base(args[len(args)-1]) != "vet.cfg" {
		return false
	}
	for _, arg := range args[:len(args)-1] {
		if !strings.HasPrefix(arg, "-") {
			return false
		}
	}
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return false
	}
	var unit struct{ ImportPath, VetxOutput *string }
	return json.Unmarshal(data, &unit) == nil && unit.ImportPath != nil && unit.VetxOutput != nil
}
