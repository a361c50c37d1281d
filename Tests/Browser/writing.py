"""What those who work here do: sign in, write, correct, bring a file, see what is due.

Nothing here needs script. Who writes by keyboard has no mouse: he reaches everything by Tab.
"""

import csv
import io
import re
import time
import zipfile

from district import SIGN_IN, password
from visit import BEGINNING, CHINESE, ENGLISH, PHONE, Visit
from walks import LANGUAGES

# Presses of Tab that any element of a page is within; no page has so many.
REACH = 400
DONE_SECONDS = 60
DAY = "2015-06-30"
# A browser set to English takes a day as month, day, year.
DAY_KEYS = "06302015"
FIGURE = "/figures/{}?unit={}&period=2015-H1"
DISTRICT = "410102"
FOCUSED = "selector => document.activeElement.matches(selector)"
OUTLINED = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
FORM = "main form.entry-form"

# One kind for each language, so that neither moves the other's figure: what leads to the kind,
# what is written under each label's field, the field left out at first, the one corrected, and the
# figure, printed in the report, that adds the last one up.
WRITTEN = {
    CHINESE: {
        "kind": "training_class", "find": "培训班", "figure": "training_class.person_times",
        "fields": {
            "field.audience": "member", "field.mode": "special", "field.theme": "办好身边小事",
            "measure.0": "37"},
        "missing": "field.theme", "corrected": ("measure.0", "41"), "reason": "签到表漏数四人",
    },
    ENGLISH: {
        "kind": "material", "find": None, "figure": "material.copies",
        "fields": {"field.title": "How to sort rubbish", "measure.0": "120"},
        "missing": "field.title", "corrected": ("measure.0", "150"), "reason": "One box was missed",
    },
}


class Keyboard:
    """Hands on the keys of a visit, and nowhere else."""

    def __init__(self, visit):
        self.visit, self.page = visit, visit.page

    def press(self, key):
        self.page.keyboard.press(key)

    def is_at(self, selector):
        return self.page.evaluate(FOCUSED, selector)

    def reach(self, selector):
        """Presses Tab until the element has the focus, which can be seen."""
        for _ in range(REACH):
            if self.is_at(selector):
                break
            self.press("Tab")
        assert self.is_at(selector), f"{self.visit.path}: Tab does not reach {selector}"
        assert self.page.evaluate(OUTLINED), f"{self.visit.path}: nothing shows {selector} is on"

    def enter(self, selector, status=200):
        """Presses Enter there and inspects the page it leads to."""
        self.reach(selector)
        with self.page.expect_navigation() as navigation:
            self.press("Enter")
        answered = navigation.value.status
        assert answered == status, f"Enter on {selector} answers {answered}"
        self.visit.excuse(status)
        self.visit.inspect()

    def write(self, name, text):
        """Writes into a field, or goes down a list to the value."""
        field = f'{FORM} [name="{name}"]'
        self.reach(field)
        if self.is_at("select"):
            self.press("Home")
            for _ in range(self.visit.count(f"{field} option")):
                if self.value(name) == text:
                    break
                self.press("ArrowDown")
        elif self.is_at('[type="date"]'):
            self.page.keyboard.type(text)
            return
        else:
            self.press("ControlOrMeta+a")
            self.page.keyboard.type(text)
        assert self.value(name) == text, f"{name} says “{self.value(name)}”, not “{text}”"

    def value(self, name):
        return self.page.locator(f'{FORM} [name="{name}"]').input_value()

    def sign_in(self, reader):
        self.enter('.reading-aids a[href="/desk"]')
        assert self.is_at('[name="name"]'), "the focus is not on the first field"
        self.write("name", reader)
        self.write("password", password(reader))
        self.enter(f'{FORM} [name="password"]')
        assert self.visit.path == BEGINNING, f"signing in led to {self.visit.path}"


def worth(visit, indicator, unit=DISTRICT):
    visit.open(FIGURE.format(indicator, unit))
    return int(visit.value())


def open_form(keys, written):
    keys.enter('.reader-bar a[href="/entries"]')
    if written["find"]:
        keys.reach('main [name="q"]')
        keys.page.keyboard.type(written["find"])
        keys.enter('main [name="q"]')
    keys.enter(f'main a[href^="/entries/new/{written["kind"]}"]')


def fill(keys, written):
    """Everything but one field: the browser asks for it, and so does the site when it is blank."""
    missing = f'{FORM} [name="{written["missing"]}"]'
    keys.write("day", DAY_KEYS)
    assert keys.value("day") == DAY, f"the day says {keys.value('day')}"
    for name, text in written["fields"].items():
        if name != written["missing"]:
            keys.write(name, text)
    keys.reach(f'{FORM} [name="then"][value="post"]')
    keys.press("Enter")
    assert keys.is_at(missing), "the browser does not lead to the field that is missing"
    keys.write(written["missing"], " ")
    keys.enter(missing, status=422)
    assert keys.is_at(missing), "the focus is not on the first field that is wrong"
    assert keys.is_at('[aria-invalid="true"][aria-describedby]'), "the fault is not tied to it"
    assert keys.visit.count(".fault-summary a") == 1, "not the one fault is named"
    said = {**written["fields"], "day": DAY}
    for name in said.keys() - {written["missing"]}:
        assert keys.value(name) == said[name], f"{name} was lost"
    keys.write(written["missing"], said[written["missing"]])


