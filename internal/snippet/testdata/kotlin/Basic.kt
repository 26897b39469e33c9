// Basic credentials over http.
package shop

suspend fun orders(user: String, password: String) {
    val client = HttpClient(CIO)
    client.get("http://api.example.org/orders") { // want basic-auth-over-http "http://api.example.org/orders"
        basicAuth(user, password)
    }
    client.get("https://api.example.org/orders") { basicAuth(user, password) } // ok
    client.get("http://api.example.org/status") // ok
}

fun okhttp(user: String, password: String): Request {
    val local = Request.Builder().url("http://localhost:8080").header("Authorization", Credentials.basic(user, password)).build() // ok
    return Request.Builder()
        .url("http://${host()}/orders") // want basic-auth-over-http "http://"
        .header("Authorization", Credentials.basic(user, password))
        .build()
}

fun java(user: String, password: String) {
    val connection = URL("http://old.example.org/orders").openConnection() as HttpURLConnection // want basic-auth-over-http "http://old.example.org/orders"
    val pair = Base64.getEncoder().encodeToString("$user:$password".toByteArray())
    connection.setRequestProperty("Authorization", "Basic $pair")
}
