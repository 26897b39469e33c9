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
}
