"""The pages of a crawl before axe, which finds what shuts people out; any impact is a fault."""

from axe_playwright_python.sync_playwright import Axe

from crawled import refuse_pages
from visit import CHINESE, DESK, ENGLISH, PHONE, Visit

PLAIN, ELDER = "plain", "elder"
# The elder mode is the same markup in larger letters, which are in need on a phone.
WIDTHS = {PLAIN: (PHONE, DESK), ELDER: (PHONE,)}
# Rows and sheets after these are like them, and axe takes its time over each.
PRUNE = """document.querySelectorAll(
    'tbody tr:nth-child(n + 6), .sheet:nth-child(n + 12), ul > li:nth-child(n + 12)'
).forEach(element => element.remove())"""
RUN = "options => axe.run(document, options).then(result => result.violations)"


def templates(pages):
    """One page of each shape of address, and each page with elements the others do not have."""
    shapes, marks = set(), set()
    for page in pages:
        if page.shape not in shapes or not page.marks <= marks:
            shapes.add(page.shape)
            marks |= page.marks
            yield page


def options(is_first):
    """Colors are the same at every width, so they are measured at the first only."""
    return {
        "resultTypes": ["violations"],
        "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": is_first}},
    }


def violations(visit, page, widths):
    """What is found on one page. Its policy does not bind what the browser's driver evaluates."""
    visit.page.set_viewport_size({"width": widths[0], "height": 800})
    visit.show(page)
    visit.page.evaluate(PRUNE)
    visit.page.evaluate(Axe().axe_script)
    for width in widths:
        visit.page.set_viewport_size({"width": width, "height": 800})
        yield from violations_here(visit, is_first=width == widths[0])


def violations_here(visit, is_first):
    """What is found on the page that is open, to which axe was brought."""
    for found in visit.page.evaluate(RUN, options(is_first)):
        yield f"{found['id']}: {found['help']} at {' '.join(found['nodes'][0]['target'])}"


def no_page_shuts_anybody_out(browser, crawl, language, mode):
    faults = []
    pages = [
        page for page in crawl.pages
        if page.language == language and page.is_elder == (mode == ELDER)]
    with Visit(browser, crawl.district, language) as visit:
        for page in templates(pages):
            try:
                faults += [(fault, page) for fault in violations(visit, page, WIDTHS[mode])]
            except AssertionError as fault:
                faults.append((str(fault), page))
                visit.complaints = []
    refuse_pages(faults)


no_page_shuts_anybody_out.runs = [
    (language, mode) for language in (CHINESE, ENGLISH) for mode in (PLAIN, ELDER)]

CHECKS = [no_page_shuts_anybody_out]
