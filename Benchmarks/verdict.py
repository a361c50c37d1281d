"""What was measured beside what is asked for."""

import json
import os
import statistics

THRESHOLDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "thresholds.json")


class Verdict:
    """The lines of the table, each with its goal and whether it is met."""

    def __init__(self):
        with open(THRESHOLDS) as file:
            self.goals = json.load(file)
        self.lines = []

    @property
    def missed(self):
        return [line for line in self.lines if line["ok"] is False]

    def add(self, engine, goal, measured, detail="", note=""):
        """`detail` names one of several things with the same goal: a page, a number of callers."""
        asked = self.goals[goal]
        most = asked.get("at_most")
        least = asked.get("at_least", {}).get(engine, {}).get(detail)
        if most is None and least is None:
            raise KeyError(f"thresholds.json has no goal for {engine}, {goal} {detail}")
        self.lines.append({
            "engine": engine, "goal": goal, "what": asked["what"], "detail": detail,
            "measured": round(measured, 3), "unit": asked["unit"],
            "threshold": f"≤ {most}" if most is not None else f"≥ {least}",
            "ok": measured <= most if most is not None else measured >= least, "note": note,
        })

    def broken(self, engine, goal, detail, note):
        """What could not be measured has missed its goal."""
        asked = self.goals[goal]
        self.lines.append({
            "engine": engine, "goal": goal, "what": asked["what"], "detail": detail,
            "measured": None, "unit": asked["unit"], "threshold": f"≤ {asked['at_most']}",
            "ok": False, "note": note,
        })

    def table(self):
        rows = [("", "measured", "threshold", "", "")]
        for line in self.lines:
            name = f"{line['engine']}: {line['what']}"
            name += f", {line['detail']}" if line["detail"] else ""
            measured = "–" if line["measured"] is None else f"{line['measured']:.2f}"
            rows.append((
                name, f"{measured} {line['unit']}",
                f"{line['threshold']} {line['unit']}", "ok" if line["ok"] else "MISSED",
                line["note"]))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        return "\n".join(
            f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  "
            f"{row[3]:<{widths[3]}}  {row[4]}".rstrip()
            for row in rows)


def ratio(pairs):
    """The median of the ratios of alternating runs: a bad moment spoils one pair, not the run."""
    return statistics.median(alone / shared for shared, alone in pairs)
