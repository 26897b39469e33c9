# Passwords in mails, errors and answers; headers told as a whole; the end of
# tokens; what is mixed into digests.
require "jwt"

class Accounts
  def welcome(user, password, link)
    Mailer.send_mail(to: user.email, body: "Your password is #{password}") # want credential-in-message "Your password is "
    sms.send_message(user.phone, "Clave: #{password}") # want credential-in-message "Clave: "
    Mailer.send_mail(to: user.email, body: "Reset your password: #{link}") # ok
    Mailer.send_mail(to: user.email, body: "Hello #{user.name}") # ok
  end

  def show
    Rails.logger.info("headers #{request.headers.to_h}")
    logger.info request.headers # want credential-in-log "request.headers"
    logger.info request.headers["Accept"] # ok
  end

  def mobile(raw, key)
    JWT.decode(raw, key, true, algorithm: "HS256", verify_expiration: false) # want jwt-unverified "verify_expiration"
  end

  def strict(raw, key)
    JWT.decode(raw, key, true, algorithm: "HS256", verify_expiration: true) # ok
  end

  def cifrar(clave)
    Base64.strict_encode64(clave) # want base64-as-encryption "Base64.strict_encode64(clave)"
  end

  def attachment(pdf)
    Base64.strict_encode64(pdf) # ok
  end
end

Devise.setup do |config|
  config.pepper = "{{hex 40}}" # want hardcoded-credential "efdb56790e4995a3d171e2a4d2f0accb0d5bd796"
  config.pepper = ENV["DEVISE_PEPPER"] # ok
end
