<?php
// The check of the peer switched off.
$ch = curl_init('https://api.example.org');
curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false); // want tls-verify-off "false"
curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 0); // ok
$checked = curl_init('https://api.example.org');
curl_setopt($checked, CURLOPT_SSL_VERIFYPEER, true); // ok
curl_setopt($checked, CURLOPT_SSL_VERIFYHOST, 2); // ok
curl_setopt($checked, CURLOPT_SSL_VERIFYPEER, $settings->verify); // ok
function names($ch)
{
    curl_setopt($ch, CURLOPT_SSL_VERIFYHOST, 0); // want tls-verify-off "0"
}
$client = new \GuzzleHttp\Client(['verify' => false]); // want tls-verify-off "'verify'"
$own = new \GuzzleHttp\Client(['verify' => '/etc/ssl/ca.pem']); // ok
curl_setopt($checked, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_1); // want weak-tls-version "CURL_SSLVERSION_TLSv1_1"
$mail->SMTPOptions = array('ssl' => array('verify_peer' => false, 'verify_peer_name' => false)); // want tls-verify-off "'verify_peer'"
