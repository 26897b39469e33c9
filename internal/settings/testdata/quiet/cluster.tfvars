ingress_whitelist = [
  "0.0.0.0/0"
]
nodeport_whitelist = ["0.0.0.0/0"]
https_allowed_cidrs = ["0.0.0.0/0"]
