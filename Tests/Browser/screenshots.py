"""screenshots.py PROGRAM FOLDER: the pictures of the user guide, from a running demonstration."""

import os
import shutil
import sys
import tempfile
from collections import namedtuple

from PIL import Image
from playwright.sync_api import sync_playwright

from district import District, Session
from offices import Desk
from run import launch
from visit import CHINESE, DESK, ENGLISH, PHONE, Visit
from writing import BROUGHT, send_file, table

# Whose page it is (nobody's when it is public), its address, the width of the window, the
# picture's name; each is taken in both languages.
Picture = namedtuple("Picture", "reader address width name")
PICTURES = [
    Picture(None, "/", DESK, "home"),
    Picture(None, "/themes/premises", DESK, "theme"),
    Picture(None, "/figures/honor.count?unit=410102&period=2015-H1", DESK, "figure"),
    Picture(None, "/units/410102009?on=2015-06-30", DESK, "unit"),
    Picture(None, "/calendar?month=2015-06", DESK, "calendar"),
    Picture(None, "/reports", PHONE, "reports-phone"),
    Picture("clerk", "/entries", PHONE, "entries-phone"),
    Picture("clerk", "/entries/new/training_class", DESK, "entry"),
    Picture("clerk", "/dues?on=2015-06-30", DESK, "dues"),
    Picture("clerk", "/my/data", DESK, "my-data"),
    Picture("street", "/uploads", DESK, "upload"),
    Picture("system", "/admin/accounts", DESK, "accounts"),
]
# An administrator, who sets codes up before he is let in.
OFFICE = "system"
HEIGHT = 1000
# A picture of the guide has few colors, and fewer make it light.
COLORS = 64
PICTURE_BYTES = 150_000

# A page as whoever it is shown to sees it.
Shown = namedtuple("Shown", "address status session")


def sign_in(browser, district):
    """The sessions of all whose pages are taken."""
    readers = {picture.reader for picture in PICTURES} - {None, OFFICE}
    sessions = {reader: district.sign_in(reader) for reader in readers}
    with Desk(browser, district, []) as desk:
        desk.enrol(OFFICE)
        cookies = {cookie["name"]: cookie["value"] for cookie in desk.context.cookies()}
    return {**sessions, OFFICE: Session(OFFICE, cookies), None: None}


def bring(visit):
    """Brings a file with two faults; its verdicts are what the picture shows."""
    visit.page.locator('main select[name="kind"]').select_option("honor")
    visit.send('main form[method="get"]')
    _, headings, *_ = BROUGHT[visit.language]
    send_file(visit, table(visit.language, headings, is_right=False))


def keep(visit, picture):
    """Takes the picture and makes it light."""
    visit.page.screenshot(path=picture)
    with Image.open(picture) as image:
        few = image.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
        few.save(picture, optimize=True)
    size = os.path.getsize(picture)
    assert size <= PICTURE_BYTES, f"{picture} has {size} bytes"
    print(f"{picture}: {size // 1024} KB")


def take(browser, district, sessions, folder, language):
    for reader, address, width, name in PICTURES:
        with Visit(browser, district, language, width) as visit:
            visit.show(Shown(address, 200, sessions[reader]))
            if name == "upload":
                bring(visit)
            visit.page.set_viewport_size({"width": width, "height": HEIGHT})
            keep(visit, os.path.join(folder, f"{name}-{language}.png"))


def main(program, folder):
    os.makedirs(folder, exist_ok=True)
    data = tempfile.mkdtemp(prefix="groundwork-screenshots-")
    try:
        with District(program, data) as district, sync_playwright() as playwright:
            browser = launch(playwright)
            sessions = sign_in(browser, district)
            for language in (CHINESE, ENGLISH):
                take(browser, district, sessions, folder, language)
            browser.close()
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
