"""run.py PROGRAM: runs every walk against a district of its own and counts."""

import os
import shutil
import signal
import sys
import tempfile

from playwright.sync_api import Error, sync_playwright

from district import District
from walks import WALKS

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"


def attempt(name, walk, *arguments):
    """Runs one walk; prints what came of it and answers whether it passed."""
    try:
        walk(*arguments)
    except (AssertionError, Error) as fault:
        # Playwright's messages go on with a call log; the first lines say what happened.
        print(f"FAILED {name}: " + " ".join(str(fault).splitlines()[:3]), flush=True)
        return False
    print(f"passed {name}", flush=True)
    return True


def main(program):
    results = []
    folder = tempfile.mkdtemp(prefix="groundwork-browser-")
    try:
        with District(program, folder) as district, sync_playwright() as playwright:
            # Chromium refuses its own sandbox to root, which is who runs in a container.
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox"] if os.getuid() == 0 else [])
            for walk in WALKS:
                for arguments in getattr(walk, "runs", [()]):
                    words = " ".join(str(argument) for argument in arguments)
                    name = f"{walk.__name__.replace('_', ' ')} {words}".strip()
                    results.append(attempt(name, walk, browser, district, *arguments))
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    # Being told to stop unwinds like any exit, so that the server and its folder go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1]))
