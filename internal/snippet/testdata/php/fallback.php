<?php
// What is used where the environment says nothing.
$client = new GuzzleHttp\Client();
$password = getenv('SHOP_PASSWORD') ?: 'Winter-Lake-22'; // want fallback-credential "Winter-Lake-22"
$secret = $_ENV['SHOP_CLIENT_SECRET'] ?? 'Winter-Lake-23'; // want fallback-credential "Winter-Lake-23"
$config = ['password' => env('SHOP_PASSWORD', 'Winter-Lake-24')]; // want fallback-credential "Winter-Lake-24"
$none = getenv('SHOP_PASSWORD'); // ok
$user = getenv('SHOP_USER') ?: 'robot'; // ok

$queue = getenv('QUEUE_PASSWORD') ? getenv('QUEUE_PASSWORD') : 'Winter-Lake-31'; // want fallback-credential "Winter-Lake-31"
$host = getenv('QUEUE_HOST') ? getenv('QUEUE_HOST') : 'queue.example.org'; // ok
