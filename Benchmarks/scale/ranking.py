"""The ranking of the communities, of one kind and of all, beside a scan and beside DuckDB."""

import collections

import questions
from mixture import DASHBOARD, ONE, RANKED
from pages import number, tables
from setting import median, spread

# The head of the column that names the members, in Chinese as a visitor's page is.
MEMBERS = "对象"


def ranked(setting, year, kind):
    """The communities of our page with what each recorded, by name, and the milliseconds."""
    page, took = setting.large.get(f"/figures/{RANKED}.{kind}?period={year}")
    found = collections.Counter()
    for table in tables(page):
        if table and table[0] and table[0][0] == MEMBERS:
            for name, count, *_ in table[1:]:
                found[name] += number(count)
    return +found, took


def named(setting, rows, year):
    """Rows of codes and numbers by the name that a code had at the end of the year."""
    found = collections.Counter()
    names = setting.names(year)
    for code, count in rows:
        found[names[code]] += int(count)
    return found


def ranking(setting):
    setting.say("ranking of the communities")
    for kind in DASHBOARD:
        ranked(setting, setting.warm_year, kind)
    setting.web.rows(f"/ranking?year={setting.warm_year}&scan=1")
    one, every, scan_one, scan_every, index_one, duck_one, duck_every = ([] for _ in range(7))
    equal = count = 0
    for turn, year in enumerate(setting.years()):
        def of_baseline():
            rows, took = setting.web.rows(f"/ranking?year={year}&kind={ONE}&scan=1")
            scan_one.append(took)
            index_one.append(setting.web.rows(f"/ranking?year={year}&kind={ONE}")[1])
            all_rows, took = setting.web.rows(f"/ranking?year={year}&scan=1")
            scan_every.append(took)
            return named(setting, rows, year), named(setting, all_rows, year)

        def of_ours():
            total, took_in_all = collections.Counter(), 0
            for kind in DASHBOARD:
                found, took = ranked(setting, year, kind)
                total += found
                took_in_all += took
                if kind == ONE:
                    mine = found
                    one.append(took)
            every.append(took_in_all)
            return mine, total

        if turn % 2:
            theirs, found = of_baseline(), of_ours()
        else:
            found, theirs = of_ours(), of_baseline()
        rows, took = setting.duck.ask(questions.ranking(year, ONE))
        duck_one.append(took)
        all_rows, took = setting.duck.ask(questions.ranking(year))
        duck_every.append(took)
        count += len(found[1])
        equal += found == theirs == (
            named(setting, rows, year), named(setting, all_rows, year))
    goals = setting.goals
    goals.compare("ranking: ours, wide table by scan, DuckDB", equal == len(one) and count > 0,
                  f"{count} communities of {len(one)} years, one kind and all")
    goals.add("ranking_one", median(scan_one) / median(one), "",
              f"ours {median(one):.0f} ms ({spread(one)}), a figure's page with its records; "
              f"scan {median(scan_one):.0f}, by index {median(index_one):.0f}")
    goals.add("ranking_all", median(scan_every) / median(every), "",
              f"ours {median(every):.0f} ms for {len(DASHBOARD)} pages, one a kind; "
              f"scan {median(scan_every):.0f}")
    goals.add("rollups", median(one) / median(duck_one), "ranking, one kind",
              f"DuckDB {median(duck_one):.1f} ms; ours {median(one):.0f}")
    goals.no_door("a ranking of more than one kind: asked kind by kind")
