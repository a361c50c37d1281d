#!/usr/bin/env python3
"""Draws boundaries for an example district, as GeoJSON: python3 Examples/outlines.py NAME [FOLDER].

They are fictional, as the district is. A made-up point stands for each smallest area; what lies
nearest to it is its area (Voronoi). A unit above is what its areas come to. Lines are broken into
crooked ones, the same for both sides, so that nothing looks ruled. Nothing is left to chance: the
same units always give the same lines.
"""

import csv
import hashlib
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

# Where the middle of a district lies, and how far it reaches, in degrees.
MIDDLES = {"zhongyuan": (113.55, 34.75), "chenghu": (120.62, 31.32)}
REACH = 0.11
# Of which form the smallest areas are, and those that are drawn above them.
SMALLEST, ABOVE = "community", ("street", "town")
# How crooked a line is, and into how many parts it is broken, again and again.
CROOKED, BREAKS = 0.16, 3


def chance(*words):
    """A number from 0 to 1 that the words alone decide."""
    digest = hashlib.sha256("|".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def clipped(shape, one, other):
    """The part of a shape that lies nearer to one point than to the other."""
    mx, my = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    nx, ny = other[0] - one[0], other[1] - one[1]

    def side(spot):
        return (spot[0] - mx) * nx + (spot[1] - my) * ny

    kept = []
    for a, b in zip(shape, shape[1:] + shape[:1]):
        sa, sb = side(a), side(b)
        if sa <= 0:
            kept.append(a)
        if (sa < 0 < sb) or (sb < 0 < sa):
            part = sa / (sa - sb)
            kept.append((a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part))
    return kept


def rim():
    """The boundary of the whole: a round shape with dents."""
    return [
        (
            math.cos(turn * math.tau / 48) * (0.86 + 0.14 * chance("rim", turn)) * 1.25,
            math.sin(turn * math.tau / 48) * (0.86 + 0.14 * chance("rim", turn + 7)),
        )
        for turn in range(48)
    ]


def spread(seeds, shape):
    """Points moved apart, each to the middle of its area."""
    for _ in range(12):
        moved = []
        for index, seed in enumerate(seeds):
            cell = shape
            for other in seeds[:index] + seeds[index + 1:]:
                cell = clipped(cell, seed, other)
                if not cell:
                    break
            if cell:
                moved.append(tuple(sum(axis) / len(cell) for axis in zip(*cell)))
            else:
                moved.append(seed)
        seeds = moved
    return seeds


def cells(seeds, shape):
    found = []
    for index, seed in enumerate(seeds):
        cell = shape
        for other in seeds[:index] + seeds[index + 1:]:
            cell = clipped(cell, seed, other)
        found.append(cell)
    return found


def exact(spot):
    """Both sides of a line have to have the same ends."""
    return round(spot[0], 6), round(spot[1], 6)


def crooked(a, b, breaks=BREAKS):
    """What a line is drawn as, from a up to b; the same backwards from the other side."""
    if breaks == 0 or math.dist(a, b) < 0.01:
        return [a]
    first, last = min(a, b), max(a, b)
    bend = (chance("bend", first, last) - 0.5) * CROOKED
    middle = exact((
        (first[0] + last[0]) / 2 - (last[1] - first[1]) * bend,
        (first[1] + last[1]) / 2 + (last[0] - first[0]) * bend,
    ))
    return crooked(a, middle, breaks - 1) + crooked(middle, b, breaks - 1)


def rings(shapes):
    """The boundary of some areas together: a line that two of them share is inside."""
    lines = defaultdict(int)
    for shape in shapes:
        corners = [exact(spot) for spot in shape]
        for a, b in zip(corners, corners[1:] + corners[:1]):
            if a == b:
                continue
            if lines[b, a]:
                lines[b, a] -= 1
            else:
                lines[a, b] += 1
    after = defaultdict(list)
    for (a, b), count in lines.items():
        if count:
            after[a].append(b)
    found = []
    while after:
        start = min(after)
        ring, here = [], start
        while True:
            there = after[here].pop()
            if not after[here]:
                del after[here]
            ring += crooked(here, there)
            here = there
            if here == start or here not in after:
                break
        if len(ring) >= 3:
            found.append(ring)
    return found


def units(folder):
    """Units by code as they stand after the last document, with what is above them."""
    found = {}
    with open(folder / "units.csv", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if not row["截止日期"]:
                found[row["编码"]] = (row["形式"], row["领土上级"])
    changes = folder / "reorganizations.csv"
    if changes.exists():
        with open(changes, encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        gone = {row["前身编码"] for row in rows}
        for code in gone:
            found.pop(code, None)
        for row in rows:
            if row["后继编码"]:
                found[row["后继编码"]] = (row["后继形式"], row["领土上级"])
    return found


def main(name, place=None):
    """Draws an example; a copy of it where its folder is given."""
    folder = Path(place or Path(__file__).parent / name) / "data"
    known = units(folder)
    streets = sorted(code for code, (form, _) in known.items() if form in ABOVE)
    below = {
        street: sorted(
            code for code, (form, above) in known.items()
            if form == SMALLEST and above == street)
        for street in streets
    }
    streets = [street for street in streets if below[street]]
    shape = rim()
    homes = spread(
        [(chance("x", s) * 2 - 1, (chance("y", s) * 2 - 1) * 0.8) for s in streets], shape)
    areas = {}
    for street, field in zip(streets, cells(homes, shape)):
        x0, x1 = min(x for x, _ in field), max(x for x, _ in field)
        y0, y1 = min(y for _, y in field), max(y for _, y in field)
        seeds = []
        for code in below[street]:
            for attempt in range(200):
                spot = (
                    x0 + (x1 - x0) * chance("cx", code, attempt),
                    y0 + (y1 - y0) * chance("cy", code, attempt))
                if inside(spot, field):
                    break
            seeds.append(spot)
        for code, seed in zip(below[street], spread(seeds, field)):
            areas[code] = seed
    codes = sorted(areas)
    drawn = dict(zip(codes, cells([areas[code] for code in codes], shape)))
    east, north = MIDDLES[name]
    shrink = math.cos(math.radians(north))

    def placed(ring):
        spots = [
            [round(east + x * REACH / shrink, 6), round(north + y * REACH, 6)] for x, y in ring
        ]
        return spots + spots[:1]

    features = []
    for code in streets + codes:
        own = [drawn[one] for one in below.get(code, [code])]
        features.append({
            "type": "Feature", "properties": {"code": code},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[placed(ring)] for ring in rings(own)],
            },
        })
    target = folder / "outlines.geojson"
    with open(target, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(json.dumps(one, separators=(",", ":")) for one in features))
        file.write("\n]}\n")
    print(f"{target}: {len(streets)} streets, {len(codes)} communities")


def inside(spot, shape):
    turns = False
    for a, b in zip(shape, shape[1:] + shape[:1]):
        if (a[1] > spot[1]) != (b[1] > spot[1]):
            if spot[0] < a[0] + (spot[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]):
                turns = not turns
    return turns


if __name__ == "__main__":
    main(*sys.argv[1:])
