"""A demonstration district of its own, served on a loopback port for as long as the tests run."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from markup import Markup

START_SECONDS = 600
STOP_SECONDS = 20
COMMAND_SECONDS = 60
# The crawl reads the whole site from one address, as nobody does: it is given the most.
WORK_SECONDS = 100_000
SIGN_IN = "/sign-in"


class Session:
    """Somebody who is signed in, and the cookies by which the site knows him."""

    def __init__(self, reader, cookies):
        self.reader, self.cookies = reader, cookies

    @property
    def header(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


class District:
    """Starts `groundwork demo` in an empty folder and stops that process, and no other."""

    def __init__(self, program, folder):
        self.program = os.path.abspath(program)
        self.data = os.path.join(folder, "data")
        self.log = os.path.join(folder, "server.log")
        # The district lives in its folder, whatever database the developer works with.
        self.environment = {
            name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [self.program, "demo", "--data", self.data, "--port", str(self.port),
                 "--work-seconds", str(WORK_SECONDS)],
                env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS
        try:
            while not self.answers():
                if self.process.poll() is not None:
                    raise SystemExit(f"the demonstration ended by itself:\n{self.last_words()}")
                if time.monotonic() > deadline:
                    raise SystemExit(f"no page after {START_SECONDS} s:\n{self.last_words()}")
                time.sleep(0.2)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def answers(self):
        try:
            with urllib.request.urlopen(self.address, timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def last_words(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-20:])

    def sign_in(self, reader):
        """Signs in as one of the demonstration's accounts, by the form a browser is shown."""
        jar = CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        with opener.open(self.address + SIGN_IN, timeout=COMMAND_SECONDS) as response:
            forms = Markup(response.read().decode("utf-8")).forms
        form = next(form for form in forms if form.action == SIGN_IN)
        said = {**form.values, "name": reader, "password": password(reader)}
        sent = urlencode(said).encode()
        with opener.open(self.address + SIGN_IN, sent, COMMAND_SECONDS) as response:
            assert response.url != self.address + SIGN_IN, f"{reader} is not let in"
        return Session(reader, {cookie.name: cookie.value for cookie in jar if cookie.path == "/"})

    def send(self, session, page, action, **said):
        """Fills in a form of a page, over what it is shown with, and sends it."""
        headers = {"Cookie": session.header}

        def ask(address, body=None):
            request = urllib.request.Request(self.address + address, body, headers)
            with urllib.request.urlopen(request, timeout=COMMAND_SECONDS) as response:
                return response.read().decode("utf-8")

        form = next(form for form in Markup(ask(page)).forms if form.action == action)
        ask(action, urlencode({**form.values, **said}).encode())

    def add_record(self, kind, unit, day, **fields):
        """Adds a record by command, as another process, while the server runs."""
        values = {"unit": unit, "day": day, **fields}
        done = subprocess.run(
            [self.program, "record", "add", "--data", self.data, kind]
            + [f"{heading}={value}" for heading, value in values.items()],
            env=self.environment, capture_output=True, text=True, timeout=COMMAND_SECONDS)
        assert done.returncode == 0, f"record add refused: {done.stdout}{done.stderr}"


def password(reader):
    """What the demonstration prints in the terminal."""
    return f"demo-{reader}-2015"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
