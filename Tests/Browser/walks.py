"""What a reader does. A name is a sentence; every parameter list is run through."""

from visit import CHINESE, DESK, ENGLISH, PHONE, Visit

LANGUAGES = (CHINESE, ENGLISH)
WIDTHS = (PHONE, DESK)
READERS = [(language, width) for language in LANGUAGES for width in WIDTHS]

STREET, DISTRICT = "410102003", "410102"
INDICATOR = "volunteer_activity.count"
FIGURE = f"/figures/{INDICATOR}?unit={{}}&period=2015-H1&structure=then"
PRINTED = f'a.figure[href*="{INDICATOR}"]'
RECORD = 'main a[href^="/records/"]'


def open_report(visit):
    visit.open("/")
    visit.follow('a[href^="/reports"]')
    if visit.path == "/reports":
        visit.follow('main a[href^="/reports/"]')


def walk_from_home_to_record(visit):
    open_report(visit)
    assert visit.count("a.figure") > 20, "the report prints hardly any number that can be clicked"
    visit.follow(PRINTED)
    assert visit.path == f"/figures/{INDICATOR}", visit.path
    assert int(visit.value()) > 0
    visit.follow(RECORD)
    assert visit.path.startswith("/records/"), visit.path


def a_printed_number_leads_to_its_records(browser, district, language, width):
    with Visit(browser, district, language, width) as visit:
        walk_from_home_to_record(visit)


a_printed_number_leads_to_its_records.runs = READERS


def the_walk_works_without_script(browser, district):
    with Visit(browser, district, script=False) as visit:
        walk_from_home_to_record(visit)


def every_number_of_the_report_leads_somewhere(browser, district):
    with Visit(browser, district) as visit:
        open_report(visit)
        links = visit.page.locator("a.figure").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))")
        for link in sorted(set(links)):
            visit.open(link)
            assert visit.count("[data-value]") > 0, f"{link} shows no value"


def the_trace_adds_up_to_the_figure(browser, district):
    with Visit(browser, district) as visit:
        visit.open(FIGURE.format(STREET))
        value, records = int(visit.value()), set()
        while True:
            records.update(visit.page.locator(RECORD).evaluate_all(
                "links => links.map(link => link.getAttribute('href'))"))
            if not visit.count('a[rel="next"]'):
                break
            visit.follow('a[rel="next"]')
        assert len(records) == value, f"{len(records)} records are listed for a value of {value}"


def every_kind_of_page_fits_its_window(browser, district, language, width):
    with Visit(browser, district, language, width) as visit:
        open_report(visit)
        for path in (
                "/reports", FIGURE.format(DISTRICT), FIGURE.format(STREET).replace("then", "now"),
                f"/units/{DISTRICT}?on=2015-06-30", f"/units/{STREET}?on=2015-02-28"):
            visit.open(path)


every_kind_of_page_fits_its_window.runs = READERS


def a_chosen_language_stays(browser, district):
    with Visit(browser, district) as visit:
        visit.open("/")
        chinese = visit.text(".site-nav")
        visit.language = ENGLISH
        visit.open("/?lang=en")
        visit.open("/reports")
        assert visit.text(".site-nav") != chinese, "the navigation is still in Chinese"


def elder_mode_is_large_and_still_fits(browser, district, language):
    with Visit(browser, district, language, PHONE) as visit:
        visit.open("/?mode=elder")
        walk_from_home_to_record(visit)
        size = visit.page.locator("main").evaluate("main => getComputedStyle(main).fontSize")
        assert float(size.removesuffix("px")) >= 24, f"text of {size} is less than 18 points"


elder_mode_is_large_and_still_fits.runs = [(language,) for language in LANGUAGES]


def the_first_key_press_reaches_the_skip_link(browser, district):
    with Visit(browser, district) as visit:
        visit.open("/")
        visit.page.keyboard.press("Tab")
        focused = visit.page.evaluate("document.activeElement.getAttribute('href')")
        assert focused == "#content", f"the focus is on {focused}"


def an_unknown_address_is_refused_in_plain_words(browser, district, language):
    with Visit(browser, district, language) as visit:
        visit.open("/figures/nothing.like_that?unit=410102&period=2015-H1", status=404)
        visit.open("/records/unknown", status=404)
        visit.open("/nowhere", status=404)


