# Credentials that are printed and logged.
require 'faraday'

Faraday.new('https://api.example.org')

def login(user, password)
  logger.debug("#{user} logs in with #{password}") # want credential-in-log ""#{user} logs in with #{password}""
  puts ENV['SHOP_API_KEY'] # want credential-in-log "ENV['SHOP_API_KEY']"
  puts "token: #{answer['access_token']}" # want credential-in-log ""token: #{answer['access_token']}""
  puts user # ok
  puts password.length # ok
  Rails.logger.info("#{user} logs in") # ok
end
