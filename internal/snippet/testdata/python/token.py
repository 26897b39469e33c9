# Web tokens.
import os
import jwt


def sign(claims, key):
    jwt.encode(claims, "Winter-Lake-22", algorithm="HS256")  # want hardcoded-credential "Winter-Lake-22"
    jwt.encode(claims, os.environ["TOKEN_KEY"], algorithm="HS256")  # ok
    jwt.encode(claims, None, algorithm="none")  # want jwt-unverified "algorithm"
    return jwt.encode(claims, key, algorithm="RS256")  # ok


def read(text, key):
    jwt.decode(text, options={"verify_signature": False})  # want jwt-unverified ""verify_signature""
    jwt.decode(text, key, algorithms=["HS256"], options={"verify_exp": True})  # ok
    return jwt.decode(text, key, algorithms=["RS256"])  # ok


def peek(text):
    claims = jwt.decode(text, options={"verify_signature": False})  # ok
    return keys[claims["iss"]]


def ends(text):
    return jwt.decode(text, options={"verify_signature": False})["exp"]  # ok


def role(text):
    return jwt.decode(text, options={"verify_signature": False})["role"]  # want jwt-unverified ""verify_signature""


def whole(text):
    claims = jwt.decode(text, options={"verify_signature": False})  # want jwt-unverified ""verify_signature""
    return claims
