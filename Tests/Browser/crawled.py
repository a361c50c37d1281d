"""What holds of every page that a crawl found. A name is a sentence."""

from urllib.parse import urlsplit

from visit import CHINESE, ENGLISH

NAMED = 6
# The pages there must be at least, lest a crawl that finds nothing passes every check.
FEWEST = 20


def refuse(faults):
    """Fails with the first few faults, all on one line, and their number."""
    faults = list(dict.fromkeys(faults))
    more = f"; and {len(faults) - NAMED} more" if len(faults) > NAMED else ""
    assert not faults, "; ".join(faults[:NAMED]) + more


def refuse_pages(faults):
    """The same for faults that come with the page they are on: each is said once."""
    places = {}
    for fault, page in faults:
        places.setdefault(fault, []).append(page)
    refuse(
        f"{fault} on {pages[0]}" + f" and {len(pages) - 1} more pages" * (len(pages) > 1)
        for fault, pages in places.items())


def the_home_page_leads_to_every_kind_of_page(crawl):
    assert len(crawl.visited) >= FEWEST, f"only {len(crawl.visited)} pages were found"
    assert not crawl.left_out, f"{crawl.left_out} addresses were left out: raise the limit"


def no_link_is_dead(crawl):
    refuse(
        f"{page} answers {page.status}, linked from {crawl.linked[place]}"
        for place, page in crawl.answers.items()
        if page.status != 200 and not (page.session and page.leads_to))


def every_link_into_a_page_finds_its_place(crawl):
    def misses(page):
        for link in page.markup.links:
            address, place = page.resolve(link) or ("", "")
            target = page if address == page.address else crawl.answers.get((page.session, address))
            if place and target and place not in target.markup.ids:
                yield f"{page} links to {link}"

    refuse(fault for page in crawl.visited for fault in misses(page))


def every_page_has_a_title_and_one_first_heading(crawl):
    refuse(
        f"{page} has the title “{page.markup.title}” and {page.markup.headings} first headings"
        for page in crawl.pages
        if not page.markup.title.split("·")[0].strip() or page.markup.headings != 1)


def every_page_speaks_the_language_asked_for(crawl):
    refuse(
        f"{page} is in “{page.markup.language}”" for page in crawl.pages
        if not page.markup.language.startswith(page.language))


def both_languages_and_modes_have_the_same_links(crawl):
    def links(page):
        # A secret for one-time codes is made anew for each showing.
        return {link for link in page.markup.links if not link.startswith("otpauth:")}

    twins = crawl.english, crawl.elder, crawl.english_elder
    for page, *others in zip(crawl.visited, *twins):
        for other in others:
            refuse(
                f"{other} and {page} do not both link to {link}"
                for link in sorted(links(page) ^ links(other)))


def a_choice_of_language_or_mode_keeps_the_page(crawl):
    refuse(
        f"{page} leads to {switch}" for page in crawl.visited + crawl.english
        for switch in (page.markup.other_language, page.markup.other_mode)
        if urlsplit(switch or "").path != urlsplit(page.address).path)


def an_unknown_address_has_a_page_in_both_languages(crawl):
    refuse(
        f"{page} answers {page.status} with {page.markup.headings} headings"
        for page in crawl.refusals if page.status != 404 or page.markup.headings != 1)


def no_id_is_used_twice(crawl):
    refuse(
        f"{page} has {times} elements called {name}" for page in crawl.pages
        for name, times in page.markup.ids.items() if times > 1)


def no_word_of_the_interface_is_missing(crawl):
    refuse_pages((f"“{word}”", page) for page in crawl.pages for word in page.markup.raw_words)


def no_page_of_somebody_signed_in_is_kept(crawl):
    pages = [page for page in crawl.answers.values() if page.session]
    assert len(pages) >= FEWEST, f"only {len(pages)} pages were found behind the sign-in"
    refuse(f"{page} may be kept by a browser" for page in pages if page.is_kept)


CHECKS = [
    the_home_page_leads_to_every_kind_of_page,
    no_link_is_dead,
    every_link_into_a_page_finds_its_place,
    every_page_has_a_title_and_one_first_heading,
    every_page_speaks_the_language_asked_for,
    both_languages_and_modes_have_the_same_links,
    a_choice_of_language_or_mode_keeps_the_page,
    an_unknown_address_has_a_page_in_both_languages,
    no_id_is_used_twice,
    no_word_of_the_interface_is_missing,
    no_page_of_somebody_signed_in_is_kept,
]
