# The check of the peer switched off.
http = Net::HTTP.new('api.example.org', 443)
http.use_ssl = true
http.verify_mode = OpenSSL::SSL::VERIFY_NONE # want tls-verify-off "OpenSSL::SSL::VERIFY_NONE"
http.verify_mode = OpenSSL::SSL::VERIFY_PEER # ok
http.min_version = OpenSSL::SSL::TLS1_1_VERSION # want weak-tls-version "OpenSSL::SSL::TLS1_1_VERSION"
Faraday.new('https://api.example.org', ssl: { verify: false }) # want tls-verify-off "verify"
Faraday.new('https://api.example.org', ssl: { verify: settings.verify }) # ok
RestClient::Request.execute(method: :get, url: 'https://api.example.org', verify_ssl: false) # want tls-verify-off "verify_ssl"
expect(http.verify_mode).to eq(OpenSSL::SSL::VERIFY_NONE) # ok
