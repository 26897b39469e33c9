package disclosure

import (
	"log"
	"os"
	"strings"
)

// setting looks one variable up.
func setting(name string) string {
	for _, v := range os.Environ() {
		if key, value, _ := strings.Cut(v, "="); strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}

func everything() string { return strings.Join(os.Environ(), "\n") }

func surroundings() {
	log.Println(setting("EDITOR")) // ok -- disclosure/environment
	log.Println(everything())      // want credential-in-log -- disclosure/environment
}
