// Other credentials over http.
import axios from "axios";

axios.defaults.headers.common["Accept"] = "application/json"; // ok

export async function orders(token, key) {
  await axios.post("http://api.example.org/orders", { id: 1 }, { headers: { Authorization: `Bearer ${token}` } }); // want credential-over-http "http://api.example.org/orders"
  await axios.post("https://api.example.org/orders", { id: 1 }, { headers: { Authorization: `Bearer ${token}` } }); // ok
  await got("http://api.example.org/orders", { headers: { "X-Api-Key": key } }); // want credential-over-http "http://api.example.org/orders"
  await got("http://api.example.org/status", { headers: { Accept: "*/*" } }); // ok
  await fetch(`https://api.example.org/orders?token=${token}`); // want credential-in-url "https://api.example.org/orders?token="
}
