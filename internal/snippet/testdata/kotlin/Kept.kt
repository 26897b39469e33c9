// Passwords that are kept, answered and told, and the rules for them.
private const val BASE = "http://sms.example.org" // want credential-in-url "http://sms.example.org"

fun hash(password: String): ByteArray {
    val digest = MessageDigest.getInstance("SHA-1")
    return digest.digest(password.toByteArray()) // want weak-password-hash "password"
}

fun checksum(body: String): ByteArray = MessageDigest.getInstance("SHA-1").digest(body.toByteArray()) // ok

fun encryptToken(token: String) = Base64.getEncoder().encodeToString(token.toByteArray()) // want base64-as-encryption "Base64.getEncoder().encodeToString(token.toByteArray())"

fun encodeToken(token: String) = Base64.getEncoder().encodeToString(token.toByteArray()) // ok

fun check(password: String) {
    if (password.length < 6) error("too short") // want weak-password-policy "6"
    if (password.length > 72) error("too long") // ok
    throw IllegalStateException("no login with $password") // want credential-in-error ""no login with $password""
}

data class SignUp(@field:Size(min = 5) val password: String, @field:Size(min = 2) val name: String) // want weak-password-policy "5"

fun send(client: HttpClient, password: String) {
    client.get("$BASE/send?password=$password&to=1")
    client.get("https://sms.example.org/send?to=1") // ok
}
