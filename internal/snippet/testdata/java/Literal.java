// Literals that are given to clients.
package shop;

public class Literal {
    private static final String PASSWORD = "Winter-Lake-21"; // want hardcoded-credential "Winter-Lake-21"

    void spring(RestTemplateBuilder builder) {
        builder.basicAuthentication("robot", "Winter-Lake-22").build(); // want hardcoded-credential "Winter-Lake-22"
        builder.basicAuthentication("robot", System.getenv("SHOP_PASSWORD")).build(); // ok
        builder.basicAuthentication(user(), password()).build(); // ok
    }

    void credentials() {
        new UsernamePasswordCredentials("robot", PASSWORD);
        new UsernamePasswordCredentials("robot", "<password>"); // ok
        new PasswordAuthentication("robot", "Winter-Lake-23".toCharArray()); // want hardcoded-credential "Winter-Lake-23"
        DriverManager.getConnection("jdbc:postgresql://localhost/shop", "shop", "Winter-Lake-24"); // want hardcoded-credential "Winter-Lake-24"
        DriverManager.getConnection("jdbc:postgresql://localhost/shop", "shop", settings.password()); // ok
    }

    void header(HttpRequest.Builder builder) {
        builder.header("Authorization", "Bearer {{random 40}}"); // want hardcoded-credential "{{random 40}}"
        builder.header("Authorization", "Bearer " + token); // ok
        builder.header("Accept", "application/json"); // ok
    }

    /* builder.basicAuthentication("robot", "Winter-Lake-25") is how it was once. */
}
