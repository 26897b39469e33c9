// Tokens that are signed here, for those who take them and for those who do not.
use jsonwebtoken::{encode, EncodingKey, Header};
use reqwest::Client;

async fn send(client: &Client, claims: Claims, key: &EncodingKey, token: &str) {
    let client = reqwest::Client::new();
    let signed = encode(&Header::default(), &claims, key).unwrap(); // want locally-signed-token "encode(&Header::default(), &claims, key)"
    client.post("https://us.sms.api.sinch.com/xms/v1/plan/batches").bearer_auth(signed).send().await;
    let other = jsonwebtoken::encode(&Header::default(), &claims, key)?; // want locally-signed-token "jsonwebtoken::encode(&Header::default(), &claims, key)"
    client.post("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", format!("Bearer {}", other)).send().await;
    let own = encode(&Header::default(), &claims, key).unwrap(); // ok
    client.post("https://api.example.org/orders").bearer_auth(own).send().await;
    client.post("https://us.sms.api.sinch.com/xms/v1/plan/batches").bearer_auth(token).send().await; // ok
}
