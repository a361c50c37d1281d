"""Reads one sheet of a workbook, or writes cells into it. Run by Groundwork alone, as a limited
child: it follows no link, runs no macro, works out no formula and opens no other file.

    workbook.py SOURCE TARGET

SOURCE begins with ten digits that say how long the order behind them is; then the order as JSON,
then the workbook. TARGET becomes JSON, or the workbook that was filled.
"""

import datetime
import decimal
import io
import json
import re
import sys
import zipfile

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

MACROS = "vbaproject.bin"
LINKS = "xl/externallinks/externallink"
OUTSIDE = re.compile(r"\[\d+\]|\bDDE\b|\bWEBSERVICE\(", re.IGNORECASE)
DIGITS = 15


class Fault(Exception):
    pass


def measured(data, order):
    """The names of the parts, if what they come to once unpacked is not too much."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > order["parts"] or sum(part.file_size for part in parts) > order["bytes"]:
            raise Fault("large")
        return [part.filename.lower() for part in parts]


def opened(data, values=False):
    return openpyxl.load_workbook(
        io.BytesIO(data), keep_vba=False, keep_links=False, data_only=values)


def sheet_of(book, name):
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise Fault("empty")
    if not name:
        return sheets[0]
    for sheet in sheets:
        if sheet.title == name:
            return sheet
    raise Fault("sheet")


def said(value):
    """A value as a person reads it in its cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(decimal.Decimal(repr(value)).normalize(), "f")
    if isinstance(value, datetime.datetime):
        text = value.isoformat(" ", "minutes")
        return text[:10] if text.endswith(" 00:00") else text
    return str(getattr(value, "text", value))


def marks(cell):
    """How a cell looks, in letters: a formula, bold, centred, right, a share, text."""
    found = ""
    if cell.data_type == "f":
        found += "f"
    if cell.font is not None and cell.font.b:
        found += "b"
    if cell.alignment is not None and cell.alignment.horizontal in ("center", "right"):
        found += cell.alignment.horizontal[0]
    if "%" in cell.number_format:
        found += "p"
    elif cell.number_format == "@":
        found += "t"
    return found


def read(data, order, names):
    book = opened(data)
    sheet = sheet_of(book, order.get("sheet"))
    rows = columns = 0
    cells = []
    for (row, column), cell in sorted(sheet._cells.items()):
        look = marks(cell) if not isinstance(cell, MergedCell) else ""
        if cell.value is None and not set(look) & set("pt"):
            continue
        if row > order["rows"] or column > order["columns"]:
            if cell.value is None:
                continue
            raise Fault("wide")
        if cell.value is not None:
            rows, columns = max(rows, row), max(columns, column)
        text = "" if cell.value is None else said(cell.value)[:order["characters"]]
        cells.append([row, column, text, look])
    merges = []
    for merge in sheet.merged_cells.ranges:
        if merge.max_row <= order["rows"] and merge.max_col <= order["columns"]:
            merges.append([merge.min_row, merge.min_col, merge.max_row, merge.max_col])
            columns = max(columns, merge.max_col)
    if not rows:
        raise Fault("empty")
    kept = [cell for cell in cells if cell[0] <= rows and cell[1] <= columns]
    if len(kept) > order["cells"]:
        raise Fault("wide")
    return {
        "sheet": sheet.title,
        "sheets": [one.title for one in book.worksheets if one.sheet_state == "visible"],
        "rows": rows,
        "columns": columns,
        "cells": kept,
        "merges": sorted(merges),
        "hiddenRows": sorted(r for r, d in sheet.row_dimensions.items() if d.hidden and r <= rows),
        "hasMacros": any(name.endswith(MACROS) for name in names),
        "hasLinks": any(name.startswith(LINKS) for name in names),
    }


def number(text):
    value = decimal.Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def write(cell, kind, text):
    """Writes a value and leaves how the cell looks as it was."""
    if kind == "e":
        cell.value = None
    elif kind == "n" and sum(letter.isdigit() for letter in text) <= DIGITS:
        cell.value = number(text)
    elif kind == "p" and "%" in cell.number_format:
        cell.value = float(decimal.Decimal(text) / 100)
    elif kind == "p":
        cell.value = number(text)
    else:
        cell.value = text
        # Whatever it looks like, it is no formula.
        cell.data_type = "s"


def cut_off(book, data):
    """What reckons with other files keeps the value that it had: nothing is looked up there."""
    values = None
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            if cell.data_type == "f" and OUTSIDE.search(said(cell.value)):
                values = values or opened(data, values=True)
                cell.value = values[sheet.title].cell(cell.row, cell.column).value
    names = book.defined_names
    # A list in older versions of the library, a dictionary in newer ones.
    all_names = names.definedName if hasattr(names, "definedName") else names.values()
    for defined in list(all_names):
        if OUTSIDE.search(defined.attr_text or ""):
            del names[defined.name]


def say_where(book, source):
    """The second sheet: where each number comes from."""
    sheet = book.create_sheet(source["title"])
    for row, line in enumerate(source["lines"], start=1):
        for column, text in enumerate(line, start=1):
            cell = sheet.cell(row, column)
            write(cell, "t", text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if row == 1:
                cell.font = Font(bold=True)
            elif text.startswith(("https://", "http://")):
                cell.hyperlink = text
                cell.data_type = "s"
    for column, width in enumerate(source["widths"], start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
        fitToPage=True)


def fill(data, order):
    book = opened(data)
    sheet = sheet_of(book, order.get("sheet"))
    for row, column, kind, text in order["write"]:
        cell = sheet.cell(row, column)
        # A formula is the sheet's own, and of merged cells only the first holds anything.
        if isinstance(cell, MergedCell) or cell.data_type == "f":
            continue
        write(cell, kind, text)
    cut_off(book, data)
    say_where(book, order["source"])
    book.calculation.fullCalcOnLoad = True
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def main(source, target):
    with open(source, "rb") as file:
        whole = file.read()
    length = int(whole[:10])
    order = json.loads(whole[10:10 + length])
    data = whole[10 + length:]
    try:
        names = measured(data, order)
        if "write" in order:
            answer = fill(data, order)
        else:
            answer = json.dumps(read(data, order, names), ensure_ascii=False).encode()
    except Fault as fault:
        answer = json.dumps({"fault": str(fault)}).encode()
    with open(target, "wb") as file:
        file.write(answer)


main(*sys.argv[1:])
