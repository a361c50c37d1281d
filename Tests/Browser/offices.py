"""What the three administrators do, each with the codes of a telephone, from the first sign-in on.

Every page is held to what the pages of a crawl are held to. The walk is taken once, for codes are
set up once.
"""

import base64
import hashlib
import hmac
import struct
import time
from collections import namedtuple

from axe_playwright_python.sync_playwright import Axe

from access import violations_here
from crawled import refuse_pages
from district import SIGN_IN, password
from validity import findings
from visit import CHINESE, MINE, Visit

ENROL = "/sign-in/enrol"
ACCOUNTS, GRANTS, AUDIT = "/admin/accounts", "/admin/grants", "/admin/audit"
RELEASES = "/admin/releases"
FORM = "main form.entry-form"
STEP_SECONDS = 30
RECOVERY_CODES = 10
NEWCOMER, NAME, PASSWORD = "walker", "走访员", "清晨走过三条街巷回来"
ROLE, ROLE_NAME, UNIT = "community_clerk", "社区工作人员", "410102001001"
RECIPIENT, PURPOSE = "区档案馆", "年度审计存档"

# A page as it stood before somebody.
Seen = namedtuple("Seen", "address html")


class Desk(Visit):
    """Somebody at a desk; what he saw is kept for the HTML checker."""

    def __init__(self, browser, district, seen):
        super().__init__(browser, district, CHINESE)
        self.seen = seen

    def inspect(self):
        super().inspect()
        self.seen.append(Seen(self.path, self.page.content()))
        self.page.evaluate(Axe().axe_script)
        faults = list(violations_here(self, is_first=True))
        assert not faults, f"{self.path}: " + "; ".join(faults[:3])

    def knock(self, reader, secret):
        """Gives name and password, and stands where that leads."""
        self.open(MINE)
        assert self.path == SIGN_IN, self.path
        self.page.fill(f'{FORM} input[name="name"]', reader)
        self.page.fill(f'{FORM} input[name="password"]', secret)
        self.send(FORM)

    def enrol(self, reader):
        """Signs in as an administrator, who has to set codes up before he is let in."""
        self.knock(reader, password(reader))
        assert self.path == ENROL, f"{reader} was led to {self.path}"
        self.page.fill(f'{FORM} input[name="code"]', code(self.text("main .secret code")))
        self.send(FORM)
        shown = self.count("main ol.recovery code")
        assert shown == RECOVERY_CODES, f"{shown} recovery codes are shown"
        self.follow(f'main a[href="{MINE}"]')
        assert self.count(".reader-bar") == 1, f"{reader} is not signed in"

    def done(self, path):
        assert self.path == path, f"led to {self.path}, not {path}"
        assert self.count(".done") == 1, f"{path} does not say that it is done"


def code(secret):
    """The code that a telephone shows now (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", ""))
    counter = struct.pack(">Q", int(time.time()) // STEP_SECONDS)
    mark = hmac.new(key, counter, hashlib.sha1).digest()
    place = mark[-1] & 15
    number = struct.unpack(">I", mark[place:place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def make_account(desk):
    """Answers the address of the account, and of its invitation."""
    desk.open(ACCOUNTS)
    desk.follow(f'main a[href="{ACCOUNTS}/new"]')
    assert desk.count(f'{FORM} [name="office"]') == 0, "a page offers an office"
    desk.page.fill(f'{FORM} input[name="sign_in"]', NEWCOMER)
    desk.page.fill(f'{FORM} input[name="name"]', NAME)
    desk.send(FORM)
    invitation = desk.text("main section code")
    assert invitation.startswith("/welcome?for=invitation&key="), "there is no invitation"
    account = desk.follow(f'main section a[href^="{ACCOUNTS}/"]')
    assert invitation not in desk.text("main"), "the invitation is shown again"
    return account, invitation


def release(desk):
    """The invitation of the newcomer, the only one that waits, opens from now on."""
    desk.open(RELEASES)
    assert NEWCOMER in desk.text("main"), "the invitation does not wait"
    desk.send(f'main form[action^="{RELEASES}/"]')
    desk.done(RELEASES)
    assert NEWCOMER not in desk.text("main"), "the invitation waits still"


def accept(desk, invitation):
    """The newcomer chooses a password and signs in; he may do nothing yet."""
    desk.open(invitation)
    desk.page.fill(f'{FORM} input[name="password"]', PASSWORD)
    desk.send(FORM)
    assert desk.path == SIGN_IN and desk.count(".done") == 1, f"led to {desk.path}"
    desk.open(invitation, status=404)
    desk.knock(NEWCOMER, PASSWORD)
    assert desk.path == MINE, f"signing in led to {desk.path}"
    assert ROLE_NAME not in desk.text("main"), "there are rights that nobody gave"


def give_role(desk):
    desk.open(f"{GRANTS}?q={NEWCOMER}")
    path = desk.follow(f'main td a[href^="{GRANTS}/"]')
    desk.page.locator(f'{FORM} select[name="role"]').select_option(ROLE)
    desk.page.fill(f'{FORM} input[name="unit"]', UNIT)
    # Whoever goes on to the next field leaves the list of proposals, which lay over the button.
    desk.page.keyboard.press("Tab")
    desk.send(FORM)
    desk.done(path)
    assert ROLE_NAME in desk.text("main table"), "the role is not on the list"


def find_rows(desk, account):
    """What was done with the account, and the role that was given to it."""
    for query, words in (
            (f"subject={account}", ("新建账号", "邀请设置密码", "激活链接审核通过")),
            ("action=role.given", ("授予角色",))):
        desk.open(f"{AUDIT}?{query}")
        rows = desk.text("main table")
        for word in words:
            assert word in rows, f"“{word}” is not in the audit"
    desk.open(f"{AUDIT}?subject={account}")


def export(desk, account):
    """The rows that were found as a file, which says for whom and for what it is."""
    desk.follow(f'main a[href^="{AUDIT}/export"]')
    desk.page.fill(f'{FORM} input[name="recipient"]', RECIPIENT)
    desk.page.fill(f'{FORM} textarea[name="purpose"]', PURPOSE)
    with desk.page.expect_download() as download:
        desk.page.locator(f"{FORM} button[type=submit]").click()
    with open(download.value.path(), encoding="utf-8-sig") as file:
        head, *rows = file.read().splitlines()
    assert RECIPIENT in head and PURPOSE in head, f"the file begins with “{head}”"
    for action in ("account.made", "account.invited", "account.released"):
        assert any(action in row and account in row for row in rows), f"no {action} in the file"
    desk.open(f"{AUDIT}/export")
    table = desk.text("main table")
    assert RECIPIENT in table and PURPOSE in table, "the export is not on the list"


def the_three_administrators_do_their_work(browser, district):
    seen = []
    with Desk(browser, district, seen) as system, Desk(browser, district, seen) as newcomer:
        system.enrol("system")
        account, invitation = make_account(system)
        newcomer.open(invitation, status=409)
        with Desk(browser, district, seen) as security:
            security.enrol("security")
            security.open(ACCOUNTS, status=404)
            release(security)
            accept(newcomer, invitation)
            give_role(security)
        newcomer.open(MINE)
        assert ROLE_NAME in newcomer.text("main"), "the role is not in force at once"
        with Desk(browser, district, seen) as auditor:
            auditor.enrol("audit")
            identity = account.rsplit("/", 1)[1]
            find_rows(auditor, identity)
            export(auditor, identity)
    refuse_pages((words, page.address) for page, is_error, words in findings(seen) if is_error)


CHANGES = [the_three_administrators_do_their_work]
