// Web tokens.
fn sign(claims: &Claims, settings: &Settings) -> Result<String, Error> {
    encode(&Header::default(), claims, &EncodingKey::from_secret("Winter-Lake-22".as_ref()))?; // want hardcoded-credential "Winter-Lake-22"
    encode(&Header::default(), claims, &EncodingKey::from_secret(settings.key.as_bytes()))?; // ok
    decode::<Claims>(text, &DecodingKey::from_secret(b"Winter-Lake-23"), &Validation::default())?; // want hardcoded-credential "Winter-Lake-23"
    decode::<Claims>(text, &settings.public_key, &Validation::new(Algorithm::RS256))?; // ok
    let mut validation = Validation::default();
    validation.insecure_disable_signature_validation(); // want jwt-unverified "validation.insecure_disable_signature_validation()"
    dangerous_insecure_decode::<Claims>(text)?; // want jwt-unverified "dangerous_insecure_decode::<Claims>(text)"
}
