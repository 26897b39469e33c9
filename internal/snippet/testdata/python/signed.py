# Tokens that are signed here, for those who take them and for those who do not.
import jwt
import requests


def send(claims, key, token, body):
    signed = jwt.encode(claims, key, algorithm="HS256")  # want locally-signed-token "jwt.encode(claims, key, algorithm="HS256")"
    requests.post("https://us.sms.api.sinch.com/xms/v1/plan/batches", json=body, headers={"Authorization": "Bearer " + signed})
    other = jwt.encode(claims, key)  # want locally-signed-token "jwt.encode(claims, key)"
    requests.post("https://us.sms.api.sinch.com/xms/v1/plan/batches", json=body, headers={"Authorization": f"Bearer {other}"})
    own = jwt.encode(claims, key, algorithm="RS256")  # ok
    requests.post("https://api.example.org/orders", json=body, headers={"Authorization": "Bearer " + own})
    requests.post("https://us.sms.api.sinch.com/xms/v1/plan/batches", json=body, headers={"Authorization": "Bearer " + token})  # ok
