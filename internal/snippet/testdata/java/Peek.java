// Tokens that are read without a check.
package shop;

import javax.servlet.http.HttpServletRequest;

public class Peek {
    String user(HttpServletRequest request) {
        DecodedJWT token = JWT.decode(request.getHeader("X-Token")); // want jwt-unverified "JWT.decode(request.getHeader("X-Token"))"
        return token.getSubject();
    }

    boolean isAdmin(HttpServletRequest request) {
        return JWT.decode(request.getHeader("X-Token")).getClaim("role").asString().equals("admin"); // want jwt-unverified "JWT.decode(request.getHeader("X-Token"))"
    }

    String owner(String text) {
        SignedJWT token = SignedJWT.parse(text); // want jwt-unverified "SignedJWT.parse(text)"
        return token.getJWTClaimsSet().getSubject();
    }

    String key(String text) {
        return JWT.decode(text).getKeyId(); // ok
    }

    boolean isExpired(String text) {
        return JWT.decode(text).getExpiresAt().before(new Date()); // ok
    }

    long ends(String text) {
        return JWT.decode(text).getExpiresAtAsInstant().toEpochMilli(); // ok
    }

    String checked(String text, JWTVerifier verifier) {
        DecodedJWT token = JWT.decode(text); // ok
        verifier.verify(token);
        return token.getSubject();
    }
}
