"""run.py PROGRAM: runs every check against a district of its own and counts."""

import inspect
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from playwright.sync_api import Error, sync_playwright

import access
import crawled
import feeds
import fit
import interface
import offices
import openid
import validity
import walks
import writing
from crawl import Crawl
from district import District
from openid import LinkedDistrict, Provider

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
BROWSERS = 2
# What takes long comes first.
CHECKS = access.CHECKS + fit.CHECKS + validity.CHECKS + crawled.CHECKS + feeds.CHECKS
CHECKS += interface.CHECKS + walks.WALKS
CHANGES = writing.CHANGES + offices.CHANGES + walks.CHANGES + interface.CHANGES


def launch(playwright):
    # Chromium refuses its own sandbox to root, which is who runs in a container.
    # Its own language decides in which order the keys of a day are pressed.
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--lang=en-US"] + ["--no-sandbox"] * (os.getuid() == 0))


def attempt(check, arguments, given):
    """Runs a check once, with what it names; prints what came of it, answers whether it passed."""
    words = " ".join(str(argument) for argument in arguments)
    name = f"{check.__name__.replace('_', ' ')} {words}".strip()
    named = [given[word] for word in inspect.signature(check).parameters if word in given]
    try:
        check(*named, *arguments)
    except (AssertionError, Error, OSError, subprocess.SubprocessError) as fault:
        # Playwright's messages go on with a call log; the first lines say what happened.
        sys.stdout.write(f"FAILED {name}: " + " ".join(str(fault).splitlines()[:3]) + "\n")
        return False
    sys.stdout.write(f"passed {name}\n")
    return True


def work(tasks, given, results):
    """Takes the next check as long as there is one, with a browser of its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        while not tasks.empty():
            check, arguments = tasks.get()
            results.append(attempt(check, arguments, {**given, "browser": browser}))
        browser.close()


def run(checks, given):
    """Runs checks in a few browsers side by side; answers which passed."""
    tasks, results = queue.SimpleQueue(), []
    for check in checks:
        for arguments in getattr(check, "runs", [()]):
            tasks.put((check, arguments))
    expected = tasks.qsize()
    workers = [
        threading.Thread(target=work, args=(tasks, given, results), daemon=True)
        for _ in range(BROWSERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return results + [False] * (expected - len(results))


def main(program):
    sys.stdout.reconfigure(line_buffering=True)
    folder = tempfile.mkdtemp(prefix="groundwork-browser-")
    try:
        with District(program, folder) as district:
            crawl = Crawl(district)
            print(f"crawled {len(crawl.answers)} addresses, visited {len(crawl.visited)} pages")
            given = {"crawl": crawl, "district": district}
            results = run(CHECKS, given) + run(CHANGES, given)
        # A page to sign in with a provider is on no other walk's way, and leads off the site.
        with Provider(folder) as provider, LinkedDistrict(program, folder, provider) as linked:
            results += run(openid.CHECKS, {"linked": linked})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    # Being told to stop unwinds like any exit, so that the server and its folder go too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1]))
