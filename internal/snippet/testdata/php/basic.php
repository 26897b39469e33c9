<?php
// Basic credentials over http.
use GuzzleHttp\Client;

function curl($user, $password)
{
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_URL, "http://api.example.org/orders/$id"); // want basic-auth-over-http "http://api.example.org/orders/"
    curl_setopt($ch, CURLOPT_USERPWD, $user . ':' . $password);
    curl_exec($ch);
    $safe = curl_init('https://api.example.org/orders'); // ok
    curl_setopt($safe, CURLOPT_USERPWD, $user . ':' . $password);
    $open = curl_init('http://api.example.org/status'); // ok
    curl_exec($open);
}

function header_line($user, $password)
{
    $ch = curl_init('http://old.example.org/sms'); // want basic-auth-over-http "http://old.example.org/sms"
    curl_setopt_array($ch, [
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_HTTPHEADER => ['Accept: application/json', 'Authorization: Basic ' . base64_encode("$user:$password")],
    ]);
}

function guzzle($user, $password)
{
    $client = new Client(['base_uri' => 'http://shop.example.org/']); // want basic-auth-over-http "http://shop.example.org/"
    $client->request('GET', 'orders', ['auth' => [$user, $password]]);
    $local = new Client(['base_uri' => 'http://localhost:8080/', 'auth' => [$user, $password]]); // ok
}
