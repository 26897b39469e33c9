# Passwords that are kept, answered and told, and the rules for them.
require "digest"
require "jwt"
require "net/ldap"

class User
  validates :password, length: { minimum: 5 } # want weak-password-policy "5"
  validates :name, length: { minimum: 2 } # ok
  validates :password, length: { in: 14..72 } # ok

  def hash_password(password)
    Digest::SHA1.hexdigest(password) # want weak-password-hash "Digest::SHA1.hexdigest(password)"
  end

  def avatar
    Digest::MD5.hexdigest(email) # ok
  end

  def same?(password)
    secure_compare(Digest::SHA256.hexdigest(password), Digest::SHA256.hexdigest(ENV["ADMIN_PASSWORD"])) # ok
  end

  def encrypt(value)
    Base64.strict_encode64(value) # want base64-as-encryption "Base64.strict_encode64(value)"
  end

  def login(params, key)
    raise ArgumentError, "no login with #{params[:password]}" # want credential-in-error ""no login with #{params[:password]}""
    raise ArgumentError, "no login for #{params[:name]}" # ok
    cookies[:password] = params[:password] # want plaintext-credential-storage "cookies[:password] = params[:password]"
    cookies[:name] = params[:name] # ok
    JWT.encode({ sub: id, password: params[:password], exp: 1 }, key, "HS256") # want credential-in-token "password"
    render json: { name: name, password: user.password } # want credential-in-response "password"
  end

  def directory(password)
    Net::LDAP.new(host: "ldap.example.org", auth: { username: "cn=shop", password: password }) # want credential-over-plaintext "ldap.example.org"
    Net::LDAP.new(host: "ldap.example.org", encryption: :simple_tls, auth: { username: "cn=shop", password: password }) # ok
  end
end

Devise.setup do |config|
  config.password_length = 6..128 # want weak-password-policy "6"
end
