// Credentials that are printed and logged.
package shop;

public class Told {
    void login(OkHttpClient client, String user, String password) {
        Request request = new Request.Builder().url("https://api.example.org/oauth2/token").post(body).build();
        Response response = client.newCall(request).execute();
        System.out.println(response.code()); // ok
        String text = response.body().string();
        System.out.println(text); // want credential-in-log "text"
        logger.debug("password of {} is {}", user, password); // want credential-in-log "password"
        log.info("token " + answer.getAccessToken()); // want credential-in-log ""token " + answer.getAccessToken()"
        log.info("logged in " + user); // ok
        logger.debug("password has {} characters", password.length()); // ok
        System.out.println(mask(password)); // ok
    }
}
