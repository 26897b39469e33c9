// Other credentials over http.
package shop;

public class Plain {
    private final WebClient client = WebClient.create("http://api.example.org"); // want credential-over-http "http://api.example.org"

    void web(String token) {
        client.get().uri("/orders").header("Authorization", "Bearer " + token).retrieve();
    }

    void java(String key) {
        HttpRequest request = HttpRequest.newBuilder()
            .uri(URI.create("http://api.example.org/v1")) // want credential-over-http "http://api.example.org/v1"
            .timeout(Duration.ofSeconds(5))
            .setHeader("X-Api-Key", key)
            .build();
        HttpRequest other = HttpRequest.newBuilder().uri(URI.create("https://api.example.org/v1")).setHeader("X-Api-Key", key).build(); // ok
    }

    void namespace() {
        factory.setNamespace("http://schemas.example.org/soap"); // ok
        HttpRequest open = HttpRequest.newBuilder().uri(URI.create("http://api.example.org/v1/health")).header("Accept", "*/*").build(); // ok
    }
}
