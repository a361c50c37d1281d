"""The pages of a crawl on the narrowest screen, with nothing cached and script turned off."""

from crawled import refuse
from visit import CHINESE, ENGLISH, PHONE, Visit

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
    refuse(faults)


every_page_fits_a_phone_and_is_light.runs = [(CHINESE,), (ENGLISH,)]

CHECKS = [every_page_fits_a_phone_and_is_light]
