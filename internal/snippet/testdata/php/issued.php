<?php
// Access tokens and what is known of their end.
class Client
{
    public function login()
    {
        $client = new GuzzleHttp\Client();
        $answer = json_decode($client->post('https://api.example.org/oauth2/token', ['form_params' => ['grant_type' => 'client_credentials']])->getBody(), true);
        $this->token = $answer['access_token']; // want token-expiry-ignored "$answer['access_token']"
    }

    public function signIn()
    {
        $client = new GuzzleHttp\Client();
        $answer = json_decode($client->post('https://api.example.org/oauth2/token', ['form_params' => ['grant_type' => 'client_credentials']])->getBody());
        $this->token = $answer->access_token; // want token-expiry-ignored "$answer->access_token"
    }

    public function once()
    {
        $client = new GuzzleHttp\Client();
        $answer = json_decode($client->post('https://api.example.org/oauth2/token', ['form_params' => ['grant_type' => 'client_credentials']])->getBody());
        return $answer->access_token; // ok
    }

    public function stored($settings)
    {
        $this->token = $settings->access_token; // ok
    }
}
