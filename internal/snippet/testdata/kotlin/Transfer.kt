// FTP and SSH.
package shop

fun ftp(password: String) {
    val client = FTPClient()
    client.connect("files.example.org") // want plaintext-ftp "files.example.org"
    client.login("robot", password)
    val safe = FTPSClient()
    safe.connect("files.example.org") // ok
    safe.login("robot", password)
}

fun ssh(jsch: JSch, password: String) {
    val session = jsch.getSession("robot", "files.example.org", 22)
    session.setPassword(password)
    session.setConfig("StrictHostKeyChecking", "no") // want ssh-host-key-unchecked "session.setConfig("StrictHostKeyChecking", "no")"
    session.connect()
    val strict = jsch.getSession("robot", "files.example.org", 22)
    strict.setConfig("StrictHostKeyChecking", "yes") // ok
    strict.connect()
}
