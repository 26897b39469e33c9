package rules

import (
	"strings"
	"testing"
)

// TestSamePackageName checks that a package which is the same as another keeps
// its own name, by which the code that imports it calls it.
func TestSamePackageName(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/streadway/amqp":        "package amqp\n",
		"github.com/rabbitmq/amqp091-go":   "package amqp091\n",
		"github.com/denisenkom/go-mssqldb": "package mssql\n",
		"github.com/go-redis/redis":        "package redis\n",
	} {
		m, err := Model(path)
		if err != nil || m == nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !strings.Contains("\n"+m.Source, "\n"+want) || strings.Count("\n"+m.Source, "\npackage ") != 1 {
			t.Errorf("%s: no %q in %.200q", path, want, m.Source)
		}
	}
}
