// Tokens that are signed here, for those who take them and for those who do not.
class Signed
{
    void Send(byte[] key, string token)
    {
        var signed = Jose.JWT.Encode(claims, key, JwsAlgorithm.HS256); // want locally-signed-token "Jose.JWT.Encode(claims, key, JwsAlgorithm.HS256)"
        var request = new HttpRequestMessage(HttpMethod.Post, "https://us.sms.api.sinch.com/xms/v1/plan/batches");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", signed);
        var other = new JwtSecurityTokenHandler().WriteToken(descriptor); // want locally-signed-token "JwtSecurityTokenHandler().WriteToken(descriptor)"
        var second = new HttpRequestMessage(HttpMethod.Post, "https://us.sms.api.sinch.com/xms/v1/plan/batches");
        second.Headers.Authorization = new AuthenticationHeaderValue("Bearer", other);
        var own = Jose.JWT.Encode(claims, key, JwsAlgorithm.HS256); // ok
        var third = new HttpRequestMessage(HttpMethod.Post, "https://api.example.org/orders");
        third.Headers.Authorization = new AuthenticationHeaderValue("Bearer", own);
        var fourth = new HttpRequestMessage(HttpMethod.Post, "https://us.sms.api.sinch.com/xms/v1/plan/batches");
        fourth.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token); // ok
    }
}
