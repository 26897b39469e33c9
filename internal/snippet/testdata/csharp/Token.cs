// Web tokens.
class Token
{
    string Sign(IConfiguration configuration, RsaSecurityKey key)
    {
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes("Winter-Lake-22")); // want hardcoded-credential "Winter-Lake-22"
        var configured = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(configuration["Token:Key"])); // ok
        var text = Jose.JWT.Encode(claims, "Winter-Lake-23", JwsAlgorithm.HS256); // want hardcoded-credential "Winter-Lake-23"
        var open = Jose.JWT.Encode(claims, null, JwsAlgorithm.none); // want jwt-unverified "JwsAlgorithm.none"
        return new SigningCredentials(key, SecurityAlgorithms.RsaSha256).ToString(); // ok
    }

    TokenValidationParameters Read(SecurityKey key)
    {
        var any = new TokenValidationParameters { RequireSignedTokens = false, ValidateIssuer = false }; // want jwt-unverified "RequireSignedTokens"
        return new TokenValidationParameters { RequireSignedTokens = true, IssuerSigningKey = key }; // ok
    }
}
