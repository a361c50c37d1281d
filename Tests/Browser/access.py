"""The pages of a crawl before axe, which finds what shuts people out; any impact is a fault."""

from axe_playwright_python.sync_playwright import Axe

from crawled import refuse
from visit import CHINESE, DESK, ENGLISH, PHONE, Visit

PLAIN, ELDER = "plain", "elder"
# The elder mode is the same markup in larger letters, which are in need on a phone.
WIDTHS = {PLAIN: (PHONE, DESK), ELDER: (PHONE,)}
# Rows that follow these are like them; axe measures the colors of every letter it is shown.
CONTEXT = {"exclude": ["tbody tr:nth-child(n + 8)", ".chart a:nth-of-type(n + 8)"]}
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
RUN = "([context, options]) => axe.run(context, options).then(result => result.violations)"


def templates(pages):
    """One page of each shape of address, and each page with elements the others do not have."""
    shapes, marks = set(), set()
    for page in pages:
        if page.shape not in shapes or not page.marks <= marks:
            shapes.add(page.shape)
            marks |= page.marks
            yield page


def violations(visit, widths):
    """What axe finds on the page that is open. No policy of the page binds what we evaluate."""
    visit.page.evaluate(Axe().axe_script)
    for width in widths:
        visit.page.set_viewport_size({"width": width, "height": 800})
        for found in visit.page.evaluate(RUN, [CONTEXT, OPTIONS]):
            places = ", ".join(" ".join(node["target"]) for node in found["nodes"][:3])
            yield f"{found['id']} at {width} px: {found['help']} at {places}"


def no_page_shuts_anybody_out(browser, crawl, language, mode):
    faults = []
    pages = [
        page for page in crawl.pages
        if page.language == language and page.is_elder == (mode == ELDER)]
    with Visit(browser, crawl.district, language) as visit:
        for page in templates(pages):
            visit.open(page.address, page.status)
            faults += [f"{page} {fault}" for fault in violations(visit, WIDTHS[mode])]
    refuse(faults)


no_page_shuts_anybody_out.runs = [
    (language, mode) for language in (CHINESE, ENGLISH) for mode in (PLAIN, ELDER)]

CHECKS = [no_page_shuts_anybody_out]
