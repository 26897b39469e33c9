// Values of Authorization that no server takes.
package shop;

public class Malformed {
    void send(Request.Builder request, String user, String password, String token) {
        String header = "Base " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes()); // want malformed-authorization ""Base " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes())"
        request.addHeader("Authorization", "IBBSO " + token); // want malformed-authorization ""IBBSO " + token"
        request.addHeader("Authorization", "IBSSO " + token); // ok
        request.addHeader("Authorization", "Basic " + Base64.getUrlEncoder().encodeToString((user + ":" + password).getBytes())); // want malformed-authorization ""Basic " + Base64.getUrlEncoder().encodeToString((user + ":" + password).getBytes())"
        request.addHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes())); // ok
    }
}
