<html lang="en"><p>It's not code: $client = new Client(['auth' => ['robot', 'Winter-Lake-20']]);</p>
<?php
// Literals that are given to clients.
use GuzzleHttp\Client;

const PASSWORD = 'Winter-Lake-21'; // want hardcoded-credential "Winter-Lake-21"

function orders(array $settings): void
{
    $client = new Client(['base_uri' => 'https://api.example.org', 'auth' => ['robot', 'Winter-Lake-22']]); // want hardcoded-credential "Winter-Lake-22"
    $read = new Client(['base_uri' => 'https://api.example.org', 'auth' => [$settings['user'], $settings['password']]]); // ok
    $ch = curl_init('https://api.example.org/orders');
    curl_setopt($ch, CURLOPT_USERPWD, 'robot:Winter-Lake-23'); // want hardcoded-credential "Winter-Lake-23"
    curl_setopt($ch, CURLOPT_USERPWD, 'robot:' . getenv('SHOP_PASSWORD')); // ok
    curl_setopt($ch, CURLOPT_USERPWD, "robot:$password"); // ok
    $db = new PDO('mysql:host=db.example.org;dbname=shop', 'shop', PASSWORD);
    $other = new PDO('mysql:host=db.example.org;dbname=shop', 'shop', $_ENV['DB_PASSWORD']); // ok
    $fallback = new mysqli('db.example.org', 'shop', getenv('DB_PASSWORD') ?: 'Winter-Lake-24'); // want fallback-credential "Winter-Lake-24"
    $text = <<<TEXT
    new PDO('mysql:host=db.example.org', 'shop', 'Winter-Lake-25');
    TEXT;
}
?>
<p>new PDO('mysql:host=db.example.org', 'shop', 'Winter-Lake-26');</p>
