# FTP and SSH.
import ftplib
import paramiko
from ftplib import FTP_TLS


def ftp(password):
    with ftplib.FTP("files.example.org") as client:  # want plaintext-ftp "files.example.org"
        client.login("robot", password)
    with FTP_TLS("files.example.org") as safe:  # ok
        safe.login("robot", password)


def another(password):
    client = ftplib.FTP(host="files.example.org", user="robot", passwd=password)  # want plaintext-ftp "files.example.org"
    mirror = ftplib.FTP("mirror.example.org")  # ok
    mirror.retrlines("LIST")


def ssh(password):
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())  # want ssh-host-key-unchecked "paramiko.AutoAddPolicy()"
    client.connect("files.example.org", username="robot", password=password)
    strict = paramiko.SSHClient()
    strict.load_system_host_keys()
    strict.set_missing_host_key_policy(paramiko.RejectPolicy())  # ok
    strict.connect("files.example.org", username="robot", password=password)
