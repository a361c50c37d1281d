"""Follows the site's own links, as a visitor and as those who work here, and keeps what it was
answered.
"""

import http.client
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from markup import Markup
from visit import CHINESE, ENGLISH, MINE

# Each address is asked for once, and no more of them than this in all. Of addresses that differ
# in their query only, so many are asked for.
ADDRESSES = 3000
QUERIES = 12
# Of pages with addresses of one shape, /units/…, so many are visited: the first few, and then
# those on which something stands that none of the others has.
FIRST, MOST = 3, 6
# Who works here, and where their own pages are; elsewhere they see what visitors see.
READERS = ("clerk", "street", "officer", "protection")
WORK = ("my", "entries", "confirmations", "dues", "uploads", "rights", "records")
TAG = re.compile(r'<\w+(?: class="[^"]*")?')
ASKED_AT_ONCE = 4
TIMEOUT_SECONDS = 60
# What they send before, so that their pages have something on them: the page, the form's action.
SENT = {
    "secretary": [("/my/data", "/my/data/requests", {"words": "1"})],
    "clerk": [
        ("/entries/new/feature", "/entries/new/feature", {"field.title": "1", "then": "draft"}),
        ("/entries/new/opinion_round", "/entries/new/opinion_round", {
            "measure.0": 9, "measure.1": 8, "measure.2": 7, "field.asked_group": "member"}),
        ("/dues/calendar", "/dues/calendar", {"name": "1"}),
    ],
}
UNKNOWN = "/nowhere"
SEE_OTHER = 303


class Page:
    """One answer of the site, to one address and reader, in one language and mode."""

    def __init__(self, address, language, is_elder, session, response, body):
        self.address, self.language, self.is_elder = address, language, is_elder
        self.session = session
        self.status = response.status
        self.leads_to = response.headers["Location"] if self.status == SEE_OTHER else None
        self.is_kept = response.headers["Cache-Control"] != "no-store"
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
        reader = f", {self.session.reader}" if self.session else ""
        return f"{self.address} ({self.language}{', elder' * self.is_elder}{reader})"

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
    def area(self):
        return area(self.address)

    @property
    def shape(self):
        first, *rest = urlsplit(self.address).path.strip("/").split("/")
        return "/" + first + "/…" * len(rest)


class Crawl:
    def __init__(self, district):
        self.district = district
        self.here = threading.local()
        # By who asked, and the address.
        self.answers = {}
        self.queries = Counter()
        self.linked = {}
        self.visited = []
        self.left_out = 0
        # Of the addresses of one shape: the pages visited, and the elements on them.
        self.shapes, self.marks = Counter(), {}
        with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            self.walk(pool, None, ["/"])
            record = next(page.address for page in self.visited if page.area == "records")
            for sender, forms in SENT.items():
                session = district.sign_in(sender)
                for form, action, said in forms:
                    district.send(session, form, action, **said)
            for reader in READERS:
                self.walk(pool, district.sign_in(reader), [MINE, record])
            self.read_twins(pool)
        self.refusals = [self.ask(UNKNOWN, language) for language in (CHINESE, ENGLISH)]

    def walk(self, pool, session, asked):
        """Visits the pages in the order of their distance from those to begin with."""
        def ask(address):
            return self.ask(address, session=session)

        for address in asked:
            self.linked[session, address] = "the browser"
        # Where he begins, and where his bar and his own page lead, is always visited.
        near = 2 if session else 0
        while asked:
            following = []
            for page in pool.map(ask, asked):
                self.answers[session, page.address] = page
                if page and (self.is_new(page) or near):
                    self.visited.append(page)
                    following += self.new_links(page)
                elif page.leads_to and session:
                    following += self.new(page, [page.leads_to])
            near = max(0, near - 1)
            room = ADDRESSES - len(self.answers)
            self.left_out += len(following[room:])
            asked = following[:room]

    def is_new(self, page):
        """Whether it is among the first of its shape, or shows what none of them did."""
        shape = page.session is not None, page.shape
        known = self.marks.setdefault(shape, set())
        if self.shapes[shape] >= FIRST and page.marks <= known or self.shapes[shape] >= MOST:
            return False
        self.shapes[shape] += 1
        known |= page.marks
        return True

    def new_links(self, page):
        forms = [form for form in page.markup.forms if form.method == "get" and form.is_filled]
        links = page.markup.links + page.markup.files + [form.address for form in forms]
        return self.new(page, links)

    def new(self, page, links):
        for address, _ in filter(None, map(page.resolve, links)):
            if page.session and area(address) not in WORK:
                continue
            place = page.session, urlsplit(address).path
            if (page.session, address) not in self.linked and self.queries[place] < QUERIES:
                self.queries[place] += 1
                self.linked[page.session, address] = page.address
                yield address

    def read_twins(self, pool):
        """The same pages by their own switches: in English, and for older readers."""
        def english(page):
            return self.ask(
                page.markup.other_language, ENGLISH, page.is_elder, page.session)

        def elder(page):
            return self.ask(page.markup.other_mode, page.language, True, page.session)

        self.english = list(pool.map(english, self.visited))
        self.elder = list(pool.map(elder, self.visited))
        self.english_elder = list(pool.map(elder, self.english))

    @property
    def pages(self):
        """Every page there is to inspect, in both languages and both modes."""
        return self.visited + self.english + self.elder + self.english_elder + self.refusals

    def ask(self, address, language=CHINESE, is_elder=False, session=None):
        """One address over a connection that each thread keeps; no cookie but the session's."""
        if not hasattr(self.here, "connection"):
            self.here.connection = http.client.HTTPConnection(
                "127.0.0.1", self.district.port, timeout=TIMEOUT_SECONDS)
        headers = {"Accept-Language": language}
        if session:
            headers["Cookie"] = session.header
        self.here.connection.request("GET", address, headers=headers)
        response = self.here.connection.getresponse()
        return Page(address, language, is_elder, session, response, response.read())


def area(address):
    return urlsplit(address).path.strip("/").split("/")[0]
