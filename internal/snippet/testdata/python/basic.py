# Basic credentials over http.
import base64
import urllib.request
import requests
from requests.auth import HTTPBasicAuth

BASE = "http://api.example.org"  # want basic-auth-over-http "http://api.example.org"


def orders(user, password):
    requests.get(BASE + "/orders", auth=(user, password), timeout=5)
    requests.get("https://api.example.org/orders", auth=(user, password))  # ok
    requests.get("http://api.example.org/status")  # ok


class Shop:
    def __init__(self, user, password):
        self.session = requests.Session()
        self.session.auth = HTTPBasicAuth(user, password)

    def orders(self):
        return self.session.get("http://shop.example.org/orders")  # want basic-auth-over-http "http://shop.example.org/orders"

    def local(self):
        return self.session.get("http://localhost:8080/orders")  # ok


def header(user, password):
    pair = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    request = urllib.request.Request("http://old.example.org/sms")  # want basic-auth-over-http "http://old.example.org/sms"
    request.add_header("Authorization", "Basic %s" % pair)
    return urllib.request.urlopen(request)


def another(request, pair):
    request.add_header("Authorization", "Basic " + pair)  # ok
