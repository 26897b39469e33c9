// Passwords in mails and text messages, in answers and addresses; headers told as
// a whole; tokens that are read by hand.
class Message {
    void welcome(User user, String password, String link) {
        SimpleMailMessage message = new SimpleMailMessage();
        message.setText("Your password is " + password); // want credential-in-message "Your password is "
        smsService.sendSms(user.getPhone(), String.format("Login: %s Password: %s", user.getName(), password)); // want credential-in-message " Password: "
        message.setText("Reset your password: " + link); // ok
        smsService.sendSms(user.getPhone(), "Your code is " + code); // ok
    }

    ResponseEntity<?> login(HttpServletRequest request, String user, String password) {
        log.info("headers {}", request.getHeaders()); // want credential-in-log "request.getHeaders()"
        log.info("agent {}", request.getHeader("User-Agent")); // ok
        return ResponseEntity.badRequest().body("no login for " + user + " with " + password); // want credential-in-response ""no login for " + user + " with " + password"
    }

    String role(HttpServletRequest request, String token) {
        String[] parts = token.split("\\.");
        JSONObject claims = new JSONObject(new String(Base64.getUrlDecoder().decode(parts[1]))); // want jwt-unverified "JSONObject(new String(Base64.getUrlDecoder().decode(parts[1])))"
        return claims.getString("role");
    }

    String address(String user, String password) {
        return "https://gw.example.net/send?user=" + user + "&password=" + password; // want credential-in-url "https://gw.example.net/send?user="
    }

    String report(String number) {
        return "https://gw.example.net/report?number=" + number + "&format=json"; // ok
    }
}
