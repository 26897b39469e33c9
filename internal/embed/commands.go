package embed

import (
	"sync"

	"github.com/authlint/authlint/internal/shape"
)

// Commands are texts of which one must stand in a script to make it worth reading:
// a part of every command and name that is observed in one. They stand here because
// who finds a script in another text may want to know before he hands it on.
var Commands = sync.OnceValue(func() *shape.Looks {
	return shape.NewLooks("://", "pass", "pwd", "secret", "token", "key", "cred", "auth", "curl", "wget", "http", "ftp", "ssh", "scp", "login",
		"mysql", "psql", "redis", "mongo", "ldap", "openssl", "insecure", "securestring", "verif", "tls", "ssl", "twilio", ".com", "useradd", "usermod", "net user",
		"net.exe user", "sudo -s", "rabbitmqctl", "trusted-host")
})
