# Credentials that are printed and logged.
import logging
import os

import requests

logger = logging.getLogger(__name__)


def login(user, password):
    answer = requests.post("https://api.example.org/oauth2/token", data={"grant_type": "password", "username": user})
    print(answer.json()["access_token"])  # want credential-in-log "answer.json()["access_token"]"
    print(answer.text)  # want credential-in-log "answer.text"
    print(answer.status_code)  # ok
    logger.debug("logging in as %s with %s", user, password)  # want credential-in-log "password"
    logger.debug(f"key {os.environ['SHOP_API_KEY']}")  # want credential-in-log "f"key {os.environ['SHOP_API_KEY']}""
    logger.info("logging in as %s", user)  # ok
    print("the password is", "set" if password else "missing")  # ok
    print(len(password), mask(password), password[:2])  # ok
    print(requests.get("https://api.example.org/orders").text)  # ok
