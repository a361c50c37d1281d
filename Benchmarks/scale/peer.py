"""Roundup, an issue tracker anybody can install: a list, one page and a durable create.

Its classic tracker on SQLite, as ours is on SQLite: both flush before they answer. Two workers
of gunicorn, its trackers kept open between requests, a token in place of a sign-in.
"""

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time

import http.client

ISSUES = 2_000
SECRET = "s" * 40
PATIENCE_SECONDS = 60
LOADER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer_issues.py")
APPLICATION = """
from roundup.cgi.wsgi_handler import RequestDispatcher
app = RequestDispatcher({tracker!r}, feature_flags={{"cache_tracker": ""}})
"""


class Roundup:
    def __init__(self, folder):
        self.tracker = os.path.join(folder, "tracker")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        web = f"http://127.0.0.1:{self.port}/"
        programs = os.path.dirname(sys.executable)
        admin = [os.path.join(programs, "roundup-admin"), "-i", self.tracker]
        call([*admin, "install", "classic", "sqlite"])
        self.configure(web)
        call([*admin, "initialise", "peer-password"])
        self.token = call([
            sys.executable, LOADER, self.tracker, str(ISSUES), web, SECRET]).strip()
        with open(os.path.join(folder, "peer_application.py"), "w") as file:
            file.write(APPLICATION.format(tracker=self.tracker))
        self.process = subprocess.Popen(
            [os.path.join(programs, "gunicorn"), "--chdir", folder, "--workers", "2", "--threads",
             "4", "--worker-class", "gthread", "--keep-alive", "30", "--bind",
             f"127.0.0.1:{self.port}", "peer_application:app"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait()

    def configure(self, web):
        path = os.path.join(self.tracker, "config.ini")
        with open(path) as file:
            text = file.read()
        for section, name, value in (
                ("tracker", "web", web), ("mail", "domain", "example.org"),
                ("mail", "host", "localhost"), ("mail", "debug", "/dev/null"),
                ("web", "jwt_secret", SECRET)):
            text = set_option(text, section, name, value)
        with open(path, "w") as file:
            file.write(text)

    def wait(self):
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                return self.ask("GET", "/")
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            return self.on(connection, method, path, body)
        finally:
            connection.close()

    def on(self, connection, method, path, body=None):
        """What it answered and the milliseconds, over a connection that is kept."""
        headers = {"X-Requested-With": "rest", "Origin": f"http://127.0.0.1:{self.port}"}
        if path.startswith("/rest"):
            headers |= {"Authorization": f"Bearer {self.token}",
                        "Content-Type": "application/json"}
        start = time.monotonic()
        connection.request(method, path, json.dumps(body) if body else None, headers)
        response = connection.getresponse()
        text = response.read().decode(errors="replace")
        milliseconds = (time.monotonic() - start) * 1000
        if response.status not in (200, 201):
            raise RuntimeError(f"Roundup: {path} answered {response.status}: {text[:300]}")
        return text, milliseconds

    LIST = ("/issue?@columns=title,id,activity,status,assignedto&@sort=-activity&@pagesize=50"
            "&@startwith=0&status=1,2,3")

    def timed(self, count):
        """Milliseconds of a list page, one issue's page and a create, `count` of each."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        lists, shows, creates = [], [], []
        for number in range(count):
            page, took = self.on(connection, "GET", self.LIST)
            assert len(re.findall(r'href="issue\d+"', page)) >= 50, "Roundup's list is short"
            lists.append(took)
            page, took = self.on(connection, "GET", f"/issue{number * 7 % ISSUES + 1}")
            assert "Matter" in page
            shows.append(took)
            _, took = self.on(connection, "POST", "/rest/data/issue", {
                "title": f"Posted {time.monotonic_ns()}", "status": "1", "priority": "3"})
            creates.append(took)
        connection.close()
        return {"list": statistics.median(lists), "page": statistics.median(shows),
                "create": statistics.median(creates)}

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def call(arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments[0]}\n{done.stdout}{done.stderr}")
    return done.stdout


def set_option(text, section, name, value):
    """Sets one option of an INI file that has each, perhaps behind a comment sign."""
    start = re.search(rf"(?m)^\[{section}\]", text).end()
    following = re.search(r"(?m)^\[", text[start:])
    end = start + following.start() if following else len(text)
    body, count = re.subn(
        rf"(?m)^#?[ ]*{name}[ ]*=.*$", lambda _: f"{name} = {value}", text[start:end], count=1)
    if count != 1:
        raise RuntimeError(f"Roundup's configuration has no {section} {name}")
    return text[:start] + body + text[end:]
