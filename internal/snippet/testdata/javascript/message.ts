// Passwords in mails and text messages, in answers and addresses; headers told as
// a whole; the end of tokens.
import nodemailer from 'nodemailer';
import jwt from 'jsonwebtoken';

export async function welcome(user: User, password: string, link: string) {
  const first = randomBytes(9).toString('base64url');
  await mailer.sendMail({ to: user.email, subject: 'Welcome', text: `Hello ${user.name},\nYour password is ${password}` }); // want credential-in-message ",\nYour password is "
  await sms.send(user.phone, `Benutzer: ${user.name} Kennwort: ${first}`); // want credential-in-message " Kennwort: "
  await mailer.sendMail({ to: user.email, html: '<p>Contraseña: <b>' + first + '</b></p>' }); // want credential-in-message "<p>Contraseña: <b>"
  await mailer.sendMail({ to: user.email, text: `Reset your password: ${link}` }); // ok
  await mailer.sendMail({ to: user.email, text: `Your code is ${first}` }); // ok
  await queue.send({ user: user.name, password }); // ok
}

app.use((req, res, next) => {
  logger.debug({ url: req.url, headers: req.headers }, 'request'); // want credential-in-log "{ url: req.url, headers: req.headers }"
  console.log(JSON.stringify(req.headers)); // want credential-in-log "JSON.stringify(req.headers)"
  console.log(res.headers); // ok
  console.log(req.headers['content-type']); // ok
  next();
});

export const handler = async (event) => {
  const { user, password } = JSON.parse(event.body);
  try {
    return { statusCode: 200, body: JSON.stringify({ name: user }) }; // ok
  } catch (e) {
    return { statusCode: 401, body: JSON.stringify({ error: `no session for ${user}:${password}` }) }; // want credential-in-error "`no session for ${user}:${password}`"
  }
};

app.get('/config', (req, res) => res.json({ host: process.env.SMTP_HOST, smtpPassword: process.env.SMTP_PASSWORD })); // want credential-in-response "smtpPassword"
app.post('/login', (req, res) => res.status(401).json({ error: `unknown user ${req.body.user}` })); // ok

export function office(raw: string, key: string) {
  return jwt.verify(raw, key, { algorithms: ['HS256'], ignoreExpiration: true }); // want jwt-unverified "ignoreExpiration"
}

export function strict(raw: string, key: string) {
  return jwt.verify(raw, key, { algorithms: ['HS256'], ignoreExpiration: false }); // ok
}

export function session(user: User, key: string) {
  return jwt.sign({ sub: user.id, passwordHash: user.hash }, key, { expiresIn: '1h' }); // want credential-in-token "passwordHash"
}

export function sendURL(user: string, password: string, to: string) {
  return `https://gw.example.net/send?user=${user}&password=${password}&to=${to}`; // want credential-in-url "https://gw.example.net/send?user="
}

export const profile = (id: string) => `https://gw.example.net/users?id=${id}&fields=password`; // ok
