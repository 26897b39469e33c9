// Access tokens and what is known of their end.
class Issued(val client: OkHttpClient) {
    fun login() {
        val request = Request.Builder().url("https://api.example.org/oauth2/token").post(body).build()
        val answer = adapter.fromJson(client.newCall(request).execute().body?.string())
        this.token = answer.accessToken // want token-expiry-ignored "answer.accessToken"
    }

    fun signIn() {
        val request = Request.Builder().url("https://api.example.org/oauth2/token").post(body).build()
        val answer = JSONObject(client.newCall(request).execute().body?.string())
        this.token = answer.getString("access_token") // want token-expiry-ignored "answer.getString("access_token")"
    }

    fun once(): String {
        val request = Request.Builder().url("https://api.example.org/oauth2/token").post(body).build()
        return adapter.fromJson(client.newCall(request).execute().body?.string()).accessToken // ok
    }

    fun stored(settings: Settings) {
        this.token = settings.accessToken // ok
    }
}
