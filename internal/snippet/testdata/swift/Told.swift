// Credentials in logs, and passwords that are kept on the device.
import Foundation

final class Login {
    func login(user: String, password: String) {
        session.dataTask(with: request) { data, _, err in
            guard let data, let t = try? JSONDecoder().decode([String: String].self, from: data)["token"] else { return }
            NSLog("logged in with %@", t) // want credential-in-log "t"
        }.resume()
        print("password is \(password)") // want credential-in-log ""password is \(password)""
        print("user is \(user)") // ok
        logger.debug("password \(passwordField.text)") // want credential-in-log ""password \(passwordField.text)""
        UserDefaults.standard.set(password, forKey: "password") // want plaintext-credential-storage "UserDefaults.standard.set(password, forKey: "password")"
        UserDefaults.standard.set(user, forKey: "user") // ok
        UserDefaults.standard.set(true, forKey: "password") // ok
    }
}
