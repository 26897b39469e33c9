# What is used where the environment says nothing.
import os

import requests

PASSWORD = os.environ.get("SHOP_PASSWORD", "Winter-Lake-22")  # want fallback-credential "Winter-Lake-22"
SECRET = os.getenv("SHOP_CLIENT_SECRET") or "Winter-Lake-23"  # want fallback-credential "Winter-Lake-23"
API_PASSWORD = os.environ["SHOP_PASSWORD"]  # ok
USER = os.environ.get("SHOP_USER", "robot")  # ok
requests.get("https://api.example.org/orders", auth=(USER, API_PASSWORD))
