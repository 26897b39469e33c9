# What is found in calls of ldapsearch.

ldapsearch -x -H ldap://dir.example.com -D cn=admin,dc=example,dc=com -w Winter-Lake-22  # want credential-over-plaintext:18 hardcoded-credential:74
ldapsearch -x -H ldap://dir.example.com -D cn=admin -w "$LDAP_PASSWORD"  # want credential-on-command-line:57 credential-over-plaintext:18
ldapsearch -x -H ldaps://dir.example.com -D cn=admin -w Winter-Lake-22  # want hardcoded-credential:57
ldapmodify -x -h dir.example.com -D cn=admin -w Winter-Lake-22 -f change.ldif  # want credential-over-plaintext:18 hardcoded-credential:49
ldapadd -Z -H ldap://dir.example.com -D cn=admin -w "$LDAP_PASSWORD"  # want credential-on-command-line:54 credential-over-plaintext:15
ldapwhoami -H ldap://dir.example.com -D cn=admin -w Winter-Lake-22  # want credential-over-plaintext:15 hardcoded-credential:53
ldapsearch -ZZ -H ldap://dir.example.com -D cn=admin -w Winter-Lake-22  # want hardcoded-credential:57
ldapdelete -H ldap://dir.example.com -D cn=admin -w "$LDAP_PASSWORD" cn=bob  # want credential-on-command-line:54 credential-over-plaintext:15

# What is not found.

ldapsearch -x -H ldaps://dir.example.com -D cn=admin -W  # ok
ldapsearch -x -H ldap://dir.example.com -b dc=example,dc=com  # ok
ldapsearch -ZZ -H ldap://dir.example.com -D cn=admin -y /run/secrets/ldap  # ok
ldapsearch -Y EXTERNAL -H ldapi:///  # ok
ldapsearch -x -s base -b "" namingContexts  # ok
ldapmodify -H ldaps://dir.example.com -D cn=admin -y /run/secrets/ldap -f change.ldif  # ok
ldapsearch -H ldaps://dir.example.com -D cn=admin -w "<password>"  # ok
ldapwhoami -H ldaps://dir.example.com  # ok
