// Tokens that are read without a check.
package shop

import io.ktor.server.application.ApplicationCall

fun user(call: ApplicationCall): String {
    val token = JWT.decode(call.request.headers["X-Token"]) // want jwt-unverified "JWT.decode(call.request.headers["X-Token"])"
    return token.subject
}

fun role(text: String): String {
    return JWT.decode(text).getClaim("role").asString() // want jwt-unverified "JWT.decode(text)"
}

fun key(text: String): String {
    return JWT.decode(text).keyId // ok
}

fun checked(text: String, verifier: JWTVerifier): String {
    val token = JWT.decode(text) // ok
    verifier.verify(token)
    return token.subject
}
