// Tokens that are signed here, for those who take them and for those who do not.
package shop;

public class Signed {
    void send(SecretKey key, String token) {
        String signed = Jwts.builder().subject("shop").signWith(key).compact(); // want locally-signed-token "Jwts.builder().subject("shop").signWith(key).compact()"
        new Request.Builder().url("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", "Bearer " + signed).post(body).build();
        String other = JWT.create().withIssuer("shop").sign(Algorithm.HMAC256(key)); // want locally-signed-token "JWT.create().withIssuer("shop").sign(Algorithm.HMAC256(key))"
        new Request.Builder().url("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", "Bearer " + other).post(body).build();
        String own = Jwts.builder().subject("shop").signWith(key).compact(); // ok
        new Request.Builder().url("https://api.example.org/orders").header("Authorization", "Bearer " + own).post(body).build();
        new Request.Builder().url("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", "Bearer " + token).post(body).build(); // ok
    }
}
