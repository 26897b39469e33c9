// FTP and SSH.
fn ftp(password: &str) -> Result<(), Error> {
    let mut client = FtpStream::connect("files.example.org:21")?; // want plaintext-ftp "files.example.org:21"
    client.login("robot", password)?;
    let mut safe = NativeTlsFtpStream::connect("files.example.org:21")?.into_secure(connector, "files.example.org")?; // ok
    safe.login("robot", password)?;
    Ok(())
}

impl client::Handler for Any {
    async fn check_server_key(&mut self, key: &PublicKey) -> Result<bool, Error> { // want ssh-host-key-unchecked "check_server_key"
        Ok(true)
    }
}

impl client::Handler for Known {
    async fn check_server_key(&mut self, key: &PublicKey) -> Result<bool, Error> { // ok
        Ok(self.known.contains(key))
    }
}
