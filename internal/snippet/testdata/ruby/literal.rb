# Literals that are given to clients.
PASSWORD = 'Winter-Lake-21' # want hardcoded-credential "Winter-Lake-21"

def orders(settings)
  request = Net::HTTP::Get.new(URI('https://api.example.org/orders'))
  request.basic_auth 'robot', 'Winter-Lake-22' # want hardcoded-credential "Winter-Lake-22"
  request.basic_auth('robot', PASSWORD)
  request.basic_auth settings.user, settings.password # ok
  request.basic_auth 'robot', ENV['SHOP_PASSWORD'] # ok
  request.basic_auth 'robot', ENV.fetch('SHOP_PASSWORD') { raise } # ok
  HTTParty.get('https://api.example.org/orders', basic_auth: { username: 'robot', password: 'Winter-Lake-23' }) # want hardcoded-credential "Winter-Lake-23"
  Mysql2::Client.new(host: 'db.example.org', username: 'shop', password: ENV.fetch('DB_PASSWORD', 'Winter-Lake-24')) # want fallback-credential "Winter-Lake-24"
  text = <<~TEXT
    request.basic_auth 'robot', 'Winter-Lake-25'
  TEXT
  pattern = /basic_auth 'robot', 'Winter-Lake-26'/
end
