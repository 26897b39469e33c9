# What is used where the environment says nothing.
Faraday.new('https://api.example.org')

password = ENV.fetch('SHOP_PASSWORD', 'Winter-Lake-22') # want fallback-credential "Winter-Lake-22"
secret = ENV['SHOP_CLIENT_SECRET'] || 'Winter-Lake-23' # want fallback-credential "Winter-Lake-23"
other = ENV.fetch('SHOP_PASSWORD') { 'Winter-Lake-24' } # want fallback-credential "Winter-Lake-24"
none = ENV.fetch('SHOP_PASSWORD') # ok
user = ENV.fetch('SHOP_USER', 'robot') # ok

queue = ENV['QUEUE_PASSWORD'].presence || 'Winter-Lake-31' # want fallback-credential "Winter-Lake-31"
host = ENV['QUEUE_HOST'].presence || 'queue.example.org' # ok
