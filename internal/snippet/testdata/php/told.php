<?php
// Credentials that are logged and put into pages.
$client = new GuzzleHttp\Client();
error_log("$user logs in with $password"); // want credential-in-log ""$user logs in with $password""
$logger->debug('key ' . getenv('SHOP_API_KEY')); // want credential-in-log "'key ' . getenv('SHOP_API_KEY')"
$logger->debug('logging in ' . $user); // ok
error_log(strlen($password)); // ok
echo $password; // want credential-in-response "$password"
echo md5($password); // ok
echo $user; // ok
