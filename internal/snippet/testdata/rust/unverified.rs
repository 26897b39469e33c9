// The check of the peer switched off.
fn client(insecure: bool) -> Result<reqwest::Client, Error> {
    let any = reqwest::Client::builder().danger_accept_invalid_certs(true).build()?; // want tls-verify-off "true"
    let checked = reqwest::Client::builder().danger_accept_invalid_certs(false).build()?; // ok
    let chosen = reqwest::Client::builder().danger_accept_invalid_certs(insecure).build()?; // ok
    builder.set_verify(SslVerifyMode::NONE); // want tls-verify-off "SslVerifyMode::NONE"
    builder.set_verify(SslVerifyMode::PEER); // ok
    reqwest::Client::builder().min_tls_version(reqwest::tls::Version::TLS_1_0).build() // want weak-tls-version "reqwest::tls::Version::TLS_1_0"
}
