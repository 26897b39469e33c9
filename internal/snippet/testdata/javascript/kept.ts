// Passwords that are kept, answered and told, and the rules for them.
import crypto from 'crypto';
import bcrypt from 'bcrypt';
import jwt from 'jsonwebtoken';

export const hash = (password: string) => crypto.createHash('sha1').update(password).digest('hex'); // want weak-password-hash "password"
export const etag = (body: string) => crypto.createHash('sha1').update(body).digest('hex'); // ok
export const slow = (password: string) => bcrypt.hashSync(password, 4); // want weak-password-hash "4"
export const better = (password: string) => bcrypt.hashSync(password, 12); // ok

export function obfuscate(value: string) {
  return Buffer.from(value).toString('base64'); // want base64-as-encryption "Buffer.from(value).toString('base64')"
}

export function show(user, res) {
  res.json({ name: user.name, password: user.password }); // want credential-in-response "password"
  res.json({ name: user.name, hasPassword: !!user.password }); // ok
  res.cookie('password', user.password); // want plaintext-credential-storage "res.cookie('password', user.password)"
}

export function sign(user, key) {
  const session = jwt.sign({ id: user.id }, key, { expiresIn: '400d' }); // want long-lived-token "jwt.sign({ id: user.id }, key, { expiresIn: '400d' })"
  const short = jwt.sign({ id: user.id }, key, { expiresIn: '15m' }); // ok
  const mine = jwt.sign({ id: user.id, password: user.password }, key, { expiresIn: '15m' }); // want credential-in-token "password"
  throw new Error(`no login with ${user.password}`); // want credential-in-error "`no login with ${user.password}`"
}

const schema = Joi.object({ password: Joi.string().min(4).required() }); // want weak-password-policy "4"
const long = Joi.object({ password: Joi.string().min(14), name: Joi.string().min(2) }); // ok
const route = body('password').isLength({ min: 5 }); // want weak-password-policy "5"
const model = { password: { type: String, minlength: 4 } }; // want weak-password-policy "4"

const bound = smpp.connect({ url: 'smpp://smpp.example.org:2775' }); // want plaintext-smpp "smpp.example.org"
bound.bind_transceiver({ system_id: 'shop', password: process.env.SMPP_PASSWORD });
const options = { insecureSkipTLSVerify: true }; // want tls-verify-off "insecureSkipTLSVerify"
