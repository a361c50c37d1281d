"""Follows the site's own links from the home page, and keeps what it was answered."""

import http.client
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from markup import Markup
from visit import CHINESE, ENGLISH

# Each address is asked for once, and no more of them than this in all. Of addresses that differ
# in their query only, so many are asked for.
ADDRESSES = 3000
QUERIES = 12
# Of pages with addresses of one shape, /units/…, so many are visited: the first few, and then
# those on which something stands that none of the others has.
FIRST, MOST = 3, 6
TAG = re.compile(r'<\w+(?: class="[^"]*")?')
ASKED_AT_ONCE = 4
TIMEOUT_SECONDS = 60
UNKNOWN = "/nowhere"


class Page:
    """One answer of the site, to one address, in one language and mode."""

    def __init__(self, address, language, is_elder, response, body):
        self.address, self.language, self.is_elder = address, language, is_elder
        self.status = response.status
        self.is_html = (response.headers.get_content_type() == "text/html")
        self.html = body.decode("utf-8", "replace") if self.is_html else ""

    @cached_property
    def markup(self):
        return Markup(self.html)

    @cached_property
    def marks(self):
        """The kinds of element on the page, by which one template differs from another."""
        return set(TAG.findall(self.html))

    def __str__(self):
        return f"{self.address} ({self.language}{', elder' * self.is_elder})"

    def __bool__(self):
        return self.status == 200 and self.is_html

    def resolve(self, link):
        """The address a link leads to and the place in it, or nothing on another site."""
        parts = urlsplit(urljoin("http://site" + self.address, link))
        if parts.scheme != "http" or parts.netloc != "site":
            return None
        query = "?" + parts.query if parts.query else ""
        return (parts.path or "/") + query, parts.fragment

    @property
    def shape(self):
        first, *rest = urlsplit(self.address).path.strip("/").split("/")
        return "/" + first + "/…" * len(rest)


class Crawl:
    def __init__(self, district):
        self.district = district
        self.here = threading.local()
        self.answers = {}
        self.queries = Counter()
        self.linked = {}
        self.visited = []
        self.left_out = 0
        with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            self.walk(pool)
            self.read_twins(pool)
        self.refusals = [self.ask(UNKNOWN, language) for language in (CHINESE, ENGLISH)]

    def walk(self, pool):
        """Visits the pages in the order of their distance from the home page."""
        asked, shapes, marks = ["/"], Counter(), {}
        self.linked["/"] = "the browser"
        while asked:
            following = []
            for page in pool.map(self.ask, asked):
                self.answers[page.address] = page
                known = marks.setdefault(page.shape, set())
                is_new = shapes[page.shape] < FIRST or not page.marks <= known
                if page and is_new and shapes[page.shape] < MOST:
                    shapes[page.shape] += 1
                    known |= page.marks
                    self.visited.append(page)
                    following += self.new_links(page)
            room = ADDRESSES - len(self.answers)
            self.left_out += len(following[room:])
            asked = following[:room]

    def new_links(self, page):
        forms = [form for form in page.markup.forms if form.method == "get" and form.is_filled]
        links = page.markup.links + page.markup.files + [form.address for form in forms]
        for address, _ in filter(None, map(page.resolve, links)):
            path = urlsplit(address).path
            if address not in self.linked and self.queries[path] < QUERIES:
                self.queries[path] += 1
                self.linked[address] = page.address
                yield address

    def read_twins(self, pool):
        """The same pages by their own switches: in English, and for older readers."""
        def english(page):
            return self.ask(page.markup.other_language, ENGLISH, page.is_elder)

        def elder(page):
            return self.ask(page.markup.other_mode, page.language, is_elder=True)

        self.english = list(pool.map(english, self.visited))
        self.elder = list(pool.map(elder, self.visited))
        self.english_elder = list(pool.map(elder, self.english))

    @property
    def pages(self):
        """Every page there is to inspect, in both languages and both modes."""
        return self.visited + self.english + self.elder + self.english_elder + self.refusals

    def ask(self, address, language=CHINESE, is_elder=False):
        """One address over a connection that each thread keeps; a cookie is never sent."""
        if not hasattr(self.here, "connection"):
            self.here.connection = http.client.HTTPConnection(
                "127.0.0.1", self.district.port, timeout=TIMEOUT_SECONDS)
        self.here.connection.request("GET", address, headers={"Accept-Language": language})
        response = self.here.connection.getresponse()
        return Page(address, language, is_elder, response, response.read())
