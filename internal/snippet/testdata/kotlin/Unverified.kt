// The check of the peer switched off.
package shop

fun client(known: Set<String>): OkHttpClient {
    val all = object : X509TrustManager {
        override fun checkClientTrusted(chain: Array<X509Certificate>, type: String) {} // ok
        override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) {} // want tls-verify-off "checkServerTrusted"
        override fun getAcceptedIssuers() = arrayOf<X509Certificate>()
    }
    val checked = OkHttpClient.Builder().hostnameVerifier { host, _ -> host in known }.build() // ok
    SSLContext.getInstance("TLSv1.1") // want weak-tls-version ""TLSv1.1""
    SSLContext.getInstance("TLSv1.3") // ok
    return OkHttpClient.Builder().hostnameVerifier { _, _ -> true }.build() // want tls-verify-off "{ _, _ -> true }"
}
