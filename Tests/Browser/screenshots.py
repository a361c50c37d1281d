"""screenshots.py PROGRAM FOLDER: the pictures of the user guide, from a running demonstration."""

import os
import shutil
import sys
import tempfile

from PIL import Image
from playwright.sync_api import sync_playwright

from district import District
from run import launch
from visit import CHINESE, DESK, ENGLISH, PHONE, Visit

# Page, width and the picture's name; each is taken in both languages.
PICTURES = [
    ("/", DESK, "home"),
    ("/themes/premises", DESK, "theme"),
    ("/figures/honor.count?unit=410102&period=2015-H1", DESK, "figure"),
    ("/units/410102009?on=2015-06-30", DESK, "unit"),
    ("/calendar?month=2015-06", DESK, "calendar"),
    ("/reports", PHONE, "reports-phone"),
]
HEIGHT = 1000
# A picture of the guide has few colors, and fewer make it light.
COLORS = 64
PICTURE_BYTES = 150_000


def take(browser, district, folder, language):
    for path, width, name in PICTURES:
        with Visit(browser, district, language, width) as visit:
            visit.open(path)
            visit.page.set_viewport_size({"width": width, "height": HEIGHT})
            picture = os.path.join(folder, f"{name}-{language}.png")
            visit.page.screenshot(path=picture)
            with Image.open(picture) as image:
                few = image.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
                few.save(picture, optimize=True)
            size = os.path.getsize(picture)
            assert size <= PICTURE_BYTES, f"{picture} has {size} bytes"
            print(f"{picture}: {size // 1024} KB")


def main(program, folder):
    os.makedirs(folder, exist_ok=True)
    data = tempfile.mkdtemp(prefix="groundwork-screenshots-")
    try:
        with District(program, data) as district, sync_playwright() as playwright:
            browser = launch(playwright)
            for language in (CHINESE, ENGLISH):
                take(browser, district, folder, language)
            browser.close()
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
