// Web tokens.
package shop;

public class Token {
    String sign() {
        Algorithm algorithm = Algorithm.HMAC256("Winter-Lake-22"); // want hardcoded-credential "Winter-Lake-22"
        Algorithm configured = Algorithm.HMAC256(System.getenv("TOKEN_KEY")); // ok
        return Jwts.builder().setSubject("anna").signWith(SignatureAlgorithm.HS256, "Winter-Lake-23").compact(); // want hardcoded-credential "Winter-Lake-23"
    }

    String none() {
        JWT.create().withSubject("anna").sign(Algorithm.none()); // want jwt-unverified "Algorithm.none()"
        Jwts.parser().parsePlaintextJwt(text); // want jwt-unverified "Jwts.parser().parsePlaintextJwt(text)"
        return Jwts.parser().verifyWith(key).build().parseSignedClaims(text); // ok
    }

    String key(SecretKey key) {
        return Jwts.builder().subject("anna").signWith(key).compact(); // ok
    }
}
