# What is used where the environment says nothing.
import os

import requests

PASSWORD = os.environ.get("SHOP_PASSWORD", "Winter-Lake-22")  # want fallback-credential "Winter-Lake-22"
SECRET = os.getenv("SHOP_CLIENT_SECRET") or "Winter-Lake-23"  # want fallback-credential "Winter-Lake-23"
API_PASSWORD = os.environ["SHOP_PASSWORD"]  # ok
USER = os.environ.get("SHOP_USER", "robot")  # ok
requests.get("https://api.example.org/orders", auth=(USER, API_PASSWORD))

PASSWORD_OF_SHOP = os.getenv("SHOP_PASSWORD", default="Winter-Lake-24")  # want fallback-credential "Winter-Lake-24"
DATABASE_PASSWORD = env("DATABASE_PASSWORD", default="Winter-Lake-25")  # want fallback-credential "Winter-Lake-25"
QUEUE_PASSWORD = os.environ["QUEUE_PASSWORD"] if "QUEUE_PASSWORD" in os.environ else "Winter-Lake-26"  # want fallback-credential "Winter-Lake-26"
DATABASE_HOST = env("DATABASE_HOST", default="db.example.org")  # ok
MAIL_PASSWORD = env("MAIL_PASSWORD", default="")  # ok


class Settings(BaseSettings):
    secret_key: str = Field(default="Winter-Lake-27", env="SECRET_KEY")  # want fallback-credential "Winter-Lake-27"
    mail_password: str = Field("Winter-Lake-28")  # want fallback-credential "Winter-Lake-28"
    api_password: str = Field(..., env="API_PASSWORD")  # ok
    user_name: str = Field(default="robot", env="USER_NAME")  # ok
