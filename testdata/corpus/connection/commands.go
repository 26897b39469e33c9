package connection

import "github.com/gomodule/redigo/redis"

func commandLogin(pw string) error {
	c, err := redis.Dial("tcp", "cache.maplefreight.io:6379")
	if err != nil {
		return err
	}
	_, err = c.Do("auth", pw) // want credential-over-plaintext -- connection/command-login
	return err
}

func commandLoginOverTLS(pw string) error {
	c, err := redis.Dial("tcp", "cache.maplefreight.io:6379", redis.DialUseTLS(true))
	if err != nil {
		return err
	}
	_, err = c.Do("AUTH", "app", pw) // ok -- connection/command-login
	return err
}

func otherCommand(pw string) error {
	c, err := redis.Dial("tcp", "cache.maplefreight.io:6379")
	if err != nil {
		return err
	}
	_, err = c.Do("GET", pw) // ok -- connection/command-login
	return err
}
