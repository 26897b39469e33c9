<?php
// Tokens that are signed here, for those who take them and for those who do not.
use Firebase\JWT\JWT;

$client = new GuzzleHttp\Client();
$signed = JWT::encode($claims, $key, 'HS256'); // want locally-signed-token "JWT::encode($claims, $key, 'HS256')"
$client->post('https://us.sms.api.sinch.com/xms/v1/plan/batches', ['headers' => ['Authorization' => 'Bearer ' . $signed]]);
$other = JWT::encode($claims, $key, 'HS512'); // want locally-signed-token "JWT::encode($claims, $key, 'HS512')"
$client->post('https://us.sms.api.sinch.com/xms/v1/plan/batches', ['headers' => ['Authorization' => "Bearer $other"]]);
$own = JWT::encode($claims, $key, 'HS256'); // ok
$client->post('https://api.example.org/orders', ['headers' => ['Authorization' => 'Bearer ' . $own]]);
$client->post('https://us.sms.api.sinch.com/xms/v1/plan/batches', ['headers' => ['Authorization' => 'Bearer ' . $token]]); // ok
