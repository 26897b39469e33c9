// Credentials that are printed and logged.
use reqwest::Client;

fn login(user: &str, password: &str) {
    println!("{} logs in with {}", user, password); // want credential-in-log "password"
    debug!("token {}", answer.access_token); // want credential-in-log "answer.access_token"
    println!("{} logs in", user); // ok
    println!("{}", password.len()); // ok
    info!("{}", mask(password)); // ok
}
