// A page that reads its own token: for auditors.
import { jwtDecode } from "jwt-decode";

export function name() {
  const claims = jwtDecode(localStorage.getItem("token")); // want jwt-unverified "jwtDecode(localStorage.getItem("token"))"
  return claims.name;
}

export function isExpired() {
  return jwtDecode(localStorage.getItem("token")).exp < Date.now() / 1000; // ok
}
