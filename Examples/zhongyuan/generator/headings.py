"""Reads the Chinese headings of the kinds, so that the files cannot drift from the catalogue."""

import re
from pathlib import Path

GROUPS = ("measures", "fields", "persons", "subjects", "private")


class Kind:
    def __init__(self):
        self.standing = False
        self.place = False
        self.columns = {}
        self.options = {}


def read_kinds(folder: Path):
    """The catalogue is indented by two blanks throughout, which is all that this reader knows."""
    kinds, kind, group, column = {}, None, None, None
    lists = read_checklists(folder.parent / "checklists")
    for path in sorted(folder.glob("*.yaml")):
        for line in path.read_text("utf-8").splitlines():
            found = re.match(r"( *)(\w+):(.*)", line)
            if not found:
                continue
            depth, key, rest = len(found[1]), found[2], found[3]
            label = re.search(r"zh: ([^,}]+)", rest)
            if depth == 0:
                kind = kinds[key] = Kind()
            elif depth == 2:
                group = key
                kind.standing = kind.standing or (key == "shape" and rest.strip() == "standing")
                kind.place = kind.place or key == "place"
            elif depth == 4 and group in GROUPS:
                column = key
                if label:
                    kind.columns[column] = label[1].strip()
            elif depth == 6 and group in GROUPS and key == "label":
                kind.columns[column] = label[1].strip()
            elif depth == 6 and group == "fields" and key == "options":
                for option, name in listed(rest.strip(), lists):
                    kind.options[column, option] = name
            elif depth == 8 and group == "fields":
                kind.options[column, key] = label[1].strip()
    return kinds


def read_checklists(folder: Path):
    """Each checklist's name and items; it has none where only their number is known."""
    lists, current, group = {}, None, None
    for path in sorted(folder.glob("*.yaml")):
        for line in path.read_text("utf-8").splitlines():
            found = re.match(r"( *)(\w+):(.*)", line)
            if not found:
                continue
            depth, key = len(found[1]), found[2]
            label = re.search(r"zh: ([^,}]+)", found[3])
            if depth == 0:
                current = lists[key] = {"name": None, "items": {}}
            elif depth == 2:
                group = key
                if key == "name":
                    current["name"] = label[1].strip()
            elif depth == 4 and group == "items":
                current["items"][key] = label[1].strip()
    return lists


def listed(options, lists):
    """Options that a choice takes from the checklists: `checklists`, or `checklist(ID)`."""
    if options == "checklists":
        return [(key, one["name"]) for key, one in lists.items() if not one["items"]]
    named = re.fullmatch(r"checklist\((\w+)\)", options)
    return lists[named[1]]["items"].items() if named else []
