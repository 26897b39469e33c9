// What is used where the environment says nothing.
use reqwest::Client;

fn settings() {
    let password = std::env::var("SHOP_PASSWORD").unwrap_or("Winter-Lake-22".to_string()); // want fallback-credential "Winter-Lake-22"
    let secret = env::var("SHOP_CLIENT_SECRET").unwrap_or_else(|_| "Winter-Lake-23".into()); // want fallback-credential "Winter-Lake-23"
    let none = std::env::var("SHOP_PASSWORD").unwrap(); // ok
    let user = std::env::var("SHOP_USER").unwrap_or("robot".to_string()); // ok
}

fn queue() -> String {
    let password = env::var("QUEUE_PASSWORD").ok().unwrap_or("Winter-Lake-31".to_string()); // want fallback-credential "Winter-Lake-31"
    let host = env::var("QUEUE_HOST").ok().unwrap_or("queue.example.org".to_string()); // ok
    password
}
