"""A list page, one page and a durable create: ours beside Roundup, one client, in turns.

Our list is the page of a figure of one community: the newest hundred of its records below what
they come to. Theirs is the index of issues: fifty, the newest first.
"""

import re
import statistics
import time
import uuid

import mixture
from mixture import ONE, indicator
from pages import Client
from peer import Roundup
from setting import Ledger, median, numbers
from signing import HIDDEN, sign_in

COUNT = 20
# The form is filled in with today, on which the units that it offers are in force.
DAY = re.compile(r'name="day" value="([0-9-]+)"')
ACCOUNT = ("street", "demo-street-2015")


class Ours:
    """Our pages as somebody reads them who is signed in; her writes are through the form."""

    def __init__(self, setting, ledger):
        status, cookie = sign_in(ledger.server.port, *ACCOUNT)
        if status != 303:
            raise RuntimeError(f"signing in answered {status}")
        self.client = Client(ledger.server.port, cookie)
        self.setting = setting
        self.entry = f"/entries/new/{ONE}"
        self.unit = re.findall(r'<option value="(\d{12})"', self.form())[0]
        self.list = f"/figures/{indicator(ONE)}?unit={self.unit}&period={mixture.LAST_YEAR}"
        page, _ = self.client.get(self.list)
        self.records = list(dict.fromkeys(re.findall(r'href="(/records/[^"?]+)"', page)))

    def form(self):
        page, _ = self.client.get(self.entry)
        return re.findall(r'<form class="sheet entry-form".*?</form>', page, re.S)[0]

    def create(self):
        """Posts a record with the form's own hidden fields; only the post is timed."""
        form = self.form()
        said = dict(re.findall(HIDDEN, form)) | {
            "unit": self.unit, "day": DAY.search(form).group(1), "field.service": "culture",
            "measure.0": "20", "measure.1": "60", "ref": f"H{next(numbers)}"}
        border = uuid.uuid4().hex
        body = "".join(
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in said.items()) + f"--{border}--\r\n"
        connection = self.client.connection
        start = time.monotonic()
        connection.request("POST", self.entry, body.encode(), self.client.headers | {
            "Content-Type": f"multipart/form-data; boundary={border}"})
        response = connection.getresponse()
        text = response.read().decode()
        took = (time.monotonic() - start) * 1000
        if response.status != 303:
            raise RuntimeError(f"our form answered {response.status}: {text[:200]}")
        return took

    def timed(self, count):
        lists, pages, creates = [], [], []
        for number in range(count):
            creates.append(self.create())
            # After a write nothing of these is kept: each is made anew.
            lists.append(self.client.get(self.list)[1])
            pages.append(self.client.get(self.records[number % len(self.records)])[1])
        return {"list": statistics.median(lists), "page": statistics.median(pages),
                "create": statistics.median(creates)}


def peer(setting):
    setting.say("Roundup: set up")
    roundup = Roundup(setting.folder)
    ledger = Ledger(setting.program, setting.large.data)
    try:
        ledger.start("demo")
        mine = Ours(setting, ledger)
        setting.say("Roundup: in turns")
        found = [(mine.timed(COUNT), roundup.timed(COUNT)) for _ in range(setting.turns)]
    finally:
        ledger.stop()
        roundup.stop()
    for what in ("list", "page", "create"):
        ours = median([one[what] for one, _ in found])
        theirs = median([other[what] for _, other in found])
        setting.goals.add("peer", theirs / ours, what,
                          f"ours {ours:.1f} ms, Roundup {theirs:.1f}")
