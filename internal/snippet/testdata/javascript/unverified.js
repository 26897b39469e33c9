// The check of the peer switched off.
const https = require("https");
const tls = require("tls");

process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // want tls-verify-off "process.env.NODE_TLS_REJECT_UNAUTHORIZED"
process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "1"; // ok

const agent = new https.Agent({ rejectUnauthorized: false, keepAlive: true }); // want tls-verify-off "rejectUnauthorized"
const checked = new https.Agent({ rejectUnauthorized: true }); // ok
const chosen = new https.Agent({ rejectUnauthorized: settings.verify }); // ok

const pool = { connection: { ssl: { rejectUnauthorized: false } } }; // want tls-verify-off "rejectUnauthorized"
https.createServer({ requestCert: true, rejectUnauthorized: false }, handler); // ok

tls.connect(443, "api.example.org", { checkServerIdentity: () => undefined }); // want tls-verify-off "checkServerIdentity"
tls.connect(443, "api.example.org", { checkServerIdentity: (host, certificate) => check(host, certificate) }); // ok
https.createServer({ minVersion: "TLSv1.1" }, handler); // want weak-tls-version ""TLSv1.1""
https.createServer({ minVersion: "TLSv1.2" }, handler); // ok
