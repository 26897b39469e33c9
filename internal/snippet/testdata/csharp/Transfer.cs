// FTP and SSH.
class Transfer
{
    void Ftp(string password)
    {
        var request = (FtpWebRequest)WebRequest.Create("ftp://files.example.org/orders.csv"); // want plaintext-ftp "files.example.org"
        request.Credentials = new NetworkCredential("robot", password);
        var safe = (FtpWebRequest)WebRequest.Create("ftp://files.example.org/orders.csv"); // ok
        safe.EnableSsl = true;
        safe.Credentials = new NetworkCredential("robot", password);
    }

    void Ssh(string password, byte[] known)
    {
        var client = new SftpClient("files.example.org", "robot", password);
        client.HostKeyReceived += (sender, e) => { e.CanTrust = true; }; // want ssh-host-key-unchecked "e.CanTrust"
        client.HostKeyReceived += (sender, e) => { e.CanTrust = e.FingerPrint.SequenceEqual(known); }; // ok
    }
}
