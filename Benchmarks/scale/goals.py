"""What was measured beside what must hold and what is aimed at."""

import json
import os
import textwrap

THRESHOLDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "thresholds.json")
# The most that a line of the house's documents has; rows of tables may have more.
COLUMNS = 100


class Goals:
    """The lines of the table; `detail` names one of several things with the same goal."""

    def __init__(self):
        with open(THRESHOLDS) as file:
            self.asked = json.load(file)
        self.lines, self.compared, self.doors, self.faults = [], [], [], []

    def add(self, goal, measured, detail="", note=""):
        asked = self.asked[goal]
        self.lines.append({
            "goal": goal, "what": asked["what"], "detail": detail, "unit": asked["unit"],
            "measured": measured, "must": limit(asked), "aim": asked["aim"],
            "verdict": verdict(measured, asked), "note": note})

    def failed(self, measurement, why):
        """A whole measurement that broke off."""
        self.faults.append(f"{measurement}: {why}")

    def compare(self, what, equal, note=""):
        """An equality that must hold: one that does not fails the run like a missed goal."""
        self.compared.append({"what": what, "equal": bool(equal), "note": note})

    def no_door(self, what):
        """What the program answers, but not by itself through any page or command."""
        self.doors.append(what)

    @property
    def status(self):
        """1 when a goal is missed or an answer differs; 2 when something was not measured."""
        missed = any(line["verdict"] == "missed" for line in self.lines)
        if missed or not all(one["equal"] for one in self.compared):
            return 1
        return 2 if self.faults else 0

    def rows(self):
        for line in self.lines:
            name = line["what"] + (f": {line['detail']}" if line["detail"] else "")
            measured = f"{short(line['measured'])} {line['unit']}"
            yield name, measured, line["must"], f"{line['aim']}", line["verdict"], line["note"]

    def table(self):
        rows = [("", "measured", "must", "aim", "", ""), *self.rows()]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        lines = ["  ".join([
            row[0].ljust(widths[0]), row[1].rjust(widths[1]), row[2].rjust(widths[2]),
            row[3].rjust(widths[3]), row[4].ljust(widths[4]), row[5]]).rstrip() for row in rows]
        return "\n".join(lines + [""] + self.remarks())

    def markdown(self):
        lines = ["| | measured | must | aim | | |", "|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows()] + [""]
        for remark in self.remarks():
            lines += textwrap.wrap(f"- {remark}", COLUMNS, subsequent_indent="  ")
        return "\n".join(lines)

    def remarks(self):
        found = [
            f"{'equal' if one['equal'] else 'NOT EQUAL'}: {one['what']}"
            + (f" ({one['note']})" if one["note"] else "") for one in self.compared]
        found += [f"not measured: {fault}" for fault in self.faults]
        return found + [f"no door: {what}" for what in self.doors]


def limit(asked):
    return f"≤ {asked['at_most']}" if "at_most" in asked else f"≥ {asked['at_least']}"


def verdict(measured, asked):
    if "at_most" in asked:
        met, aimed = measured <= asked["at_most"], measured <= asked["aim"]
    else:
        met, aimed = measured >= asked["at_least"], measured >= asked["aim"]
    return "aim" if aimed else "met" if met else "missed"


def short(number):
    """Three digits say enough."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"
