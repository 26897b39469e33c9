// Other credentials over http.
class Plain
{
    async Task Orders(string token, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "http://api.example.org/orders"); // want credential-over-http "http://api.example.org/orders"
        request.Headers.Add("Authorization", "Bearer " + token);
        var safe = new HttpRequestMessage(HttpMethod.Get, "https://api.example.org/orders"); // ok
        safe.Headers.Add("Authorization", "Bearer " + token);
        var client = new RestClient("http://shop.example.org"); // want credential-over-http "http://shop.example.org"
        client.AddDefaultHeader("X-Api-Key", key);
        var open = new RestClient("http://shop.example.org/public"); // ok
        open.AddDefaultHeader("Accept", "application/json");
    }
}
