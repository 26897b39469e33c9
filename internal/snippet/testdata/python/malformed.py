# Values of Authorization that no server takes.
import base64
import requests


def send(user, password, token):
    header = "Base " + base64.b64encode((user + ":" + password).encode()).decode()  # want malformed-authorization ""Base " + base64.b64encode((user + ":" + password).encode()).decode()"
    requests.get("https://api.example.org", headers={"Authorization": "Bearer Bearer " + token})  # want malformed-authorization ""Bearer Bearer " + token"
    requests.get("https://api.example.org", headers={"Authorization": "Bearer " + token})  # ok
    requests.get("https://api.example.org", headers={"Authorization": f"Basic {user}:{password}"})  # want malformed-authorization "f"Basic {user}:{password}""
