// Credentials that are printed and logged.
class Told
{
    async Task Login(string user, string password)
    {
        var client = new HttpClient();
        var answer = await client.PostAsync("https://api.example.org/oauth2/token", content);
        Console.WriteLine(answer.StatusCode); // ok
        Console.WriteLine(await answer.Content.ReadAsStringAsync()); // want credential-in-log "answer.Content.ReadAsStringAsync()"
        _logger.LogInformation($"{user} logs in with {password}"); // want credential-in-log "$"{user} logs in with {password}""
        _logger.LogInformation("{User} has {Token}", user, token.AccessToken); // want credential-in-log "token.AccessToken"
        _logger.LogInformation("{User} logs in", user); // ok
        Console.WriteLine(Mask(password)); // ok
        Console.WriteLine(password.Length); // ok
    }
}
