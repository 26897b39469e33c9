// Basic credentials over http.
using System.Net.Http.Headers;

class Basic
{
    async Task Orders(string user, string password)
    {
        var client = new HttpClient { BaseAddress = new Uri("http://api.example.org/") }; // want basic-auth-over-http "http://api.example.org/"
        var pair = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user}:{password}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
        await client.GetAsync("orders");
        var safe = new HttpClient();
        safe.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", pair);
        await safe.GetAsync("https://api.example.org/orders"); // ok
        var open = new HttpClient();
        await open.GetAsync("http://api.example.org/status"); // ok
    }

    void Old(string user, string password)
    {
        var request = (HttpWebRequest)WebRequest.Create("http://old.example.org/orders"); // want basic-auth-over-http "http://old.example.org/orders"
        request.Method = "GET";
        request.Credentials = new NetworkCredential(user, password);
        var local = (HttpWebRequest)WebRequest.Create("http://localhost:8080/orders"); // ok
        local.Credentials = new NetworkCredential(user, password);
    }
}
