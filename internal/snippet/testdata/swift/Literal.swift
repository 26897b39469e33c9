// Literal credentials in headers and logins.
import Foundation

func orders() {
    var request = URLRequest(url: URL(string: "https://api.example.org/orders")!)
    request.setValue("Bearer {{random 32}}", forHTTPHeaderField: "Authorization") // want hardcoded-credential "sLDXdDywWD6RWpqDc2NPdXhXnL3DGg4w"
    request.addValue("{{random 24}}", forHTTPHeaderField: "X-Api-Key") // want hardcoded-credential "qUaYyY7MZGYeMnwTDe4NHSrD"
    request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") // ok
    request.setValue("application/json", forHTTPHeaderField: "Accept") // ok
}
