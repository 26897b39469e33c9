<?php
// Passwords in mails, logs and addresses; headers told as a whole; tokens that
// are read by hand.
function welcome($user, $password, $link) {
    mail($user->email, 'Welcome', "Hello, your password is $password"); // want credential-in-message "Hello, your password is "
    $mail->Body = "Ihr Passwort: " . $password; // want credential-in-message "Ihr Passwort: "
    mail($user->email, 'Reset', "Reset your password: $link"); // ok
    $mail->Body = "Hello " . $user->name; // ok
}

function show($request) {
    error_log(json_encode(getallheaders())); // want credential-in-log "json_encode(getallheaders())"
    error_log("agent " . $_SERVER['HTTP_USER_AGENT']); // ok
    Log::info('request', ['headers' => $request->headers->all()]); // want credential-in-log "['headers' => $request->headers->all()]"
}

function role($token) {
    $claims = json_decode(base64_decode(explode('.', $token)[1])); // want jwt-unverified "json_decode(base64_decode(explode('.', $token)[1]))"
    return $claims->role;
}

function keyId($token) {
    $header = json_decode(base64_decode(explode('.', $token)[0])); // ok
    return $header->kid;
}

function call($user, $password) {
    curl_setopt($ch, CURLOPT_POSTFIELDS, json_encode(['user' => $user, 'secret' => $secret])); // ok
    return "https://gw.example.net/send?user=$user&password=$password"; // want credential-in-url "https://gw.example.net/send?user="
}
