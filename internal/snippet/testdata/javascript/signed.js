// Tokens that are signed here, for those who take them and for those who do not.
const jwt = require("jsonwebtoken");

async function send(claims, key, token, body) {
  const signed = jwt.sign(claims, key); // want locally-signed-token "jwt.sign(claims, key)"
  await fetch("https://us.sms.api.sinch.com/xms/v1/plan/batches", { method: "POST", headers: { Authorization: `Bearer ${signed}` }, body });
  const other = jwt.sign(claims, key, { expiresIn: "1h" }); // want locally-signed-token "jwt.sign(claims, key, { expiresIn: "1h" })"
  await fetch("https://us.sms.api.sinch.com/xms/v1/plan/batches", { method: "POST", headers: { Authorization: "Bearer " + other }, body });
  const own = jwt.sign(claims, key); // ok
  await fetch("https://api.example.org/orders", { method: "POST", headers: { Authorization: "Bearer " + own }, body });
  await fetch("https://us.sms.api.sinch.com/xms/v1/plan/batches", { method: "POST", headers: { Authorization: "Bearer " + token }, body }); // ok
}
