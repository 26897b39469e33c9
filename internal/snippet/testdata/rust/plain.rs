// Other credentials over http.
async fn orders(token: &str, key: &str) -> Result<(), Error> {
    let client = reqwest::Client::new();
    client.post("http://api.example.org/orders").bearer_auth(token).json(&order).send().await?; // want credential-over-http "http://api.example.org/orders"
    client.post("https://api.example.org/orders").bearer_auth(token).json(&order).send().await?; // ok
    client.get("http://shop.example.org/orders").header("X-Api-Key", key).send().await?; // want credential-over-http "http://shop.example.org/orders"
    client.get("http://shop.example.org/orders").header("Accept", "*/*").send().await?; // ok
    Ok(())
}
