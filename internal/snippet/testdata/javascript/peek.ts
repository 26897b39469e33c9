// Tokens that are read without a check.
import jwt from "jsonwebtoken";
import jwt_decode from "jwt-decode";
import { decodeJwt, jwtVerify } from "jose";

export function guard(req, res, next) {
  const token = req.headers.authorization.split(" ")[1];
  const claims = jwt.decode(token); // want jwt-unverified "jwt.decode(token)"
  if (claims.role !== "admin") return res.sendStatus(403);
  next();
}

export function user(req) {
  req.user = jwt.decode(req.cookies.session); // want jwt-unverified "jwt.decode(req.cookies.session)"
}

export function tenant(req) {
  const { sub, tenant } = decodeJwt(req.headers.get("x-token")); // want jwt-unverified "decodeJwt(req.headers.get("x-token"))"
  return find(tenant, sub);
}

export function account(req) {
  return accounts.find(jwt_decode(req.token).sub); // want jwt-unverified "jwt_decode(req.token)"
}

export function key(req) {
  const { header } = jwt.decode(req.token, { complete: true }); // ok
  return keys[header.kid];
}

export function expired(req) {
  return jwt.decode(req.token).exp * 1000 < Date.now(); // ok
}

export async function checked(req, key) {
  const id = decodeJwt(req.token).sub; // ok
  await jwtVerify(req.token, key);
  return id;
}

export function any(req) {
  return jwt.verify(req.token, "", { algorithms: ["HS256", "none"] }); // want jwt-unverified "algorithms"
}