def a_record_is_written_and_corrected_by_keyboard(browser, district, language):
    written = WRITTEN[language]
    name, corrected = written["corrected"]
    with Visit(browser, district, language, PHONE, script=False) as visit:
        keys = Keyboard(visit)
        before = worth(visit, written["figure"])
        visit.open("/")
        keys.sign_in("clerk")
        open_form(keys, written)
        fill(keys, written)
        keys.enter(f'{FORM} [name="{written["missing"]}"]')
        assert visit.path.startswith("/records/") and visit.count(".done"), visit.path
        first = visit.path
        moved = worth(visit, written["figure"]) - before
        assert moved == int(written["fields"][name]), f"writing moved the figure by {moved}"
        visit.open(first)
        keys.enter('main a[href$="/correct"]')
        keys.write("reason", written["reason"])
        keys.write(name, corrected)
        keys.enter(f'{FORM} [name="{name}"]')
        assert visit.path.startswith("/records/") and visit.path != first, visit.path
        assert visit.count(".done"), "nothing says that it was corrected"
        keys.enter(f'main a[href="{first}"]')
        assert written["reason"] in visit.text("main"), "the reason is not in the history"
        moved = worth(visit, written["figure"]) - before
        assert moved == int(corrected), f"with its correction the figure moved by {moved}"
        sign_out(keys)


def sign_out(keys):
    """And what was on the screen cannot be called back."""
    visit = keys.visit
    visit.open("/entries")
    assert visit.count(".reader-bar") == 1
    keys.enter(".reader-bar form button")
    assert visit.count(".reader-bar") == 0, "the way out leads nowhere"
    visit.page.go_back()
    assert visit.path == SIGN_IN, f"after signing out, {visit.path} is shown again"


a_record_is_written_and_corrected_by_keyboard.runs = [(language,) for language in LANGUAGES]

# A file for each language: its unit, its headings, a level that is none, and two right rows.
BROUGHT = {
    CHINESE: ("410102001001", ["单位", "日期", "级别", "称号"], "特级", "市级", "和谐社区", "书香社区"),
    ENGLISH: ("410102001002", ["Unit", "Day", "Level", "Title"], "Great", "City", "Quiet", "Green"),
}


def table(language, headings, is_right):
    unit, _, wrong, level, *titles = BROUGHT[language]
    rows = [[unit, DAY, level if is_right else wrong, title] for title in titles]
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return {
        "name": f"honors-{language}.csv", "mimeType": "text/csv",
        "buffer": text.getvalue().encode("utf-8")}


def send(visit, form):
    """Sends a form and waits, as the page says one may, until its work is done."""
    visit.send(form)
    deadline = time.monotonic() + DONE_SECONDS
    while visit.count("progress"):
        assert time.monotonic() < deadline, f"{visit.path} is never done"
        visit.page.wait_for_timeout(100)
        visit.open(visit.path)


def send_file(visit, file):
    form = 'main form[enctype="multipart/form-data"]'
    visit.page.set_input_files(f"{form} input[type=file]", file)
    send(visit, form)


def read_template(visit, headings):
    """The headings as they stand in the workbook, where they say what is required."""
    with visit.page.expect_download() as download:
        visit.page.locator('main a[href$=".xlsx"]').first.click()
    with zipfile.ZipFile(download.value.path()) as workbook:
        words = workbook.read("xl/sharedStrings.xml").decode("utf-8")
    found = [re.search(f">({heading}[^<]*)<", words) for heading in headings]
    assert all(found), f"the template has not all of {', '.join(headings)}"
    return [heading.group(1) for heading in found]


def a_file_is_brought_and_undone_as_a_whole(browser, district, language):
    unit, headings, *_ = BROUGHT[language]
    with Visit(browser, district, language, PHONE, script=False) as visit:
        before = worth(visit, "honor.count", unit)
        visit.sign_in("street", "/uploads")
        visit.page.locator('main select[name="kind"]').select_option("honor")
        visit.send('main form[method="get"]')
        headings = read_template(visit, headings)
        send_file(visit, table(language, headings, is_right=False))
        publishing = 'main form[action$="/publication"]'
        assert visit.count("tbody .faults") == 2, "not both rows are refused"
        assert visit.count(publishing) == 0, "what is wrong could be published"
        send_file(visit, table(language, headings, is_right=True))
        assert visit.count("tbody .tag-good") == 2, "not both rows are fine"
        assert worth_apart(visit, unit) == before, "what is only judged counts already"
        send(visit, publishing)
        assert worth_apart(visit, unit) == before + 2, "what was published does not count"
        send(visit, 'main form[action$="/reversal"]')
        assert worth_apart(visit, unit) == before, "what was undone still counts"


def worth_apart(visit, unit):
    """The figure of honors, and back to the page that was open."""
    here = visit.path
    value = worth(visit, "honor.count", unit)
    visit.open(here)
    return value


a_file_is_brought_and_undone_as_a_whole.runs = [(language,) for language in LANGUAGES]

CHANGES = [
    a_record_is_written_and_corrected_by_keyboard,
    a_file_is_brought_and_undone_as_a_whole,
]
