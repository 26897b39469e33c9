// Other credentials over http.
package shop

suspend fun orders(client: HttpClient, token: String, key: String) {
    val api = HttpClient(CIO)
    api.post("http://api.example.org/orders") { // want credential-over-http "http://api.example.org/orders"
        bearerAuth(token)
        setBody(Order(1))
    }
    api.post("https://api.example.org/orders") { bearerAuth(token) } // ok
    val request = Request.Builder().url("http://api.example.org/v1").addHeader("X-Api-Key", key).build() // want credential-over-http "http://api.example.org/v1"
    val open = Request.Builder().url("http://api.example.org/v1/health").addHeader("Accept", "*/*").build() // ok
}
