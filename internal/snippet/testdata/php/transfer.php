<?php
// FTP.
$ftp = ftp_connect('files.example.org'); // want plaintext-ftp "files.example.org"
ftp_login($ftp, 'robot', $password);
$mirror = ftp_connect('mirror.example.org'); // want plaintext-ftp "mirror.example.org"
ftp_login($mirror, $user, getenv('FTP_PASSWORD'));
$safe = ftp_ssl_connect('files.example.org'); // ok
ftp_login($safe, 'robot', $password);
$sftp = new \phpseclib3\Net\SFTP('files.example.org'); // ok
$sftp->login('robot', $password);
