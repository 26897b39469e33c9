# Literals that are given to clients.
import os
import requests
from requests.auth import HTTPBasicAuth
from twilio.rest import Client

PASSWORD = "Winter-Lake-21"  # want hardcoded-credential "Winter-Lake-21"


def orders(settings):
    requests.get("https://api.example.org/orders", auth=("robot", "Winter-Lake-22"))  # want hardcoded-credential "Winter-Lake-22"
    requests.get("https://api.example.org/orders", auth=HTTPBasicAuth("robot", PASSWORD))
    requests.get("https://api.example.org/orders", auth=("robot", os.environ["SHOP_PASSWORD"]))  # ok
    requests.get("https://api.example.org/orders", auth=(settings.user, settings.password))  # ok
    requests.get("https://api.example.org/orders", auth=("robot", "<password>"))  # ok
    requests.get("https://api.example.org/orders", auth=("robot", os.getenv("SHOP_PASSWORD", "Winter-Lake-23")))  # want fallback-credential "Winter-Lake-23"


def database():
    psycopg2.connect(host="db.example.org", user="shop", password='Winter-\x4cake-24')  # want hardcoded-credential "Winter-\x4cake-24"
    psycopg2.connect(host="db.example.org", user="shop", password=getpass())  # ok
    return """
    requests.get("https://api.example.org/orders", auth=("robot", "Winter-Lake-25"))
    """


def sdk():
    return Client(os.environ["TWILIO_API_KEY"], "{{hex 32}}")  # want hardcoded-credential "{{hex 32}}"
