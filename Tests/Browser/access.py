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


def options(measures_colors):
    return {
        "resultTypes": ["violations"],
        "rules": {
            "target-size": {"enabled": True}, "color-contrast": {"enabled": measures_colors}},
    }


def violations(visit, page, widths, measures_colors):
    """What is found on one page. Its policy does not bind what the browser's driver evaluates."""
    visit.page.set_viewport_size({"width": widths[0], "height": 800})
    visit.show(page)
    visit.page.evaluate(PRUNE)
    visit.page.evaluate(Axe().axe_script)
    for width in widths:
        visit.page.set_viewport_size({"width": width, "height": 800})
        yield from violations_here(visit, measures_colors and width == widths[0])


def violations_here(visit, measures_colors=True):
    """What is found on the page that is open, to which axe was brought."""
    for found in visit.page.evaluate(RUN, options(measures_colors)):
        yield f"{found['id']}: {found['help']} at {' '.join(found['nodes'][0]['target'])}"


def inspected(crawl, language, mode):
    return list(templates(
        page for page in crawl.pages
        if page.language == language and page.is_elder == (mode == ELDER)))


def no_page_shuts_anybody_out(browser, crawl, language, mode):
    """Colors take axe longer than all else. They are the same at every width and in both languages,
    so they are measured at the first width, and in English on what no Chinese page shows.
    """
    faults, measured = [], set()
    if language == ENGLISH:
        measured = set().union(*(page.marks for page in inspected(crawl, CHINESE, mode)))
    with Visit(browser, crawl.district, language) as visit:
        for page in inspected(crawl, language, mode):
            colors = not page.marks <= measured
            try:
                faults += [
                    (fault, page) for fault in violations(visit, page, WIDTHS[mode], colors)]
            except AssertionError as fault:
                faults.append((str(fault), page))
                visit.complaints = []
    refuse_pages(faults)


no_page_shuts_anybody_out.runs = [
    (language, mode) for language in (CHINESE, ENGLISH) for mode in (PLAIN, ELDER)]

CHECKS = [no_page_shuts_anybody_out]
