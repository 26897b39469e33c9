<?php
// Web tokens.
use Firebase\JWT\JWT;
use Firebase\JWT\Key;

$text = JWT::encode($claims, 'Winter-Lake-22', 'HS256'); // want hardcoded-credential "Winter-Lake-22"
$configured = JWT::encode($claims, getenv('TOKEN_KEY'), 'HS256'); // ok
$claims = JWT::decode($text, new Key('Winter-Lake-23', 'HS256')); // want hardcoded-credential "Winter-Lake-23"
$read = JWT::decode($text, new Key($key, 'RS256')); // ok
$open = Configuration::forUnsecuredSigner(); // want jwt-unverified "Configuration::forUnsecuredSigner()"
$old = JWT::decode($text, null, false); // want jwt-unverified "false"
$signed = Configuration::forSymmetricSigner(new Sha256(), $key); // ok
