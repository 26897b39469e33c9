// Passwords that are kept, answered and told, and the rules for them.
class Kept {
    private String token;

    String hash(String password) throws Exception {
        return DigestUtils.md5Hex(password); // want weak-password-hash "DigestUtils.md5Hex(password)"
    }

    String name(String mail) {
        return DigestUtils.md5Hex(mail); // ok
    }

    PasswordEncoder old() {
        return new MessageDigestPasswordEncoder("SHA-1"); // want weak-password-hash ""SHA-1""
    }

    PasswordEncoder good() {
        return new BCryptPasswordEncoder(12); // ok
    }

    static String encryptPassword(String password) {
        return Base64.getEncoder().encodeToString(password.getBytes()); // want base64-as-encryption "Base64.getEncoder().encodeToString(password.getBytes())"
    }

    static String encodeForHeader(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes()); // ok
    }

    ResponseEntity<?> show(User user) {
        return ResponseEntity.ok(Map.of("name", user.name(), "passwordHash", user.passwordHash())); // want credential-in-response ""passwordHash""
    }

    void check(String password) {
        if (password.length() < 6) { // want weak-password-policy "6"
            throw new IllegalArgumentException("too short: " + password); // want credential-in-error ""too short: " + password"
        }
        if (password.length() > 72) { // ok
            throw new IllegalArgumentException("too long"); // ok
        }
    }

    String token(RestTemplate rest, MultiValueMap<String, String> form) {
        form.add("grant_type", "client_credentials");
        token = (String) rest.postForObject("https://id.example.org/oauth2/token", form, Map.class).get("access_token"); // want token-expiry-ignored "rest.postForObject("https://id.example.org/oauth2/token", form, Map.class).get("access_token")"
        String own = (String) rest.postForObject("https://id.example.org/oauth2/token", form, Map.class).get("access_token"); // ok
        return own;
    }

    void mail(Properties mail) {
        mail.put("mail.smtp.host", "mail.example.org");
        mail.put("mail.smtp.auth", "true");
        mail.put("mail.smtp.starttls.enable", "false"); // want credential-over-plaintext "mail.put("mail.smtp.starttls.enable", "false")"
    }
}

class SignUp {
    @Size(min = 2) String name; // ok
    @Size(min = 6, max = 100) String password; // want weak-password-policy "6"
}
