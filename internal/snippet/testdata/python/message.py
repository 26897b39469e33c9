# Passwords in mails and text messages, in answers and addresses; headers told as
# a whole; the end of tokens; tokens that are read by hand.
import base64
import json

import jwt
from django.core.mail import send_mail


def welcome(user, password, link):
    body = f"Hello {user.name}, your password is {password}" # want credential-in-message ", your password is "
    send_mail("Welcome", body, "office@example.org", [user.email])
    send_mail("Welcome", "Password: %s" % password, "office@example.org", [user.email]) # want credential-in-message "Password: "
    send_sms(user.phone, "Mot de passe : {}".format(password)) # want credential-in-message "Mot de passe : "
    send_mail("Reset", f"Reset your password: {link}", "office@example.org", [user.email])  # ok
    send_mail("Welcome", f"Your user name is {user.name}", "office@example.org", [user.email])  # ok


def show(request):
    logger.info("headers %s", request.headers) # want credential-in-log "request.headers"
    logger.info("headers %s", dict(request.headers)) # want credential-in-log "dict(request.headers)"
    logger.info("agent %s", request.headers["User-Agent"])  # ok
    return JsonResponse({"error": f"no login for {request.user} with {request.password}"}, status=401) # want credential-in-error "f"no login for {request.user} with {request.password}""


def who(raw, key):
    return jwt.decode(raw, key, algorithms=["HS256"], options={"verify_exp": False}) # want jwt-unverified ""verify_exp""


def careful(raw, key):
    return jwt.decode(raw, key, algorithms=["HS256"], options={"verify_exp": True})  # ok


def issue(user, key):
    return jwt.encode({"sub": user["id"], "pwd": user["password"], "exp": 1}, key, algorithm="HS256") # want credential-in-token ""pwd""


def role(token):
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "==")) # want jwt-unverified "json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))"
    return claims["role"]


def kind(token):
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))  # ok
    return header["kid"]


def address(user, password):
    return f"https://gw.example.net/send?user={user}&password={password}" # want credential-in-url "https://gw.example.net/send?user="


def report(number):
    return f"https://gw.example.net/report?number={number}&format=json"  # ok
