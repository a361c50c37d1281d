"""One kind in one year by street, as it was and as of today's map."""

import questions
from mixture import DISTRICT, ONE, indicator
from pages import number, tables, value
from setting import median


def figure_of(setting, year, structure, kind=ONE):
    return (f"/figures/{indicator(kind)}?unit={DISTRICT}&period={year}"
            f"&structure={structure}")


def streets_of(setting, page):
    codes = {setting.places.units.names[code]: code
             for code in setting.places.units.of("street")}
    found = {}
    for table in tables(page):
        for row in table[1:]:
            if row and row[0] in codes and row[-1][:1].isdigit():
                found[codes[row[0]]] = number(row[-1])
    return found


def figure(setting):
    setting.say("a figure by street, as it was and as of today's map")
    took_ours, took_duck, equal = [], [], 0
    for year in setting.years():
        for structure in ("then", "now"):
            page, took = setting.large.get(figure_of(setting, year, structure))
            if structure == "then":
                took_ours.append(took)
            statement = questions.figure(year, ONE, structure)
            rows, milliseconds = setting.duck.ask(statement)
            if structure == "then":
                took_duck.append(milliseconds)
            theirs, _ = setting.web.rows(f"/figure?year={year}&kind={ONE}&structure={structure}")
            mine = streets_of(setting, page)
            equal += (
                mine == {code: int(count) for code, count in rows}
                == {code: int(count) for code, count in theirs}
                and sum(mine.values()) == value(page))
    setting.goals.compare(
        "figure by street under both maps: ours, wide table, DuckDB",
        equal == 2 * len(took_ours), f"{equal} of {2 * len(took_ours)} questions")
    setting.goals.add("rollups", median(took_ours) / median(took_duck), "figure by street",
                      f"DuckDB {median(took_duck):.1f} ms; ours {median(took_ours):.0f}")
