# Access tokens and what is known of their end.
import requests


class Client:
    def login(self, client_id, key):
        answer = requests.post("https://api.example.org/oauth2/token", data={"grant_type": "client_credentials"}, auth=(client_id, key))
        self.token = answer.json()["access_token"]  # want token-expiry-ignored "answer.json()["access_token"]"

    def sign_in(self, client_id, key):
        answer = requests.post("https://api.example.org/oauth2/token", data={"grant_type": "client_credentials"}, auth=(client_id, key)).json()
        token = answer.get("access_token")  # want token-expiry-ignored "answer.get("access_token")"
        self.bearer = token

    def once(self, client_id, key):
        answer = requests.post("https://api.example.org/oauth2/token", data={"grant_type": "client_credentials"}, auth=(client_id, key))
        return answer.json()["access_token"]  # ok

    def stored(self, settings):
        self.token = settings["access_token"]  # ok
