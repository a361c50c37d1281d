"""Signing in with a provider as others run one: out to its pages in a real browser, and back."""

import os
import re
import signal
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlencode, urlsplit

from axe_playwright_python.sync_playwright import Axe

from access import violations_here
from crawled import refuse_pages
from district import SIGN_IN, District, password
from offices import Seen
from validity import findings
from visit import BEGINNING, CHINESE, ENGLISH, MINE, PHONE, Visit

PROVIDER_SECONDS = 30
# It ends by itself should these checks be killed.
START = """
import runpy, signal
signal.alarm(600)
runpy.run_module("oidc_provider_mock", run_name="__main__")
"""
LISTENS = re.compile(r"running on (http://127\.0\.0\.1:\d+)")
SETTING = """issuer: {issuer}
client_id: groundwork
client_secret: a-secret-of-the-walk
address: {address}
button: {{zh: 统一认证, en: The provider}}
"""
OUT = f'main a[href^="{SIGN_IN}/openid/start"]'
BACK, LINK = f"{SIGN_IN}/openid", f"{MINE}/openid"
FORM = "main form.entry-form"


class Provider:
    """A process of the package `oidc-provider-mock`, on loopback; it lets everybody in by name."""

    def __init__(self, folder):
        self.log = os.path.join(folder, "provider.log")

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, "--port", "0"], stdout=log, stderr=log,
                stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + PROVIDER_SECONDS
        while True:
            with open(self.log, encoding="utf-8", errors="replace") as log:
                said = log.read()
            found = LISTENS.search(said)
            if found:
                self.issuer = found[1]
                return self
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise SystemExit(f"the provider did not come up:\n{said}")
            time.sleep(0.1)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class LinkedDistrict(District):
    """The demonstration once more, over what is in its folder, with a provider to sign in with."""

    def __init__(self, program, folder, provider):
        super().__init__(program, folder)
        self.provider = provider
        path = os.path.join(self.data, "openid.yaml")
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w",
                  encoding="utf-8") as file:
            file.write(SETTING.format(issuer=provider.issuer, address=self.address))


class Traveler(Visit):
    """Somebody who leaves for the provider and comes back; what happens there is not ours."""

    def __init__(self, browser, district, language):
        super().__init__(browser, district, language, PHONE)
        self.is_abroad = False
        self.seen = {}
        # The provider's page asks a far server for its style sheet; no check leaves the machine.
        self.context.route(
            lambda address: urlsplit(address).hostname != "127.0.0.1",
            lambda route: route.abort())

    def hear(self, message):
        if not self.is_abroad:
            super().hear(message)

    def miss(self, request):
        if not self.is_abroad:
            super().miss(request)

    def watch(self, request):
        if not self.is_abroad:
            super().watch(request)

    def inspect(self):
        super().inspect()
        # What reads the same was looked at before.
        reads = (self.path, self.text("main"))
        if reads in self.seen:
            return
        self.seen[reads] = Seen(self.path, self.page.content())
        self.page.evaluate(Axe().axe_script)
        faults = list(violations_here(self, is_first=True))
        assert not faults, f"{self.path}: " + "; ".join(faults[:3])

    def be_refused(self, form):
        """Sends a form that does not pass: the browser complains of the answer, as it should."""
        with self.page.expect_navigation() as navigation:
            self.page.locator(f"{form} button[type=submit]").first.click()
        self.excuse(navigation.value.status)
        self.inspect()

    def leave(self, selector):
        """Follows a link of ours that leads to the provider, by the keyboard."""
        self.is_abroad = True
        self.page.locator(selector).first.press("Enter")
        self.page.wait_for_url(self.district.provider.issuer + "/**")

    def come_back(self, name=None):
        """Says there who he is, or, without a name, that he would rather not; ends up here."""
        if name is None:
            self.page.locator('button[value="deny"]').click()
        else:
            self.page.fill('input[name="sub"]', name)
            self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.district.address + "/**")
        self.page.wait_for_load_state()
        self.is_abroad = False
        self.inspect()

    def decline(self):
        """Comes back as a provider that keeps the standard sends whoever declines (RFC 6749)."""
        state = parse_qs(urlsplit(self.page.url).query)["state"][0]
        self.is_abroad = False
        answer = urlencode({"error": "access_denied", "state": state})
        self.open(f"{BACK}?{answer}", status=403)

    def refused(self, words):
        assert self.path == BACK, f"led to {self.path}"
        assert words in self.text("main .refusal"), self.text("main")
        assert self.count(".reader-bar form") == 0, "a refusal signed somebody in"

    def sign_out(self):
        self.send(".reader-bar form")
        assert self.count(".reader-bar form") == 0, "still signed in"

    def said(self, key):
        """What the interface says under a key, in the language of the visit."""
        return WORDS[key][self.language]


WORDS = {
    "unlinked": {CHINESE: "没有可以登录的账号", ENGLISH: "No account that may sign in"},
    "declined": {CHINESE: "或者您已取消", ENGLISH: "you canceled"},
    # This provider leaves the state out when somebody declines (RFC 6749, 4.1.2.1, asks for it):
    # such an answer is not told from one that anybody made up.
    "stateless": {CHINESE: "不是在本浏览器开始的", ENGLISH: "not begun in this browser"},
}


def ask_to_link(visit, secret):
    visit.open(LINK)
    visit.page.fill(f'{FORM} input[name="old"]', secret)


def somebody_signs_in_with_a_provider(browser, linked, language, reader):
    name = f"{reader}-there"
    with Traveler(browser, linked, language) as visit:
        visit.open(SIGN_IN)
        visit.leave(OUT)
        visit.come_back(name)
        visit.refused(visit.said("unlinked"))
        assert name in visit.text("main .refusal"), "nobody can tell who should be linked"

        visit.sign_in(reader)
        holder = visit.text("main .lead")
        ask_to_link(visit, "not the password")
        visit.be_refused(FORM)
        assert visit.count(".field-wrong") == 1, "a wrong password links"
        ask_to_link(visit, password(reader))
        visit.send(FORM)
        visit.leave(f'main a[href^="{linked.provider.issuer}"]')
        visit.come_back()
        said = visit.text("main .refusal")
        assert visit.said("stateless") in said, said
        ask_to_link(visit, password(reader))
        visit.send(FORM)
        visit.leave(f'main a[href^="{linked.provider.issuer}"]')
        visit.come_back(name)
        assert visit.path == LINK and visit.count(".done") == 1, f"led to {visit.path}"
        assert name in visit.text("main")
        visit.sign_out()

        visit.open(SIGN_IN)
        visit.leave(OUT)
        visit.decline()
        visit.refused(visit.said("declined"))
        visit.open(SIGN_IN)
        visit.leave(OUT)
        visit.come_back(name)
        assert visit.path == BEGINNING, f"signing in led to {visit.path}"
        assert visit.text("main .lead").startswith(holder), "it is somebody else's page"

        visit.open(LINK)
        visit.send(FORM)
        assert visit.count(".done") == 1, "the link does not end"
        visit.sign_out()
        visit.open(SIGN_IN)
        visit.leave(OUT)
        visit.come_back(name)
        visit.refused(visit.said("unlinked"))
    refuse_pages(
        (words, page.address)
        for page, is_error, words in findings(visit.seen.values()) if is_error)


somebody_signs_in_with_a_provider.runs = [(CHINESE, "clerk"), (ENGLISH, "secretary")]

CHECKS = [somebody_signs_in_with_a_provider]
