"""Ten sheets as superiors send them, and what of them has to be the same after they were filled.

    awkward.py make FOLDER          writes NAME.xlsx and NAME.json: the cells to fill
    awkward.py check NAME OLD NEW   exits 1 and says what differs
"""

import json
import os
import sys

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

FIRST, COUNT = 6, 4


def sheet(title="表1"):
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    page["A1"] = "社区党组织建设情况统计表"
    page.merge_cells("A1:F1")
    page["A1"].font = Font(name="黑体", size=18, bold=True)
    page["A1"].alignment = Alignment(horizontal="center")
    page["A5"] = "社区"
    for row in range(FIRST, FIRST + COUNT):
        page.cell(row, 1, f"第{row - FIRST + 1}社区")
    return book, page


def merged(page):
    page["B2"], page["B3"], page["B4"] = "组织情况", "党组织", "其中"
    page.merge_cells("A2:A5")
    page.merge_cells("B2:E2")
    page.merge_cells("B3:C3")
    page.merge_cells("B4:B5")
    thin = Side(style="thin")
    for row in page["A2:F9"]:
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def formulas(page):
    page["B10"], page["C10"] = "=SUM(B6:B9)", "=AVERAGE(C6:C9)"
    page["D7"] = "=B7+C7"


def hidden(page):
    page.row_dimensions[7].hidden = True
    page.column_dimensions["C"].hidden = True


def validated(page):
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2="9999")
    page.add_data_validation(rule)
    rule.add("B6:B9")
    page.conditional_formatting.add(
        "B6:B9", CellIsRule(operator="greaterThan", formula=["40"],
                            fill=PatternFill(bgColor="FFFF00", fill_type="solid")))


def printed(page):
    page.print_title_rows = "1:5"
    page.print_area = "A1:F10"
    page.page_setup.orientation = "landscape"
    page.page_margins.left = 1.5
    page.freeze_panes = "B6"
    page.oddFooter.center.text = "第 &P 页"


def long_numbers(page):
    for row in range(FIRST, FIRST + COUNT):
        page.cell(row, 5).number_format = "@"
        page.cell(row, 6, "007" + str(row)).number_format = "@"


def formats(page):
    for row in range(FIRST, FIRST + COUNT):
        page.cell(row, 2).number_format = "#,##0"
        page.cell(row, 3).number_format = "0.0%"
        page.cell(row, 4).number_format = '0.00"万元"'


def wide(page):
    for column in range(2, 51):
        page.cell(5, column, f"栏目{column}")
        page.cell(4, column, column - 1)


def widths(page):
    page.column_dimensions["A"].width = 31.5
    page.row_dimensions[6].height = 40
    page["A6"].alignment = Alignment(wrap_text=True, vertical="top", indent=1)
    page.sheet_view.showGridLines = False
    page.protection.sheet = True


def plain(page):
    page["B5"] = "数"


LAYOUTS = {
    "merged": merged, "formulas": formulas, "hidden": hidden, "validated": validated,
    "printed": printed, "long_numbers": long_numbers, "formats": formats, "wide": wide,
    "widths": widths, "plain": plain,
}


def make(folder):
    for name, lay in LAYOUTS.items():
        book, page = sheet()
        lay(page)
        if name == "plain":
            book.create_sheet("说明")["A1"] = "填表说明"
        book.save(os.path.join(folder, name + ".xlsx"))
        cells = []
        for row in range(FIRST, FIRST + COUNT):
            cells += [[row, 2, "n", str(row * 7)], [row, 3, "p", "71.4"], [row, 4, "n", "1.25"],
                      [row, 5, "t", "110101199003078888"]]
            if name == "wide":
                cells += [[row, column, "n", str(column)] for column in range(6, 51)]
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(cells, file)


def look(cell):
    return [cell.number_format, cell.font.b, cell.font.name, cell.font.sz, cell.fill.fill_type,
            cell.alignment.horizontal, cell.alignment.wrap_text, cell.border.left.style]


def facts(page):
    return {
        "merges": sorted(str(one) for one in page.merged_cells.ranges),
        "area": page.print_area,
        "titles": [page.print_title_rows, page.print_title_cols],
        "hidden": [
            sorted(row for row, one in page.row_dimensions.items() if one.hidden),
            sorted(name for name, one in page.column_dimensions.items() if one.hidden)],
        "widths": {name: one.width for name, one in page.column_dimensions.items()},
        "heights": {row: one.height for row, one in page.row_dimensions.items() if one.height},
        "rules": [[rule.type, str(rule.sqref)] for rule in page.data_validations.dataValidation],
        "conditions": sorted(str(one.sqref) for one in page.conditional_formatting),
        "panes": page.freeze_panes,
        "footer": page.oddFooter.center.text,
        "setup": [page.page_setup.orientation, page.page_margins.left, page.protection.sheet],
    }


def check(folder, name, old, new):
    before, after = openpyxl.load_workbook(old), openpyxl.load_workbook(new)
    faults = []
    if after.sheetnames[:-1] != before.sheetnames or after.sheetnames[-1] != "数据来源":
        faults.append(f"sheets {after.sheetnames}")
    for title in before.sheetnames:
        one, other = before[title], after[title]
        told, found = facts(one), facts(other)
        faults += [f"{key}: {told[key]} {found[key]}" for key in told if told[key] != found[key]]
        for row in one.iter_rows():
            for cell in row:
                if look(cell) != look(other[cell.coordinate]):
                    faults.append(f"look of {cell.coordinate}")
    page = after["表1"]
    with open(os.path.join(folder, name + ".json")) as file:
        cells = json.load(file)
    written = {(row, column): (kind, text) for row, column, kind, text in cells}
    for (row, column), (kind, text) in written.items():
        cell, was = page.cell(row, column), before["表1"].cell(row, column)
        if was.data_type == "f":
            good = cell.value == was.value
        elif kind == "t":
            good = cell.value == text and cell.data_type == "s"
        elif kind == "p" and "%" in was.number_format:
            good = abs(cell.value - float(text) / 100) < 1e-12
        else:
            good = cell.value == float(text)
        if not good:
            faults.append(f"{cell.coordinate} says {cell.value!r}")
    for row in before["表1"].iter_rows():
        for cell in row:
            if (cell.row, cell.column) not in written and cell.value is not None:
                if page[cell.coordinate].value != cell.value:
                    faults.append(f"{cell.coordinate} was changed")
    print("\n".join(faults))
    return 1 if faults else 0


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    sys.exit(check(*sys.argv[2:]))
