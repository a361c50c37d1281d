"""What is due, in a calendar: subscribed to on a phone, and read by a real calendar library."""

from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

from icalendar import Calendar, vText

from visit import CHINESE, ENGLISH, PHONE, Visit

DUES = "/dues"
SUBSCRIBE = "/dues/calendar"
MAKE = f'form[action="{SUBSCRIBE}"]'
REVOKE = f'form[action="{SUBSCRIBE}/end"]'
OCTETS = 75
TIMEOUT_SECONDS = 60


def subscribe(visit, name):
    """Signs in as the head of a street and answers the address of a new calendar."""
    visit.sign_in("street", DUES)
    days = visit.page.locator("tbody .day").all_inner_texts()
    assert days and all(date.fromisoformat(day) for day in days), "nothing is due in a street"
    visit.follow(f'main a[href="{SUBSCRIBE}"]')
    visit.page.fill(f'{MAKE} input[name="name"]', name)
    visit.send(MAKE)
    return visit.text(".secret code")


def fetch(address):
    with urlopen(address, timeout=TIMEOUT_SECONDS) as response:
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return response.read()


def events(body):
    """The events as the library reads them, which must find nothing wrong."""
    for line in body.split(b"\r\n"):
        assert len(line) <= OCTETS and b"\n" not in line, f"a line of {len(line)} octets"
        line.decode("utf-8")
    calendar = Calendar.from_ical(body)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    found = calendar.walk("VEVENT")
    broken = [event.errors for event in [calendar, *found] if event.errors]
    assert not broken, f"the library stumbles over {broken[:3]}"
    return found


def a_calendar_reads_what_is_due(browser, district, language):
    with Visit(browser, district, language, PHONE, script=False) as visit:
        name = {CHINESE: "我的手机；甲, 乙", ENGLISH: "my telephone; a, b"}[language]
        address = subscribe(visit, name)
        body = fetch(address)
        found = events(body)
        assert found, "nothing is due in a whole street"
        uids = {str(event["UID"]) for event in found}
        assert len(uids) == len(found), "two events bear one identity"
        for event in found:
            first, end = event["DTSTART"].dt, event["DTEND"].dt
            assert type(first) is date and end == first + timedelta(days=1), event["UID"]
            assert event["SUMMARY"] and event["DESCRIPTION"] and event["CATEGORIES"]
            assert str(event["URL"]).startswith(district.address + "/dues/"), event["URL"]
            assert event["DTSTAMP"].dt.tzinfo is not None
        # The library leaves what begins with X- as it was written.
        title = str(Calendar.from_ical(body)["X-WR-CALNAME"])
        assert vText(name).to_ical().decode() in title, f"the calendar is called “{title}”"
        again = {str(event["UID"]) for event in events(fetch(address))}
        assert again == uids, "the same calendar twice is not the same"
        visit.open(SUBSCRIBE)
        visit.send(REVOKE)
        try:
            fetch(address)
        except HTTPError as refusal:
            assert refusal.code == 404, f"a revoked address answers {refusal.code}"
        else:
            raise AssertionError("a revoked address still answers")


a_calendar_reads_what_is_due.runs = [(CHINESE,), (ENGLISH,)]

CHECKS = [a_calendar_reads_what_is_due]
