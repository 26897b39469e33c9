# Passwords that are kept, answered and told, the rules for them, and commands.
import base64
import hashlib
import subprocess

import jwt
import ldap3
import requests
import smpplib.client
from flask import jsonify


def hash_password(password, salt):
    slow = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1000)  # want weak-password-hash "1000"
    slow = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600000)  # ok
    etag = hashlib.md5(slow).hexdigest()  # ok
    return hashlib.sha1(password.encode()).hexdigest()  # want weak-password-hash "hashlib.sha1(password.encode())"


def is_leaked(password):
    return requests.post("https://api.example.org/check", data={"password": hashlib.md5(password.encode()).hexdigest()})  # ok


def encrypt(value):
    return base64.b64encode(value.encode()).decode()  # want base64-as-encryption "base64.b64encode(value.encode()).decode()"


def encode(value):
    return base64.b64encode(value.encode()).decode()  # ok


def validate(form, user, key):
    if len(form.password) < 5:  # want weak-password-policy "5"
        raise ValueError(f"{form.password} is too short")  # want credential-in-error "f"{form.password} is too short""
    if len(form.password) > 72:  # ok
        raise ValueError("the password is too long")  # ok
    token = jwt.encode({"sub": user.id, "exp": 1, "password": user.password}, key)  # want credential-in-token ""password""
    forever = jwt.encode({"sub": user.id}, key)  # want long-lived-token "jwt.encode({"sub": user.id}, key)"
    return jsonify(name=user.name, password=user.password)  # want credential-in-response "password"


class Form:
    password = CharField(min_length=6)  # want weak-password-policy "6"
    name = CharField(min_length=2)  # ok
    long_password = CharField(min_length=14)  # ok


def send(client, password):
    bound = smpplib.client.Client("smpp.example.org", 2775)  # want plaintext-smpp "smpp.example.org"
    bound.bind_transmitter(system_id="shop", password=password)
    safe = smpplib.client.Client("smpp.example.org", 3550, ssl_context=context)  # ok
    safe.bind_transmitter(system_id="shop", password=password)
    directory = ldap3.Connection(ldap3.Server("ldaps://ldap.example.org"), "cn=shop", password)  # ok
    client.post("http://api.example.org/login", data={"user": "shop", "password": password})  # want credential-over-http "http://api.example.org/login"
    subprocess.run(["curl", "https://api.example.org"])  # ok
