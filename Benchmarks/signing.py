"""Somebody who signs in, and many who try to, while pages are read."""

import http.client
import re
import threading
from urllib.parse import urlencode

PATIENCE_SECONDS = 30
HIDDEN = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'


def sign_in(port, name, password, address=None):
    """Sends the form of the sign-in page; answers the status and the cookies, as one header."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    # Each address has a limit of its own: whoever tries often has many.
    sender = {"X-Forwarded-For": address} if address else {}
    try:
        connection.request("GET", "/sign-in", headers=sender)
        page = connection.getresponse()
        cookies = kept(page)
        hidden = dict(re.findall(HIDDEN, page.read().decode()))
        connection.request(
            "POST", "/sign-in", urlencode(hidden | {"name": name, "password": password}),
            sender | {
                "Cookie": header(cookies), "Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        return answer.status, header(cookies | kept(answer))
    finally:
        connection.close()


def kept(response):
    """The cookies of an answer, by name."""
    return dict(
        line.split(";")[0].split("=", 1)
        for name, line in response.getheaders() if name.lower() == "set-cookie")


def header(cookies):
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


class Crowd:
    """Clients that try passwords of names that nobody has, each from an address of its own."""

    def __init__(self, port, clients):
        self.port, self.tried, self.done = port, 0, threading.Event()
        self.threads = [
            threading.Thread(target=self.try_passwords, args=(client,))
            for client in range(clients)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *fault):
        self.done.set()
        for thread in self.threads:
            thread.join()

    def try_passwords(self, client):
        tries = 0
        while not self.done.is_set():
            tries += 1
            address = f"10.{client}.{tries // 250}.{tries % 250 + 1}"
            status, _ = sign_in(self.port, f"nobody{client}x{tries}", "a wrong password", address)
            if status == 422:
                self.tried += 1
