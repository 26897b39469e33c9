# Basic credentials over http.
require 'net/http'

def orders(user, password)
  uri = URI('http://api.example.org/orders') # want basic-auth-over-http "http://api.example.org/orders"
  request = Net::HTTP::Get.new(uri)
  request.basic_auth user, password
  Net::HTTP.start(uri.hostname, uri.port) { |http| http.request(request) }
end

def rest(user, password)
  RestClient.get("http://shop.example.org/orders/#{id}", { Authorization: "Basic #{Base64.strict_encode64("#{user}:#{password}")}" }) # want basic-auth-over-http "http://shop.example.org/orders/"
  RestClient.get('https://shop.example.org/orders', { Authorization: "Basic #{Base64.strict_encode64("#{user}:#{password}")}" }) # ok
  RestClient.get('http://shop.example.org/status') # ok
  RestClient.get('http://localhost:3000/orders', { Authorization: "Basic #{pair}" }) # ok
end

def faraday(user, password)
  connection = Faraday.new(url: 'http://old.example.org') do |f| # want basic-auth-over-http "http://old.example.org"
    f.request :authorization, :basic, user, password
  end
  connection.get('/orders')
end
