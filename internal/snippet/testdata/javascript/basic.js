// Basic credentials over http.
const axios = require("axios");
const http = require("http");

const api = axios.create({ baseURL: "http://api.example.org" }); // want basic-auth-over-http "http://api.example.org"

async function orders(user, password) {
  await api.get("/orders", { auth: { username: user, password } });
  await fetch("https://api.example.org/orders", { headers: { Authorization: "Basic " + btoa(user + ":" + password) } }); // ok
  await fetch("http://api.example.org/status"); // ok
}

function raw(user, password) {
  const pair = Buffer.from(`${user}:${password}`).toString("base64");
  fetch(`http://shop.example.org/orders/${id}`, { // want basic-auth-over-http "http://shop.example.org/orders/"
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Basic ${pair}`,
    },
  });
  fetch("http://127.0.0.1:8080/orders", { headers: { Authorization: `Basic ${pair}` } }); // ok
  http.get({ host: "old.example.org", path: "/orders", auth: user + ":" + password }); // want basic-auth-over-http "old.example.org"
}
