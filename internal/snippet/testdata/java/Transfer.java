// FTP and SSH.
package shop;

public class Transfer {
    void ftp(String password) throws IOException {
        FTPClient client = new FTPClient();
        client.connect("files.example.org"); // want plaintext-ftp "files.example.org"
        client.login("robot", password);
        FTPSClient safe = new FTPSClient();
        safe.connect("files.example.org"); // ok
        safe.login("robot", password);
    }

    void ssh(JSch jsch, String password) throws JSchException {
        Session session = jsch.getSession("robot", "files.example.org", 22);
        session.setPassword(password);
        session.setConfig("StrictHostKeyChecking", "no"); // want ssh-host-key-unchecked "session.setConfig("StrictHostKeyChecking", "no")"
        Session strict = jsch.getSession("robot", "files.example.org", 22);
        strict.setPassword(password);
        strict.setConfig("StrictHostKeyChecking", "yes"); // ok
    }

    void sshj(SSHClient client, Path hosts, String password) throws IOException {
        SSHClient any = new SSHClient();
        any.addHostKeyVerifier(new PromiscuousVerifier()); // want ssh-host-key-unchecked "PromiscuousVerifier()"
        any.connect("files.example.org");
        any.authPassword("robot", password);
        client.loadKnownHosts(hosts); // ok
    }
}
