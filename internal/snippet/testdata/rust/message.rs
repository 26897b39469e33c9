// Passwords in addresses, and the end of tokens.
use jsonwebtoken::{decode, Validation};

fn strict() -> Validation {
    let mut validation = Validation::default();
    validation.validate_exp = true; // ok
    validation
}

fn loose() -> Validation {
    let mut validation = Validation::default();
    validation.validate_exp = false; // want jwt-unverified "validation.validate_exp"
    validation
}

fn address(user: &str, password: &str) -> String {
    format!("https://gw.example.net/send?user={}&password={}", user, password) // want credential-in-url "https://gw.example.net/send?user="
}

fn report(number: &str) -> String {
    format!("https://gw.example.net/report?number={}&format=json", number) // ok
}
