"""Rows for spreadsheets: CSV that Excel reads as UTF-8 and takes no text of for a formula, and XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | bool | None

# https://owasp.org/www-community/attacks/CSV_Injection, full-width forms included: names here are often Chinese
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# without it Excel reads Chinese in the machine's old code page:
# https://learn.microsoft.com/en-us/windows/win32/intl/using-byte-order-marks
BYTE_ORDER_MARK = "\ufeff"
# a spreadsheet of more is no pleasure, and a sentence says that it was cut; Excel itself takes 1,048,576
MOST_ROWS = 100_000
# https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
LONGEST_CELL = 32_767
WIDEST, NARROWEST = 40, 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """A head and the rows under it, each as long as the head."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def harmless(cell: object) -> object:
    """Return a cell of CSV: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def as_csv(sheet: Sheet) -> bytes:
    """Return the sheet as CSV for people: UTF-8 with its mark, lines as RFC 4180 ends them."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(sheet.head)
    writer.writerows([harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """Return the sheet as XLSX, a row at a time; a text is one, whatever it begins with. Takes a second or more."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        page.write_row(0, 0, sheet.head, book.add_format({"bold": True}))
        for number, row in enumerate(sheet.rows, 1):
            _write(page, number, row)
    return out.getvalue()


def _write(page: Any, number: int, row: Iterable[Cell]) -> None:
    for column, cell in enumerate(row):
        match cell:
            case bool():
                page.write_boolean(number, column, cell)
            case int():
                page.write_number(number, column, cell)
            case str():
                page.write_string(number, column, cell[:LONGEST_CELL])


def _widths(sheet: Sheet) -> list[int]:
    """Return how wide the columns are, by their heads and first rows."""
    samples = [sheet.head, *sheet.rows[:100]]
    return [min(WIDEST, max(NARROWEST, *(len(str(row[n])) + 2 for row in samples))) for n in range(len(sheet.head))]
