// What is used where the environment says nothing.
package shop;

public class Fallback {
    HttpClient client;
    String password = System.getenv().getOrDefault("SHOP_PASSWORD", "Winter-Lake-22"); // want fallback-credential "Winter-Lake-22"
    String secret = System.getProperty("shop.client.secret", "Winter-Lake-23"); // want fallback-credential "Winter-Lake-23"
    @Value("${shop.password:Winter-Lake-24}") // want fallback-credential "Winter-Lake-24"
    String injected;
    String own = Optional.ofNullable(System.getenv("SHOP_PASSWORD")).orElse("Winter-Lake-25"); // want fallback-credential "Winter-Lake-25"
    String none = System.getenv("SHOP_PASSWORD"); // ok
    String user = System.getenv().getOrDefault("SHOP_USER", "robot"); // ok
    @Value("${shop.password}") // ok
    String required;
    String queue = System.getenv("QUEUE_PASSWORD") != null ? System.getenv("QUEUE_PASSWORD") : "Winter-Lake-31"; // want fallback-credential "Winter-Lake-31"
    String mail = Objects.requireNonNullElse(System.getenv("MAIL_PASSWORD"), "Winter-Lake-32"); // want fallback-credential "Winter-Lake-32"
    String store = properties.getProperty("store.password", "Winter-Lake-33"); // want fallback-credential "Winter-Lake-33"
    @ConfigProperty(name = "api.password", defaultValue = "Winter-Lake-34") // want fallback-credential "Winter-Lake-34"
    String api;
    @ConfigProperty(name = "api.user", defaultValue = "robot") // ok
    String apiUser;
    String host = System.getenv("QUEUE_HOST") != null ? System.getenv("QUEUE_HOST") : "queue.example.org"; // ok

    String late() {
        String password = System.getenv("LATE_PASSWORD");
        if (password == null) {
            password = "Winter-Lake-35"; // want fallback-credential "Winter-Lake-35"
        }
        return password;
    }
}
