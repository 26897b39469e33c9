// Passwords in mails, answers and addresses; headers told as a whole; the end of
// tokens; entries of collections.
class Message
{
    void Welcome(User user, string password, string link)
    {
        var mail = new MailMessage();
        mail.Body = $"Your password is {password}"; // want credential-in-message "Your password is "
        _sms.SendSms(user.Phone, "Passwort: " + password); // want credential-in-message "Passwort: "
        mail.Body = $"Reset your password: {link}"; // ok
        _sms.SendSms(user.Phone, "Code: " + code); // ok
    }

    IActionResult Login(string user, string password)
    {
        _logger.LogInformation("headers {Headers}", Request.Headers); // want credential-in-log "Request.Headers"
        _logger.LogInformation("agent {Agent}", Request.Headers["User-Agent"]); // ok
        return BadRequest($"no login for {user} with {password}"); // want credential-in-response "$"no login for {user} with {password}""
    }

    void Setup(JwtBearerOptions o)
    {
        o.TokenValidationParameters = new TokenValidationParameters
        {
            ValidateIssuer = true,
            ValidateLifetime = false, // want jwt-unverified "ValidateLifetime"
        };
        o.TokenValidationParameters = new TokenValidationParameters { ValidateLifetime = true }; // ok
    }

    FormUrlEncodedContent Form() => new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Environment.GetEnvironmentVariable("SHOP_USER"),
        ["client_secret"] = Environment.GetEnvironmentVariable("SHOP_PASSWORD"), // want password-as-client-secret "Environment.GetEnvironmentVariable("SHOP_PASSWORD")"
    });

    string Address(string user, string pw) => $"https://gw.example.net/send?user={user}&password={pw}"; // want credential-in-url "https://gw.example.net/send?user="

    string Report(string number) => $"https://gw.example.net/report?number={number}&format=json"; // ok
}
