# The check of the peer switched off.
import ssl
import requests
import aiohttp

session = requests.Session()
session.verify = False  # want tls-verify-off "session.verify"
session.verify = "/etc/ssl/ca.pem"  # ok


def get(check):
    requests.get("https://api.example.org", verify=False)  # want tls-verify-off "verify"
    requests.get("https://api.example.org", verify=True)  # ok
    requests.get("https://api.example.org", verify=check)  # ok
    context = ssl.create_default_context()  # ok
    context.check_hostname = False  # ok
    context.verify_mode = ssl.CERT_NONE  # want tls-verify-off "ssl.CERT_NONE"
    aiohttp.TCPConnector(ssl=False)  # want tls-verify-off "ssl"
    ssl._create_default_https_context = ssl._create_unverified_context  # want tls-verify-off "ssl._create_unverified_context"
    old = ssl.SSLContext(ssl.PROTOCOL_TLSv1)  # want weak-tls-version "ssl.PROTOCOL_TLSv1"
    new = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # ok
    if context.verify_mode == ssl.CERT_NONE:  # ok
        raise ValueError


def names(context, verify):
    context.check_hostname = False  # want tls-verify-off "context.check_hostname"
