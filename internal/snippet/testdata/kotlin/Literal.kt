// Literals that are given to clients.
package shop

const val PASSWORD = "Winter-Lake-21" // want hardcoded-credential "Winter-Lake-21"

fun client(settings: Settings): HttpClient = HttpClient(CIO) {
    install(Auth) {
        basic {
            credentials { BasicAuthCredentials(username = "robot", password = "Winter-Lake-22") } // want hardcoded-credential "Winter-Lake-22"
            credentials { BasicAuthCredentials(settings.user, settings.password) } // ok
        }
    }
}

suspend fun orders(client: HttpClient, token: String) {
    client.get("https://api.example.org/orders") { basicAuth("robot", PASSWORD) }
    client.get("https://api.example.org/orders") { basicAuth("robot", System.getenv("SHOP_PASSWORD")) } // ok
    client.get("https://api.example.org/orders") { header("Authorization", "Bearer {{random 40}}") } // want hardcoded-credential "{{random 40}}"
    client.get("https://api.example.org/orders") { header("Authorization", "Bearer $token") } // ok
    DriverManager.getConnection("jdbc:postgresql://localhost/shop", "shop", """Winter-Lake-24""") // want hardcoded-credential "Winter-Lake-24"
}
