// What is used where the environment says nothing.
val client = OkHttpClient()
val password = System.getenv("SHOP_PASSWORD") ?: "Winter-Lake-22" // want fallback-credential "Winter-Lake-22"
val secret = System.getenv().getOrDefault("SHOP_CLIENT_SECRET", "Winter-Lake-23") // want fallback-credential "Winter-Lake-23"
val none = System.getenv("SHOP_PASSWORD") // ok
val queue = System.getenv("QUEUE_PASSWORD").orEmpty().ifEmpty { "Winter-Lake-31" } // want fallback-credential "Winter-Lake-31"
val token = environment.config.propertyOrNull("jwt.secret")?.getString() ?: "Winter-Lake-32" // want fallback-credential "Winter-Lake-32"
val mail = dotenv["MAIL_PASSWORD"] ?: "Winter-Lake-33" // want fallback-credential "Winter-Lake-33"
val issuer = environment.config.propertyOrNull("jwt.issuer")?.getString() ?: "shop.example.org" // ok
val user = System.getenv("SHOP_USER") ?: "robot" // ok
