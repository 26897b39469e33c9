// The check of the peer switched off.
class Unverified
{
    void Clients(string thumbprint)
    {
        var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => true, // want tls-verify-off "ServerCertificateCustomValidationCallback"
        };
        var any = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }; // want tls-verify-off "HttpClientHandler.DangerousAcceptAnyServerCertificateValidator"
        var pinned = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (message, certificate, chain, errors) => certificate.Thumbprint == thumbprint, // ok
        };
        ServicePointManager.ServerCertificateValidationCallback += delegate { return true; }; // want tls-verify-off "ServicePointManager.ServerCertificateValidationCallback"
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls | SecurityProtocolType.Tls12; // want weak-tls-version "SecurityProtocolType.Tls"
        ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12; // ok
    }
}
