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


CELL = re.compile(
    r'<a href="/figures/([\w.]+)\?unit=([^&]+)&amp;period=\d+-(\d\d)[^"]*" data-value="(-?\d+)"')
VALUE = re.compile(r'<span class="value" data-value="(-?\d+)">')


def number(said):
    """A count as the pages print it."""
    return int(re.match(r"[\d,]+", said).group().replace(",", ""))


def compared(page):
    """The numbers of a comparison by (unit, month, figure), without those of the whole."""
    body = page[page.index("<tbody>"):page.index("</tbody>")]
    return {(unit, int(month), figure): int(count)
            for figure, unit, month, count in CELL.findall(body)}


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
