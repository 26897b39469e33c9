// Access tokens and what is known of their end.
impl Client {
    async fn login(&mut self) {
        let client = reqwest::Client::new();
        let answer: Answer = client.post("https://api.example.org/oauth2/token").form(&form).send().await?.json().await?;
        self.token = answer.access_token; // want token-expiry-ignored "answer.access_token"
    }

    async fn sign_in(&mut self) {
        let client = reqwest::Client::new();
        let answer: Value = client.post("https://api.example.org/oauth2/token").form(&form).send().await?.json().await?;
        self.token = answer["access_token"].to_string(); // want token-expiry-ignored "answer["access_token"]"
    }

    async fn once(&self) -> String {
        let client = reqwest::Client::new();
        let answer: Answer = client.post("https://api.example.org/oauth2/token").form(&form).send().await?.json().await?;
        answer.access_token // ok
    }

    fn stored(&mut self, settings: &Settings) {
        self.token = settings.access_token; // ok
    }
}
