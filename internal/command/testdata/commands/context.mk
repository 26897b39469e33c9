# What stands in make files.
PASSWORD := Winter-Lake-22  # want hardcoded-credential:13
HOST ?= api.example.com
.PHONY: get
get: build
	@curl -k https://$(HOST)/  # want tls-verify-off:8
	curl -u bob:$(PASSWORD) https://$(HOST)/  # ok
	-curl -u bob:Winter-Lake-22 \
	  https://$(HOST)/  # want hardcoded-credential:-1:15
	curl -u "bob:$$API_PASSWORD" http://$(HOST)/  # want basic-auth-over-http:31 credential-on-command-line:15
	curl https://$(HOST)/$(shell date)  # ok
