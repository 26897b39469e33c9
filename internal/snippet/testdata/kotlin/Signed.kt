// Tokens that are signed here, for those who take them and for those who do not.
fun send(key: SecretKey, token: String) {
    val signed = Jwts.builder().subject("shop").signWith(key).compact() // want locally-signed-token "Jwts.builder().subject("shop").signWith(key).compact()"
    Request.Builder().url("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", "Bearer $signed").post(body).build()
    val other = JWT.create().withIssuer("shop").sign(algorithm) // want locally-signed-token "JWT.create().withIssuer("shop").sign(algorithm)"
    Request.Builder().url("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", "Bearer $other").post(body).build()
    val own = Jwts.builder().subject("shop").signWith(key).compact() // ok
    Request.Builder().url("https://api.example.org/orders").header("Authorization", "Bearer $own").post(body).build()
    Request.Builder().url("https://us.sms.api.sinch.com/xms/v1/plan/batches").header("Authorization", "Bearer $token").post(body).build() // ok
}
