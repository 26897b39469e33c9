package connection

import (
	"fmt"
	"os"
	"os/exec"
)

func reboot(host string) error {
	return exec.Command("ssh", "-o", "StrictHostKeyChecking=no", "ops@"+host, "reboot").Run() // want ssh-host-key-unchecked -- transfer/command
}

func status(host string) error {
	return exec.Command("ssh", "-o", "StrictHostKeyChecking=yes", "ops@"+host, "uptime").Run() // ok -- transfer/command
}

func listed(host, user string) error {
	args := []string{"-o", "StrictHostKeyChecking=no", "-l", user, host, "ls"} // want ssh-host-key-unchecked -- transfer/command
	return exec.Command("ssh", args...).Run()
}

func fetch(config string) error {
	cmd := exec.Command("git", "fetch")
	ssh := "ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
	if config != "" {
		ssh += " -F " + config
	}
	cmd.Env = append(os.Environ(), fmt.Sprintf("GIT_SSH_COMMAND=%s", ssh)) // want ssh-host-key-unchecked -- transfer/command
	return cmd.Run()
}

func pull(key string) error {
	cmd := exec.Command("git", "pull")
	cmd.Env = append(os.Environ(), "GIT_SSH_COMMAND=ssh -i "+key) // ok -- transfer/command
	return cmd.Run()
}

func install() error {
	return exec.Command("curl", "--insecure", "-o", "/tmp/x", "https://get.maplefreight.io/x").Run() // want tls-verify-off -- tls/command
}

func probe() error {
	return exec.Command("sh", "-c", "curl -k https://localhost:8443/healthz").Run() // ok -- tls/command
}

func call(host, user, password string) error {
	return exec.Command("sh", "-c", "curl -u "+user+":"+password+" http://"+host+".maplefreight.io/api").Run() // want basic-auth-over-http -- http/command
}

func safely(host, file string) error {
	return exec.Command("curl", "--netrc-file", file, "https://"+host+".maplefreight.io/api").Run() // ok -- http/command
}
