// Basic credentials over http, by each of the usual clients.
package shop;

public class Basic {
    void url(String user, String password) throws IOException {
        URL url = new URL("http://api.example.org/sms"); // want basic-auth-over-http "http://api.example.org/sms"
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        connection.setRequestProperty("Authorization", "Basic " + pair);
    }

    void okhttp(String user, String password) {
        Request request = new Request.Builder()
            .url("http://api.example.org/" + version() + "/sms") // want basic-auth-over-http "http://api.example.org/"
            .addHeader("Accept", "application/json")
            .header("Authorization", Credentials.basic(user, password))
            .build();
        client.newCall(request).execute();
    }

    void safe(String user, String password) {
        Request request = new Request.Builder()
            .url("https://api.example.org/sms") // ok
            .header("Authorization", Credentials.basic(user, password))
            .build();
        Request open = new Request.Builder().url("http://api.example.org/status").build(); // ok
    }

    void spring(String password) {
        RestTemplate template = new RestTemplateBuilder().basicAuthentication("robot", password).build();
        template.getForObject("http://api.example.org/orders", Order.class); // want basic-auth-over-http "http://api.example.org/orders"
        template.getForObject("http://localhost:8080/orders", Order.class); // ok
    }

    void other(HttpURLConnection connection) {
        connection.setRequestProperty("Authorization", "Basic " + pair); // ok
    }
}
