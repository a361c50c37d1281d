"""run.py PROGRAM: runs every check against a district of its own and counts."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile

from playwright.sync_api import Error, sync_playwright

import access
import crawled
import fit
import validity
import walks
from crawl import Crawl
from district import District

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def launch(playwright):
    # Chromium refuses its own sandbox to root, which is who runs in a container.
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"] if os.getuid() == 0 else [])


def attempt(check, *given):
    """Runs one check as often as it asks for; prints what came of it, yields whether it passed."""
    for arguments in getattr(check, "runs", [()]):
        words = " ".join(str(argument) for argument in arguments)
        name = f"{check.__name__.replace('_', ' ')} {words}".strip()
        try:
            check(*given, *arguments)
        except (AssertionError, Error, OSError, subprocess.SubprocessError) as fault:
            # Playwright's messages go on with a call log; the first lines say what happened.
            print(f"FAILED {name}: " + " ".join(str(fault).splitlines()[:3]), flush=True)
            yield False
        else:
            print(f"passed {name}", flush=True)
            yield True


def checks(browser, district):
    """Every check with what it is given. The walks come last, because they add a record."""
    crawl = Crawl(district)
    yield from ((check, crawl) for check in crawled.CHECKS + validity.CHECKS)
    yield from ((check, browser, crawl) for check in fit.CHECKS + access.CHECKS)
    yield from ((walk, browser, district) for walk in walks.WALKS)


def main(program):
    results = []
    folder = tempfile.mkdtemp(prefix="groundwork-browser-")
    try:
        with District(program, folder) as district, sync_playwright() as playwright:
            browser = launch(playwright)
            for check, *given in checks(browser, district):
                results += attempt(check, *given)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    # Being told to stop unwinds like any exit, so that the server and its folder go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1]))
