// Passwords that are kept, answered and told, and the rules for them.
class Kept
{
    string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password))); // want weak-password-hash "SHA1.HashData(Encoding.UTF8.GetBytes(password))"
    string Etag(string body) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(body))); // ok
    string EncryptSecret(string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)); // want base64-as-encryption "Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))"
    string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)); // ok
    IActionResult Show(User user) { return Ok(new { user.Name, user.Password }); } // want credential-in-response "user.Password"
    IActionResult Has(User user) { return Ok(new { user.Name, HasPassword = user.Password != null }); } // ok
    void Fail(string password) { throw new InvalidOperationException($"no login with {password}"); } // want credential-in-error "$"no login with {password}""

    void Configure(IServiceCollection services)
    {
        services.Configure<IdentityOptions>(options => { options.Password.RequiredLength = 6; }); // want weak-password-policy "6"
        services.Configure<IdentityOptions>(options => { options.Password.RequiredLength = 14; }); // ok
    }

    void Mail(string password)
    {
        var mail = new SmtpClient("mail.example.org", 25); // want credential-over-plaintext "mail.example.org"
        mail.Authenticate("shop", password);
        var safe = new SmtpClient("mail.example.org", 465) { EnableSsl = true }; // ok
        safe.Authenticate("shop", password);
    }
}

class SignUp
{
    [MinLength(5)] // want weak-password-policy "5"
    public string Password { get; set; }
    [MinLength(2)] // ok
    public string Name { get; set; }
}
