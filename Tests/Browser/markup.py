"""What the HTML of one page says, read without a browser."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlencode

FETCHED = {"link": "href", "img": "src", "source": "src", "script": "src"}
SPOKEN = ("aria-label", "alt", "title", "placeholder")
WATCHED = {"title", "svg", "form", "code", "pre", "textarea"}
CHOICES = re.compile(r"[?&](lang|mode)=")
# A word that is missing shows its key, and a place left unfilled its braces. The parts of an
# indicator's name, `grid.branch_coverage`, are no keys.
RAW = re.compile(
    r"\[\w+\]|(?<![\w.])[a-z]+[0-9]*(?:_[a-z0-9]+)+(?![\w.])|\{+\w*\}+|\bOptional\(|\bnil\b")


class Form:
    def __init__(self, action, method):
        self.action, self.method = action, method
        self.values, self.is_filled = {}, True

    @property
    def address(self):
        """What its button asks for when nothing is typed."""
        return f"{self.action}?{urlencode(self.values)}" if self.values else self.action


class Markup(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.language, self.title, self.headings = "", "", 0
        self.links, self.files, self.forms = [], [], []
        self.ids, self.texts = Counter(), []
        self.other_language = self.other_mode = None
        self.inside, self.select = Counter(), None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        said = {name: value or "" for name, value in attributes}
        if tag in WATCHED:
            self.inside[tag] += 1
        if tag == "html":
            self.language = said.get("lang", "")
        self.headings += tag == "h1"
        if "id" in said:
            self.ids[said["id"]] += 1
        self.texts += [said[name] for name in SPOKEN if name in said]
        if tag == "a" and "href" in said:
            self.read_link(said)
        elif tag in FETCHED and FETCHED[tag] in said:
            self.files.append(said[FETCHED[tag]])
        elif tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        elif self.inside["form"]:
            self.read_field(tag, said)

    def handle_endtag(self, tag):
        if self.inside[tag]:
            self.inside[tag] -= 1

    def handle_data(self, text):
        if self.inside["title"] and not self.inside["svg"]:
            self.title += text
        if not any(self.inside[tag] for tag in ("code", "pre", "textarea")):
            self.texts.append(text)

    def read_link(self, said):
        """A choice of language or mode is not another page, but the same one otherwise.

        What else nobody is to follow leads to the pages of whoever is signed in.
        """
        if not CHOICES.search(said["href"]):
            if said.get("rel") != "nofollow":
                self.links.append(said["href"])
        elif "hreflang" in said:
            self.other_language = said["href"]
        else:
            self.other_mode = said["href"]

    def read_field(self, tag, said):
        form = self.forms[-1]
        if tag == "select":
            self.select = said.get("name", "")
        elif tag == "option" and self.select:
            if "selected" in said or self.select not in form.values:
                form.values[self.select] = said.get("value", "")
        elif tag == "input" and "name" in said:
            if said.get("type") in ("checkbox", "radio") and "checked" not in said:
                return
            form.values[said["name"]] = said.get("value", "")
            form.is_filled &= "required" not in said or bool(said.get("value"))

    @property
    def raw_words(self):
        return [word for text in self.texts for word in RAW.findall(text)]
