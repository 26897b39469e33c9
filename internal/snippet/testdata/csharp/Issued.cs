// Access tokens and what is known of their end.
class Issued
{
    void Login()
    {
        var client = new HttpClient();
        var answer = client.PostAsync("https://api.example.org/oauth2/token", content).Result;
        this.token = Parse(answer).AccessToken; // want token-expiry-ignored "Parse(answer).AccessToken"
    }

    void SignIn()
    {
        var client = new HttpClient();
        var answer = client.PostAsync("https://api.example.org/oauth2/token", content).Result;
        var token = Parse(answer)["access_token"]; // want token-expiry-ignored "Parse(answer)["access_token"]"
        this.token = token;
    }

    string Once()
    {
        var client = new HttpClient();
        var answer = client.PostAsync("https://api.example.org/oauth2/token", content).Result;
        return Parse(answer).AccessToken; // ok
    }

    void Stored(Settings settings)
    {
        this.token = settings.AccessToken; // ok
    }
}
