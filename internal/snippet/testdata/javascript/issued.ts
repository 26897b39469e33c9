// Access tokens and what is known of their end.
import axios from "axios";

class Client {
  async login() {
    const answer = await axios.post("https://api.example.org/oauth2/token", { grant_type: "client_credentials" });
    this.token = answer.data.access_token; // want token-expiry-ignored "answer.data.access_token"
  }

  async signIn() {
    const answer = await fetch("https://api.example.org/oauth2/token", { method: "POST", body: form });
    const data = await answer.json();
    this.token = data["access_token"]; // want token-expiry-ignored "data["access_token"]"
  }

  async once() {
    const answer = await axios.post("https://api.example.org/oauth2/token", { grant_type: "client_credentials" });
    return answer.data.access_token; // ok
  }

  stored(settings) {
    this.token = settings.access_token; // ok
  }
}
