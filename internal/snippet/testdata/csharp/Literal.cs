// Literals that are given to clients.
using System.Net;

class Literal
{
    private const string Password = "Winter-Lake-21"; // want hardcoded-credential "Winter-Lake-21"

    void Credentials(IConfiguration configuration)
    {
        var login = new NetworkCredential("robot", "Winter-Lake-22"); // want hardcoded-credential "Winter-Lake-22"
        var named = new NetworkCredential { UserName = "robot", Password = @"Winter""Lake-23" }; // want hardcoded-credential "Winter""Lake-23"
        var shared = new NetworkCredential("robot", Password);
        var configured = new NetworkCredential("robot", Environment.GetEnvironmentVariable("SHOP_PASSWORD")); // ok
        var read = new NetworkCredential(configuration["Shop:User"], configuration["Shop:Password"]); // ok
        var placeholder = new NetworkCredential("robot", "<password>"); // ok
    }

    void Database()
    {
        using var connection = new SqlConnection("Server=db.example.org;Database=shop;User Id=shop;Password=Winter-Lake-24;"); // want hardcoded-credential "Winter-Lake-24"
        using var trusted = new SqlConnection("Server=db.example.org;Database=shop;Integrated Security=true;"); // ok
    }
}
