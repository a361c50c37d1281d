"""The pages of a crawl on the narrowest screen, with nothing cached and script turned off."""

from crawled import refuse
from visit import CHINESE, DESK, ENGLISH, PHONE, Visit

# A page with its style sheets and pictures, as it comes over the wire.
PAGE_BYTES = 300_000


class Scale:
    """Weighs what a visit is sent."""

    def __init__(self, visit):
        self.bytes = 0
        wire = visit.context.new_cdp_session(visit.page)
        wire.on("Network.loadingFinished", self.add)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def add(self, loaded):
        self.bytes += int(loaded["encodedDataLength"])

# Words of a chart that leave it at the side, or that touch each other.
CRAMPED = """
() => [...document.querySelectorAll("svg.chart")].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    const words = [...chart.querySelectorAll("text")].map(text => {
        const box = text.getBoundingClientRect();
        return {
            text: text.textContent, left: box.left, right: box.right,
            top: box.top + box.height * 0.2, bottom: box.bottom - box.height * 0.2,
            shown: box.width > 0
        };
    }).filter(word => word.shown);
    const faults = words
        .filter(word => word.left < frame.left - 1 || word.right > frame.right + 1)
        .map(word => `“${word.text}” leaves its chart`);
    words.forEach((one, place) => words.slice(place + 1).forEach(other => {
        if (one.left < other.right - 1 && other.left < one.right - 1
            && one.top < other.bottom - 1 && other.top < one.bottom - 1) {
            faults.push(`“${one.text}” touches “${other.text}”`);
        }
    }));
    return faults;
})
"""

# Where charts are drawn.
CHARTED = {
    "/", "/themes/…", "/figures/…", "/units/…", "/compare", "/map", "/reorganizations/…",
    "/calendar",
}


def every_page_fits_a_phone_and_is_light(browser, crawl, language):
    faults = []
    pages = [page for page in crawl.pages if page.language == language and not page.is_elder]
    with Visit(browser, crawl.district, language, PHONE, script=False) as visit:
        scale = Scale(visit)
        for page in pages:
            scale.bytes, visit.complaints = 0, []
            try:
                visit.show(page)
            except AssertionError as fault:
                faults.append(str(fault))
            if scale.bytes > PAGE_BYTES:
                faults.append(f"{page} weighs {scale.bytes} bytes")
            faults += [f"{page}: {fault}" for fault in visit.page.evaluate(CRAMPED)]
    refuse(faults)


every_page_fits_a_phone_and_is_light.runs = [(CHINESE,), (ENGLISH,)]

# Every word of a page becomes as long as the longest name or English word it may have to hold.
LENGTHEN = """
([language]) => {
    const [words, long] = language === "zh"
        ? [/[\\u4e00-\\u9fff]{2,}/g, "澄湖之滨".repeat(15)]
        : [/[A-Za-z]{4,}/g, "organizational".repeat(3).slice(0, 40)];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (!node.parentElement.closest("svg, script, option, textarea")) {
            node.textContent = node.textContent.replace(words, long);
        }
    }
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
"""


def every_template_holds_long_words(browser, crawl, language):
    """In the mode with the largest letters, on the narrowest screen, one page of each shape."""
    shapes = {}
    for page in crawl.pages:
        if page.language == language and page.is_elder:
            shapes.setdefault((page.session is not None, page.shape), page)
    faults = []
    with Visit(browser, crawl.district, language, PHONE, script=False) as visit:
        for page in shapes.values():
            visit.show(page)
            hidden = visit.page.evaluate(LENGTHEN, [language])
            if hidden > 0:
                faults.append(f"{page} scrolls sideways by {hidden} px with long words")
    refuse(faults)


every_template_holds_long_words.runs = [(CHINESE,), (ENGLISH,)]



def every_chart_of_a_desk_keeps_its_words_apart(browser, crawl, language):
    """In letters of the usual size and in the largest; phones are looked at with the rest."""
    faults = []
    with Visit(browser, crawl.district, language, DESK, script=False) as visit:
        for page in crawl.pages:
            if page.language != language or page.session is not None:
                continue
            if page.shape not in CHARTED:
                continue
            visit.show(page)
            faults += [f"{page}: {fault}" for fault in visit.page.evaluate(CRAMPED)]
    refuse(faults)


every_chart_of_a_desk_keeps_its_words_apart.runs = [(CHINESE,), (ENGLISH,)]

CHECKS = [
    every_page_fits_a_phone_and_is_light, every_template_holds_long_words,
    every_chart_of_a_desk_keeps_its_words_apart,
]
