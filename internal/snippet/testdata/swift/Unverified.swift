// Certificates that nobody looks at.
import Foundation

final class Delegate: NSObject, URLSessionDelegate {
    func urlSession(_ session: URLSession, didReceive challenge: URLAuthenticationChallenge,
                    completionHandler done: @escaping (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {
        done(.useCredential, URLCredential(trust: challenge.protectionSpace.serverTrust!)) // want tls-verify-off "trust"
    }

    func other(challenge: URLAuthenticationChallenge, done: (URLSession.AuthChallengeDisposition, URLCredential?) -> Void) {
        done(.performDefaultHandling, nil) // ok
        done(.useCredential, URLCredential(user: user, password: password, persistence: .none)) // ok
    }
}

let trust = ServerTrustManager(evaluators: ["api.example.org": DisabledTrustEvaluator()]) // want tls-verify-off "DisabledTrustEvaluator()"
let checked = ServerTrustManager(evaluators: ["api.example.org": DefaultTrustEvaluator()]) // ok
