// Tokens that are read without a check.
class Peek : ControllerBase
{
    string User(HttpContext context)
    {
        var token = new JwtSecurityTokenHandler().ReadJwtToken(context.Request.Headers["X-Token"]); // want jwt-unverified "JwtSecurityTokenHandler().ReadJwtToken(context.Request.Headers["X-Token"])"
        return token.Subject;
    }

    string Role(string text)
    {
        var handler = new JwtSecurityTokenHandler();
        return handler.ReadJwtToken(text).Claims.First(c => c.Type == "role").Value; // want jwt-unverified "handler.ReadJwtToken(text)"
    }

    DateTime Ends(string text)
    {
        return new JwtSecurityTokenHandler().ReadJwtToken(text).ValidTo; // ok
    }

    string Checked(string text, TokenValidationParameters parameters)
    {
        var handler = new JwtSecurityTokenHandler();
        handler.ValidateToken(text, parameters, out var token);
        return handler.ReadJwtToken(text).Subject; // ok
    }
}
