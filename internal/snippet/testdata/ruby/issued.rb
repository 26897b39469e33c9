# Access tokens and what is known of their end.
require 'rest-client'

class Client
  def login
    answer = JSON.parse(RestClient.post('https://api.example.org/oauth2/token', { grant_type: 'client_credentials' }).body)
    @token = answer['access_token'] # want token-expiry-ignored "answer['access_token']"
  end

  def sign_in
    answer = JSON.parse(RestClient.post('https://api.example.org/oauth2/token', { grant_type: 'client_credentials' }).body)
    @token = answer['access_token'] # want token-expiry-ignored "answer['access_token']"
  end

  def once
    JSON.parse(RestClient.post('https://api.example.org/oauth2/token', { grant_type: 'client_credentials' }))['access_token'] # ok
  end

  def stored(settings)
    @token = settings['access_token'] # ok
  end
end
