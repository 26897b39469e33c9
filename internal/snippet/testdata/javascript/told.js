// Credentials that are printed and logged.
const axios = require("axios");

async function login(user, password) {
  const answer = await axios.post("https://api.example.org/oauth2/token", { grant_type: "password", username: user });
  console.log(answer.data); // want credential-in-log "answer.data"
  console.log(answer.status); // ok
  console.log("token", answer.data.access_token); // want credential-in-log "answer.data.access_token"
  logger.debug(`${user} logs in with ${password}`); // want credential-in-log "`${user} logs in with ${password}`"
  logger.debug({ user: user, password }); // want credential-in-log "{ user: user, password }"
  logger.debug({ user }); // ok
  console.log(password ? "set" : "missing", password.length, mask(password)); // ok
  console.log((await axios.get("https://api.example.org/orders")).data); // ok
}
