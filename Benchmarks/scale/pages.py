"""Pages over HTTP: one client that keeps its connection, and what the pages say."""

import html
import http.client
import re
import time

PATIENCE_SECONDS = 120
IDLE_SECONDS = 5


class Client:
    """Asks one server, one page after another, as one reader does."""

    def __init__(self, port, cookie=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self.headers = {"Cookie": cookie} if cookie else {}
        self.used = 0

    def ready(self):
        """A server closes a connection that is idle for long: open it anew, before the clock."""
        if time.monotonic() - self.used > IDLE_SECONDS:
            self.connection.close()
            self.connection.connect()
        self.used = time.monotonic()

    def get(self, path):
        """The text of a page and the milliseconds it took; anything but 200 is an error."""
        self.ready()
        start = time.monotonic()
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        text = response.read()
        self.used = time.monotonic()
        milliseconds = (time.monotonic() - start) * 1000
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        return text.decode(), milliseconds

    def close(self):
        self.connection.close()


ROW = re.compile(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", re.S)
MONTHS = re.compile(r"<desc>(.*?)</desc>")
POINT = re.compile(r"(\d+)年(\d+)月 ([^;]+)")
VALUE = re.compile(r'<span class="value" data-value="(-?\d+)">')
LINK = re.compile(r'href="/figures/([\w.]+)\?')


def number(said):
    """A count as the pages print it; zero has a word of its own."""
    if said.startswith("无"):
        return 0
    return int(re.match(r"[\d,]+", said).group().replace(",", ""))


def months(theme):
    """The numbers of a theme's page by (figure, month): its courses as they are read aloud."""
    found = {}
    for row in ROW.findall(theme):
        figure, course = LINK.search(row), MONTHS.search(row)
        if figure and course:
            for _, month, said in POINT.findall(course.group(1)):
                found[figure.group(1), int(month)] = number(said)
    return found


def value(page):
    """The number of a figure's page."""
    return int(VALUE.search(page).group(1))


CELLS = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
TAGS = re.compile(r"<[^>]+>")


def tables(page):
    """Each table of a page as rows of plain cells."""
    found = []
    for table in re.findall(r"<table.*?</table>", page, re.S):
        rows = []
        for row in re.findall(r"<tr.*?</tr>", table, re.S):
            rows.append([html.unescape(TAGS.sub("", cell)).strip() for cell in CELLS.findall(row)])
        found.append(rows)
    return found
