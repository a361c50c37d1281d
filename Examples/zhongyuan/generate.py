#!/usr/bin/env python3
"""Writes the demonstration district: units, the reorganization R1, persons and records.

    python3 generate.py --out data              the default district (seed 2015)
    python3 generate.py --seed 7 --out DIR      another district, with its own figures.csv

The same seed always gives the same files. Only the standard library is needed.
"""

import argparse
import csv
import random
from pathlib import Path

from generator import branch_life, cadres, education, people, premises, service, talent, targets
from generator import arrangements, boundary, checklists, contacts, courses, coverage
from generator import duty_posts, events
from generator import features, life_circle, mediation, meetings
from generator import branch_work, centers, displays, enforcement, enterprises
from generator import mobile_members, neighbors, slogans, windows
from generator import appraisal, charges, partners, programmes, questions, restructuring
from generator import talent_service, working_groups
from generator.world import World

HERE = Path(__file__).resolve().parent
DEFAULT_SEED = 2015


def main():
    options = read_options()
    default = options.seed == DEFAULT_SEED
    rng = random.Random(options.seed)
    wanted = targets.load(options.targets, None if default else rng)
    world = World(rng, wanted, HERE, HERE.parents[1] / "Catalogue")
    for area in (people, education, premises, cadres, talent, branch_life, service):
        area.make(world)
    for area in (boundary, checklists, features, courses, events, mediation, life_circle, coverage,
                 arrangements, duty_posts, meetings, neighbors, centers, mobile_members,
                 enterprises, enforcement, displays, windows, branch_work, slogans, programmes,
                 working_groups, charges, restructuring, partners, appraisal, talent_service,
                 questions, contacts):
        world.draw_from(random.Random(f"{options.seed} {area.__name__}"))
        area.make(world)
    options.out.mkdir(parents=True, exist_ok=True)
    world.district.write(options.out)
    write_persons(options.out / "persons.csv", world.people)
    world.ledger.write(options.out / "records")
    write_order(options.out / "load.txt", world.ledger)
    targets.write_figures(wanted, HERE / "figures.csv", options.out / "figures.csv", default)
    count = sum(len(rows) for rows in world.ledger.rows.values())
    print(f"{len(world.people.all)} persons and {count} records in {options.out}")


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--targets", type=Path, default=HERE / "targets.csv")
    parser.add_argument("--out", type=Path, default=HERE / "data")
    return parser.parse_args()


def write_persons(path, everyone):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["人员编号", "姓名", "单位"])
        for person in everyone.all:
            out.writerow([person.number, person.name, person.unit.code])


def write_order(path, ledger):
    """Units before what stands in them, persons before what names them."""
    lines = ["units units.csv", "reorganizations reorganizations.csv", "persons persons.csv"]
    first = ["post", "membership", "facility", "volunteer_team", "household_care"]
    kinds = first + sorted(k for k, rows in ledger.rows.items() if rows and k not in first)
    lines += [f"{kind} records/{kind}.csv" for kind in kinds]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
