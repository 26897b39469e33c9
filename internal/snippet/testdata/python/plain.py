# Other credentials over http.
import aiohttp
import httpx
import requests


async def orders(token):
    headers = {"Accept": "application/json"}
    headers["Authorization"] = f"Bearer {token}"
    async with aiohttp.ClientSession() as session:
        await session.get("http://api.example.org/orders", headers=headers)  # want credential-over-http "http://api.example.org/orders"
        await session.get("https://api.example.org/orders", headers=headers)  # ok
        await session.get("http://api.example.org/status")  # ok


def client(key):
    api = httpx.Client(base_url="http://api.example.org", headers={"X-Api-Key": key})  # want credential-over-http "http://api.example.org"
    api.get("/orders")
    requests.get("http://api.example.org/orders", params={"page": 2})  # ok


def query(key):
    requests.get("https://api.example.org/orders?api_key=" + key)  # want credential-in-url "https://api.example.org/orders?api_key="
