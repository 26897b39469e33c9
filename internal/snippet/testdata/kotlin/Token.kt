// Web tokens.
package shop

fun sign(settings: Settings): String {
    val algorithm = Algorithm.HMAC256("Winter-Lake-22") // want hardcoded-credential "Winter-Lake-22"
    val configured = Algorithm.HMAC256(settings.tokenKey) // ok
    return JWT.create().withSubject("anna").sign(Algorithm.none()) // want jwt-unverified "Algorithm.none()"
}

fun read(text: String, key: SecretKey): Claims {
    Jwts.parser().build().parsePlaintextJwt(text) // want jwt-unverified "Jwts.parser().build().parsePlaintextJwt(text)"
    return Jwts.parser().verifyWith(key).build().parseSignedClaims(text).payload // ok
}
