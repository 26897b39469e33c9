// FTP and SSH.
const ftp = require("basic-ftp");
const { Client } = require("ssh2");

async function upload(password) {
  const client = new ftp.Client();
  await client.access({ host: "files.example.org", user: "robot", password }); // want plaintext-ftp "files.example.org"
  const safe = new ftp.Client();
  await safe.access({ host: "files.example.org", user: "robot", password, secure: true }); // ok
}

function old(password) {
  const client = new ftp.Client();
  client.access({ host: "old.example.org", user: "robot", password, secure: false }); // want plaintext-ftp "old.example.org"
}

function ssh(password, known) {
  const connection = new Client();
  connection.connect({
    host: "files.example.org",
    username: "robot",
    password,
    hostVerifier: () => true, // want ssh-host-key-unchecked "hostVerifier"
  });
  const strict = new Client();
  strict.connect({ host: "files.example.org", username: "robot", password, hostVerifier: (key) => known.has(key) }); // ok
}
