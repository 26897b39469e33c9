<?php
// Tokens that are read without a check.
use Lcobucci\JWT\Configuration;

function user($config, $text) {
    $token = $config->parser()->parse($text); // want jwt-unverified "$config->parser()->parse($text)"
    return $token->claims()->get('sub');
}

function role($config, $text) {
    return $config->parser()->parse($text)->claims()->get('role'); // want jwt-unverified "$config->parser()->parse($text)"
}

function key($config, $text) {
    return $config->parser()->parse($text)->headers()->get('kid'); // ok
}

function checked($config, $text) {
    $token = $config->parser()->parse($text); // ok
    $config->validator()->assert($token, ...$config->validationConstraints());
    return $token->claims()->get('sub');
}
