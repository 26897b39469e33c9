# Other credentials over http.
def orders(token, key)
  HTTParty.get('http://api.example.org/orders', headers: { 'Authorization' => "Bearer #{token}" }) # want credential-over-http "http://api.example.org/orders"
  HTTParty.get('https://api.example.org/orders', headers: { 'Authorization' => "Bearer #{token}" }) # ok
  request = Net::HTTP::Post.new(URI('http://shop.example.org/orders')) # want credential-over-http "http://shop.example.org/orders"
  request['X-Api-Key'] = key
  open = Net::HTTP::Get.new(URI('http://shop.example.org/status')) # ok
  open['Accept'] = 'application/json'
end
