// Passwords that are kept, answered and told, and the rules for them.
fn hash_password(password: &str) -> String {
    format!("{:x}", md5::compute(password)) // want weak-password-hash "md5::compute(password)"
}

fn checksum(body: &str) -> String {
    format!("{:x}", md5::compute(body)) // ok
}

fn encrypt_secret(secret: &str) -> String {
    general_purpose::STANDARD.encode(secret) // want base64-as-encryption "general_purpose::STANDARD.encode(secret)"
}

fn encode_secret(secret: &str) -> String {
    general_purpose::STANDARD.encode(secret) // ok
}

fn check(password: &str) -> Result<()> {
    if password.len() < 6 { // want weak-password-policy "6"
        println!("short: {password}"); // want credential-in-log ""short: {password}""
    }
    if password.len() > 72 { // ok
        println!("long"); // ok
    }
    Err(anyhow!("no login with {}", password)) // want credential-in-error ""no login with {}""
}

async fn send(client: &Client, password: &str) {
    client.get("https://api.example.org/send").query(&[("password", password)]).send().await; // want credential-in-url "https://api.example.org/send"
    client.get("https://api.example.org/send").query(&[("to", "1")]).send().await; // ok
}
