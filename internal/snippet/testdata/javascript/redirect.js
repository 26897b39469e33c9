// What follows redirects, and what pages send.
const axios = require('axios');

exports.lookup = (number) =>
  axios.get(`https://hlr.example.net/v1/${number}`, {
    beforeRedirect: (o) => { o.headers.authorization = `Bearer ${process.env.HLR_TOKEN}`; }, // want credential-across-redirect "o.headers.authorization = `Bearer ${process.env.HLR_TOKEN}`"
    headers: { authorization: `Bearer ${process.env.HLR_TOKEN}` },
  });

exports.careful = (number) =>
  axios.get(`https://hlr.example.net/v1/${number}`, {
    beforeRedirect: (o) => { if (o.hostname === 'hlr.example.net') o.headers.authorization = `Bearer ${process.env.HLR_TOKEN}`; }, // ok
    headers: { authorization: `Bearer ${process.env.HLR_TOKEN}` },
  });

exports.quiet = (number) => axios.get(`https://hlr.example.net/v1/${number}`, { beforeRedirect: (o) => { o.headers.accept = 'text/plain'; } }); // ok

exports.relay = (to, text) => fetch('http://relay.example.net/sms/3/messages', { method: 'POST', body: JSON.stringify({ to, text }) }); // want message-over-http "http://relay.example.net/sms/3/messages"
exports.status = (id) => fetch('http://relay.example.net/status', { method: 'POST', body: JSON.stringify({ id }) }); // ok
