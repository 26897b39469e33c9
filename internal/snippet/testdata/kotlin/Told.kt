// Credentials that are printed and logged.
fun login(client: OkHttpClient, user: String, password: String) {
    val request = Request.Builder().url("https://api.example.org/oauth2/token").post(body).build()
    val response = client.newCall(request).execute()
    println(response.code) // ok
    println(response.body?.string()) // want credential-in-log "response.body?.string()"
    Log.d("login", "$user logs in with $password") // want credential-in-log ""$user logs in with $password""
    logger.info("{} has {}", user, answer.accessToken) // want credential-in-log "answer.accessToken"
    logger.info("$user logs in") // ok
    println(password.length) // ok
}
