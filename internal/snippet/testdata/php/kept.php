<?php
// Passwords that are kept, answered and told, and the rules for them.
class Users
{
    public function hash($password) { return md5($password); } // want weak-password-hash "md5($password)"
    public function avatar($email) { return md5($email); } // ok
    public function slow($password) { return password_hash($password, PASSWORD_BCRYPT, ['cost' => 4]); } // want weak-password-hash "'cost'"
    public function better($password) { return password_hash($password, PASSWORD_BCRYPT, ['cost' => 12]); } // ok
    public function encrypt($value) { return base64_encode($value); } // want base64-as-encryption "base64_encode($value)"

    public function rules()
    {
        return [
            'password' => 'required|min:6', // want weak-password-policy "'required|min:6'"
            'new_password' => ['required', 'min:12'], // ok
            'name' => 'required|min:2', // ok
        ];
    }

    public function fail($password)
    {
        throw new RuntimeException("no login with $password"); // want credential-in-error ""no login with $password""
    }

    public function show($user)
    {
        return response()->json(['name' => $user->name, 'password' => $user->password]); // want credential-in-response "'password'"
    }

    public function send($user, $password)
    {
        $query = http_build_query(['user' => $user, 'password' => $password]);
        file_get_contents('https://sms.example.org/send?' . $query); // want credential-in-url "https://sms.example.org/send?"
        ldap_bind(ldap_connect('ldaps://ldap.example.org'), 'cn=shop', $password); // ok
        $directory = ldap_connect('ldap://ldap.example.org'); // want credential-over-plaintext "ldap.example.org"
        ldap_bind($directory, 'cn=shop', $password);
    }
}
