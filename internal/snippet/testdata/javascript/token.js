// Web tokens.
const jwt = require("jsonwebtoken");

function sign(claims, key) {
  jwt.sign(claims, "Winter-Lake-22", { expiresIn: "1h" }); // want hardcoded-credential "Winter-Lake-22"
  jwt.sign(claims, process.env.TOKEN_KEY, { expiresIn: "1h" }); // ok
  jwt.sign(claims, "", { algorithm: "none" }); // want jwt-unverified "algorithm"
  return jwt.sign(claims, key, { algorithm: "RS256" }); // ok
}

function read(text, key) {
  jwt.verify(text, "Winter-Lake-23"); // want hardcoded-credential "Winter-Lake-23"
  jwt.verify(text, null, { algorithms: ["none"] }); // want jwt-unverified "algorithms"
  return jwt.verify(text, key, { algorithms: ["HS256"] }); // ok
}
