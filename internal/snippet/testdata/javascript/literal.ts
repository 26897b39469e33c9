// Literals that are given to clients.
import axios from "axios";
import mysql from "mysql2/promise";

const password = "Winter-Lake-21"; // want hardcoded-credential "Winter-Lake-21"

export async function orders(settings: Settings): Promise<Order[]> {
  await axios.get("https://api.example.org/orders", { auth: { username: "robot", password: "Winter-Lake-22" } }); // want hardcoded-credential "Winter-Lake-22"
  await axios.get("https://api.example.org/orders", { auth: { username: "robot", password } });
  await axios.get("https://api.example.org/orders", { auth: { username: "robot", password: process.env.SHOP_PASSWORD } }); // ok
  await axios.get("https://api.example.org/orders", { auth: settings.auth }); // ok
  await fetch("https://api.example.org/orders", { headers: { Authorization: `Bearer {{random 40}}` } }); // want hardcoded-credential "{{random 40}}"
  await fetch("https://api.example.org/orders", { headers: { Authorization: `Bearer ${settings.token}` } }); // ok
  await mysql.createConnection({ host: "db.example.org", user: "shop", password: process.env.DB_PASSWORD || "Winter-Lake-24" }); // want fallback-credential "Winter-Lake-24"
  await mysql.createConnection({ host: "db.example.org", user: "shop", password: "your-password" }); // ok
  const expression = /auth: "Winter-Lake-25"/; // ok
  return [];
}
