package credential

import "testing"

func TestKey(t *testing.T) {
	const key = "App {{hex32}}-{{uuid}}" // want hardcoded-credential -- credential/test-file
	t.Log(len(key))
}
