// What is used where the environment says nothing.
const axios = require("axios");

const password = process.env.SHOP_PASSWORD || "Winter-Lake-22"; // want fallback-credential "Winter-Lake-22"
const secret = process.env.SHOP_CLIENT_SECRET ?? "Winter-Lake-23"; // want fallback-credential "Winter-Lake-23"
const { SHOP_PASSWORD = "Winter-Lake-24" } = process.env; // want fallback-credential "Winter-Lake-24"
const none = process.env.SHOP_PASSWORD; // ok
const user = process.env.SHOP_USER || "robot"; // ok