an_unknown_address_is_refused_in_plain_words.runs = [(language,) for language in LANGUAGES]


def a_new_record_moves_its_figure_and_those_above(browser, district):
    """The issued report says what it said."""
    with Visit(browser, district) as visit:
        open_report(visit)
        said = visit.text(PRINTED)
        before = {}
        for unit in (STREET, DISTRICT):
            visit.open(FIGURE.format(unit))
            before[unit] = int(visit.value())
        district.add_record("volunteer_activity", STREET, "2015-06-30", title="清洁楼道")
        for unit in (STREET, DISTRICT):
            visit.open(FIGURE.format(unit))
            after = int(visit.value())
            assert after == before[unit] + 1, f"{unit}: {before[unit]}, then {after}"
        open_report(visit)
        assert visit.text(PRINTED) == said, "the issued report changed its word"


def press(visit, selector, text, *keys):
    """Writes into a field and presses keys there, as who has no mouse."""
    visit.page.locator(selector).focus()
    visit.page.keyboard.type(text)
    for key in keys:
        visit.page.keyboard.press(key)


def a_unit_and_a_period_are_chosen_by_keyboard(browser, district, language, width):
    with Visit(browser, district, language, width) as visit:
        visit.open(FIGURE.format(DISTRICT))
        folded = visit.page.locator("main details.ask:not([open]) > summary")
        assert folded.count() == (1 if width == PHONE else 0)
        if folded.count():
            folded.focus()
            visit.page.keyboard.press("Enter")
        field = "main #field-unit"
        press(visit, field, "tblj")
        assert visit.page.locator(field).get_attribute("aria-expanded") == "true"
        visit.page.keyboard.press("ArrowDown")
        active = visit.page.locator(field).get_attribute("aria-activedescendant")
        assert visit.page.locator(f"#{active}[aria-selected=true]").count() == 1
        visit.page.keyboard.press("Enter")
        assert "410102005" in visit.page.locator(field).input_value()
        visit.page.keyboard.press("ArrowDown")
        visit.page.keyboard.press("Escape")
        assert visit.page.locator(field).get_attribute("aria-expanded") == "false"
        with visit.page.expect_navigation():
            press(visit, "main #field-period", "2015年一季度", "Enter")
        visit.inspect()
        assert visit.path == f"/figures/{INDICATOR}", visit.page.url
        assert "unit=410102005" in visit.page.url, visit.page.url
        assert "selected" in visit.page.locator(
            'main select[name="period"] option[value="2015-Q1"]').first.evaluate(
                "option => option.outerHTML")


a_unit_and_a_period_are_chosen_by_keyboard.runs = READERS


def a_unit_is_written_without_script(browser, district, language):
    with Visit(browser, district, language, PHONE, script=False) as visit:
        visit.open(FIGURE.format(DISTRICT))
        visit.page.locator("main .pick:has(select[name=unit]) summary").click()
        visit.page.fill('main input[name="unit"]', "tongbailu")
        visit.send('main form[action="/figures"]')
        assert "unit=tongbailu" in visit.page.url, visit.page.url
        assert visit.count('main select[name="unit"] option[value="410102005"][selected]') == 1
        visit.open(f"/figures/{INDICATOR}?unit=xyzzy&period=2015-H1", status=422)
        assert visit.page.locator('main input[name="unit"]').input_value() == "xyzzy"
        assert visit.page.locator('main input[name="period"]').input_value() == "2015-H1"


a_unit_is_written_without_script.runs = [(language,) for language in LANGUAGES]


WALKS = [
    a_printed_number_leads_to_its_records,
    the_walk_works_without_script,
    every_number_of_the_report_leads_somewhere,
    the_trace_adds_up_to_the_figure,
    every_kind_of_page_fits_its_window,
    a_chosen_language_stays,
    elder_mode_is_large_and_still_fits,
    the_first_key_press_reaches_the_skip_link,
    an_unknown_address_is_refused_in_plain_words,
    a_unit_and_a_period_are_chosen_by_keyboard,
    a_unit_is_written_without_script,
]

# After all others, because they change the district.
CHANGES = [a_new_record_moves_its_figure_and_those_above]
