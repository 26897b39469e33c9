// The check of the peer switched off.
package shop;

public class Unverified {
    private static final TrustManager[] ALL = new TrustManager[] {new X509TrustManager() {
        public void checkClientTrusted(X509Certificate[] chain, String type) {} // ok
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {} // want tls-verify-off "checkServerTrusted"
        public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
    }};

    void hosts(OkHttpClient.Builder builder) throws Exception {
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true); // want tls-verify-off "(host, session) -> true"
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> known.contains(host)); // ok
        HttpClients.custom().setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE).build(); // want tls-verify-off "NoopHostnameVerifier.INSTANCE"
        SSLContext old = SSLContext.getInstance("TLSv1"); // want weak-tls-version ""TLSv1""
        SSLContext context = SSLContext.getInstance("TLSv1.2"); // ok
    }

    class Checking implements X509TrustManager {
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException { // ok
            inner.checkServerTrusted(chain, type);
        }
    }
}
