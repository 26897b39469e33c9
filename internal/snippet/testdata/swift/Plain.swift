// Credentials over plain http, and certificates that nobody looks at.
import Foundation

func status(token: String) {
    var request = URLRequest(url: URL(string: "http://api.example.org/status")!) // want credential-over-http "http://api.example.org/status"
    request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
}

func report(token: String) {
    var request = URLRequest(url: URL(string: "https://api.example.org/status")!) // ok
    request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
}

func basic(user: String, password: String) {
    var request = URLRequest(url: URL(string: "http://api.example.org/basic")!) // want basic-auth-over-http "http://api.example.org/basic"
    request.setValue("Basic \(Data("\(user):\(password)".utf8).base64EncodedString())", forHTTPHeaderField: "Authorization")
}

func page() {
    var request = URLRequest(url: URL(string: "http://www.example.org/")!) // ok
    request.httpMethod = "GET"
}

func send(user: String, password: String) -> URL? {
    return URL(string: "https://gw.example.net/send?user=\(user)&password=\(password)") // want credential-in-url "https://gw.example.net/send?user="
}
