<?php
// Other credentials over http.
$client = new \GuzzleHttp\Client();
$client->post('http://api.example.org/orders', ['headers' => ['Authorization' => 'Bearer ' . $token], 'json' => ['id' => 1]]); // want credential-over-http "http://api.example.org/orders"
$client->post('https://api.example.org/orders', ['headers' => ['Authorization' => 'Bearer ' . $token]]); // ok
$context = stream_context_create(['http' => ['header' => "X-Api-Key: $key"]]);
$orders = file_get_contents('http://shop.example.org/orders', false, $context); // want credential-over-http "http://shop.example.org/orders"
$open = file_get_contents('http://shop.example.org/status'); // ok
$namespace = 'http://schemas.example.org/soap'; // ok
