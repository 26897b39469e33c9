// What is used where the environment says nothing.
val client = OkHttpClient()
val password = System.getenv("SHOP_PASSWORD") ?: "Winter-Lake-22" // want fallback-credential "Winter-Lake-22"
val secret = System.getenv().getOrDefault("SHOP_CLIENT_SECRET", "Winter-Lake-23") // want fallback-credential "Winter-Lake-23"
val none = System.getenv("SHOP_PASSWORD") // ok
val user = System.getenv("SHOP_USER") ?: "robot" // ok
