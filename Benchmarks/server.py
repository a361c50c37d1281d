"""The program's server under measurement: started, asked, weighed, stopped."""

import html
import http.client
import os
import re
import socket
import subprocess
import time
from urllib.parse import unquote

PATIENCE_SECONDS = 30
# A few clients that never pause ask for more than one address is given: the most, then.
WORK_SECONDS = 100_000


class PageBroken(RuntimeError):
    """A page that did not answer 200."""


class Server:
    def __init__(self, program, data, environment, command=("serve",),
                 work_seconds=WORK_SECONDS):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        start = time.monotonic()
        self.process = subprocess.Popen(
            [program, *command, "--data", data, "--port", str(self.port),
             "--work-seconds", str(work_seconds)], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise
        self.seconds_to_first_page = time.monotonic() - start

    def wait(self):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("the server ended: " + self.process.stderr.read())
            try:
                self.get("/")
                return
            except ConnectionRefusedError:
                time.sleep(0.002)
        raise RuntimeError(f"no page within {PATIENCE_SECONDS} s")

    def get(self, path):
        """A page's text; anything but 200 is an error."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        if response.status != 200:
            raise PageBroken(f"{path} answered {response.status}")
        return text

    def pages(self):
        """One page of each sort, found by following links as a reader does."""
        report = self.link(self.get("/reports"), r"/reports/[^/\"?]+")
        figure = self.link(self.get(report), r"/figures/[^\"]+")
        unit = self.link(self.get("/units"), r"/units/[^\"]+")
        return {
            "home": "/", "report": report, "figure": figure, "record": self.record(report),
            "unit": unit,
        }

    def record(self, report):
        """A record that stands behind a figure of the report."""
        for path in dict.fromkeys(self.links(self.get(report), r"/figures/[^\"]+")):
            found = self.links(self.get(path), r"/records/[^\"]+")
            if found:
                return found[0]
        raise RuntimeError("no figure of the report leads to a record")

    def links(self, text, pattern):
        return [html.unescape(path) for path in re.findall(f'href="({pattern})"', text)]

    def link(self, text, pattern):
        found = self.links(text, pattern)
        if not found:
            raise RuntimeError(f"no link like {unquote(pattern)}")
        return found[0]

    def resident_megabytes(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
        return kilobytes * 1024 / 1e6

    def processor_seconds(self):
        """What the server has worked so far: the same however busy the machine is."""
        with open(f"/proc/{self.process.pid}/stat") as status:
            user, system = status.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stderr.close()
