// Basic credentials over http.
async fn orders(user: &str, password: &str, id: u64) -> Result<(), Error> {
    let client = reqwest::Client::builder().timeout(LIMIT).build()?;
    client
        .get(format!("http://api.example.org/orders/{id}")) // want basic-auth-over-http "http://api.example.org/orders/"
        .basic_auth(user, Some(password))
        .send()
        .await?;
    client.get("https://api.example.org/orders").basic_auth(user, Some(password)).send().await?; // ok
    client.get("http://api.example.org/status").send().await?; // ok
    client.get("http://127.0.0.1:8080/orders").basic_auth(user, Some(password)).send().await?; // ok
    let pair = STANDARD.encode(format!("{}:{}", user, password));
    ureq::post("http://old.example.org/orders") // want basic-auth-over-http "http://old.example.org/orders"
        .set("Authorization", &format!("Basic {}", pair))
        .call()?;
    Ok(())
}
