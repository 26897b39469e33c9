// Passwords in mails, logs of devices and addresses; what hides by Base64.
object Message {
    fun welcome(user: User, password: String, link: String) {
        mailer.sendMail(user.email, "Welcome", "Your password is $password") // want credential-in-message "Your password is "
        smsManager.sendTextMessage(user.phone, null, "Wachtwoord: ${user.first}", null, null) // want credential-in-message "Wachtwoord: "
        mailer.sendMail(user.email, "Reset", "Reset your password: $link") // ok
        Log.d("login", "password $password") // want credential-in-log ""password $password""
        Log.d("login", "user ${user.name}") // ok
        Log.d("login", passwordField.text.toString()) // want credential-in-log "passwordField.text.toString()"
    }

    fun status(id: String): Request =
        Request.Builder().url("http://lock.example.net/v1/lock/$id") // want basic-auth-over-http "http://lock.example.net/v1/lock/"
            .header("Authorization", Credentials.basic("app", BuildConfig.LOCK_PASSWORD))
            .build()

    fun rides(id: String): Request =
        Request.Builder().url("https://api.example.net/v2/rides?limit=20").build() // ok

    fun hidePin(pin: String): String = Base64.encodeToString(pin.toByteArray(), Base64.NO_WRAP) // want base64-as-encryption "Base64.encodeToString(pin.toByteArray(), Base64.NO_WRAP)"

    fun avatar(bytes: ByteArray): String = Base64.encodeToString(bytes, Base64.NO_WRAP) // ok

    fun address(user: String, password: String) = "https://gw.example.net/send?user=$user&password=$password" // want credential-in-url "https://gw.example.net/send?user="
}
