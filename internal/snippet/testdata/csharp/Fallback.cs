// What is used where the environment says nothing.
class Fallback
{
    HttpClient client = new HttpClient();
    string password = Environment.GetEnvironmentVariable("SHOP_PASSWORD") ?? "Winter-Lake-22"; // want fallback-credential "Winter-Lake-22"
    string secret = configuration.GetValue("Shop:ClientSecret", "Winter-Lake-23"); // want fallback-credential "Winter-Lake-23"
    string queue = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("QUEUE_PASSWORD")) ? "Winter-Lake-31" : Environment.GetEnvironmentVariable("QUEUE_PASSWORD"); // want fallback-credential "Winter-Lake-31"
    string host = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("QUEUE_HOST")) ? "queue.example.org" : Environment.GetEnvironmentVariable("QUEUE_HOST"); // ok
    string none = Environment.GetEnvironmentVariable("SHOP_PASSWORD"); // ok
    string user = Environment.GetEnvironmentVariable("SHOP_USER") ?? "robot"; // ok
}
