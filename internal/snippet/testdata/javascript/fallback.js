// What is used where the environment says nothing.
const axios = require("axios");

const password = process.env.SHOP_PASSWORD || "Winter-Lake-22"; // want fallback-credential "Winter-Lake-22"
const secret = process.env.SHOP_CLIENT_SECRET ?? "Winter-Lake-23"; // want fallback-credential "Winter-Lake-23"
const { SHOP_PASSWORD = "Winter-Lake-24" } = process.env; // want fallback-credential "Winter-Lake-24"
const none = process.env.SHOP_PASSWORD; // ok
const user = process.env.SHOP_USER || "robot"; // ok

const queue = process.env.QUEUE_PASSWORD ? process.env.QUEUE_PASSWORD : "Winter-Lake-31"; // want fallback-credential "Winter-Lake-31"
const mail = env("MAIL_PASSWORD", "Winter-Lake-32"); // want fallback-credential "Winter-Lake-32"
const schema = z.object({
  JWT_SECRET: z.string().min(8).default("Winter-Lake-33"), // want fallback-credential "Winter-Lake-33"
  SESSION_SECRET: z.string(), // ok
  LOG_LEVEL: z.string().default("info"), // ok
});
const form = z.object({ password: z.string().default("Winter-Lake-34") }); // ok
const port = env("MAIL_PORT", "2525"); // ok
