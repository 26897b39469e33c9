// Literals that are given to clients.
use reqwest::Client;

const PASSWORD: &str = "Winter-Lake-21"; // want hardcoded-credential "Winter-Lake-21"

async fn orders<'a>(settings: &'a Settings) -> Result<(), Error> {
    let client = Client::new();
    client.get("https://api.example.org/orders").basic_auth("robot", Some("Winter-Lake-22")).send().await?; // want hardcoded-credential "Winter-Lake-22"
    client.get("https://api.example.org/orders").basic_auth("robot", Some(PASSWORD)).send().await?;
    client.get("https://api.example.org/orders").basic_auth(&settings.user, Some(&settings.password)).send().await?; // ok
    client.get("https://api.example.org/orders").basic_auth("robot", env::var("SHOP_PASSWORD").ok()).send().await?; // ok
    let password = std::env::var("SHOP_PASSWORD").unwrap_or("Winter-Lake-23".to_string()); // want fallback-credential "Winter-Lake-23"
    client.get("https://api.example.org/orders").basic_auth("robot", Some(password)).send().await?;
    ureq::get("https://api.example.org/orders").set("Authorization", r#"Bearer {{random 40}}"#).call()?; // want hardcoded-credential "{{random 40}}"
    ureq::get("https://api.example.org/orders").set("Authorization", &format!("Bearer {}", settings.token)).call()?; // ok
    /* /* client.basic_auth("robot", Some("Winter-Lake-24")) */ */
    Ok(())
}
