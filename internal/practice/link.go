package practice

// oneTimeSecretLink is the rule on links with which a secret is read once.
const oneTimeSecretLink = "one-time-secret-link"

// secretLink judges a link with which anybody reads a secret, once.
func (c *court) secretLink(o *Credential) {
	c.pass(oneTimeSecretLink, verdict{
		src: &o.Source, onValue: true, grades: sourceGrades(&o.Source), evidence: map[string]string{"service": o.Link},
		takesPatterns: true,
		message: message(
			"link to a secret at "+plain(o.Link, maxShort)+" stands in the source, so whoever reads that first has the secret",
			nil, ": delete it there and rotate the secret",
		),
	})
}
