// Command app sends notices.
package main

import (
	"log"
	"os"

	"steps.test/app/internal/courier"
)

const phrase = "Harbor-Violet-19" // a1 origin: literal

func main() {
	if err := courier.Once("https://notices.example.com", "ops", phrase, "up"); err != nil { // a2 pass: constant phrase; a3 pass: passed to Once
		log.Fatal(err)
	}
	if err := courier.Once("http://notices.example.com", "ops", os.Getenv("PHRASE"), "up"); err != nil { // b1 origin: URL; b2 pass: passed to Once
		log.Fatal(err)
	}
	c := courier.New("http://desk.example.com", "desk", os.Getenv("DESK_PHRASE")) // c1 origin: URL
	if err := c.Bring("down"); err != nil {                                       // c2 pass: passed to Bring
		log.Fatal(err)
	}
	d := courier.New("https://desk.example.com", "desk", "Lantern-Copper-73") // d1 origin: literal
	if err := d.Bring("down"); err != nil {                                   // d2 pass: passed to Bring
		log.Fatal(err)
	}
}
