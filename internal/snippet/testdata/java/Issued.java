// Access tokens and what is known of their end.
package shop;

public class Issued {
    void login(HttpClient client) {
        HttpPost post = new HttpPost("https://api.example.org/oauth2/token");
        Answer answer = mapper.readValue(EntityUtils.toString(client.execute(post).getEntity()), Answer.class);
        this.token = answer.getAccessToken(); // want token-expiry-ignored "answer.getAccessToken()"
    }

    void signIn(HttpClient client) {
        HttpPost post = new HttpPost("https://api.example.org/oauth2/token");
        JSONObject answer = new JSONObject(EntityUtils.toString(client.execute(post).getEntity()));
        this.token = answer.getString("access_token"); // want token-expiry-ignored "answer.getString("access_token")"
    }

    String once(HttpClient client) {
        HttpPost post = new HttpPost("https://api.example.org/oauth2/token");
        JSONObject answer = new JSONObject(EntityUtils.toString(client.execute(post).getEntity()));
        return answer.getString("access_token"); // ok
    }

    void stored(Settings settings) {
        this.token = settings.getAccessToken(); // ok
    }
}
