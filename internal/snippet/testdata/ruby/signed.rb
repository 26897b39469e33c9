# Tokens that are signed here, for those who take them and for those who do not.
require 'rest-client'

def deliver(claims, key, token, body)
  signed = JWT.encode(claims, key, 'HS256') # want locally-signed-token "JWT.encode(claims, key, 'HS256')"
  RestClient.post('https://us.sms.api.sinch.com/xms/v1/plan/batches', body, { Authorization: "Bearer #{signed}" })
  other = JWT.encode(claims, key, 'HS512') # want locally-signed-token "JWT.encode(claims, key, 'HS512')"
  RestClient.post('https://us.sms.api.sinch.com/xms/v1/plan/batches', body, { Authorization: 'Bearer ' + other })
  own = JWT.encode(claims, key, 'HS256') # ok
  RestClient.post('https://api.example.org/orders', body, { Authorization: "Bearer #{own}" })
  RestClient.post('https://us.sms.api.sinch.com/xms/v1/plan/batches', body, { Authorization: "Bearer #{token}" }) # ok
end
