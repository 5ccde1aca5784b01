"""What is exported opens in spreadsheets as what it is: Chinese is readable, and no text is taken for a formula."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.sheets import FORMULA_STARTS, LONGEST_CELL, Cell, Sheet, as_csv, as_xlsx, harmless

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEAD = ("text", "number", "flag")
# what CSV and XML can carry
TEXTS = st.text(st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\ufffe\uffff"), max_size=40)
rows = st.lists(st.tuples(TEXTS, st.integers(-(10**9), 10**9), st.booleans()), max_size=8)


def read_xlsx(content: bytes) -> list[list[Cell]]:
    """Read the first page's cells by the standard itself: ECMA-376, part 1, section 18.3."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        page = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - we wrote it
    return [[read_cell(cell) for cell in row] for row in page.iter(f"{MAIN}row")]


def read_cell(cell: ET.Element) -> Cell:
    assert cell.find(f"{MAIN}f") is None
    match cell.get("t"):
        case "inlineStr":
            return "".join(piece.text or "" for piece in cell.iter(f"{MAIN}t"))
        case "b":
            return cell.findtext(f"{MAIN}v") == "1"
        case _:
            return int(cell.findtext(f"{MAIN}v") or "0")


@given(rows)
def test_csv_reads_back_as_it_was_but_for_the_apostrophes(wanted: list[tuple[Cell, ...]]) -> None:
    text = as_csv(Sheet("s", HEAD, wanted)).decode("utf-8-sig")
    head, *read = list(csv.reader(io.StringIO(text, newline="")))
    assert tuple(head) == HEAD
    assert read == [[str(harmless(cell)) for cell in row] for row in wanted]


@given(TEXTS)
def test_no_text_in_csv_begins_as_a_formula_does_and_none_is_lost(text: str) -> None:
    shown = str(harmless(text))
    assert not shown.startswith(FORMULA_STARTS)
    assert shown.removeprefix("'" if text.startswith(FORMULA_STARTS) else "") == text


def test_a_negative_number_in_csv_is_a_number() -> None:
    assert as_csv(Sheet("s", ("net",), [(-3,)])).endswith(b"\r\n-3\r\n")


def test_csv_begins_with_the_mark_by_which_excel_reads_chinese() -> None:
    content = as_csv(Sheet("s", ("name",), [("双十一海报",)]))
    assert content.startswith(b"\xef\xbb\xbfname\r\n")
    assert "双十一海报" in content.decode()


@given(rows)
def test_xlsx_holds_texts_as_texts_numbers_as_numbers_and_no_formula(wanted: list[tuple[Cell, ...]]) -> None:
    head, *read = read_xlsx(as_xlsx(Sheet("s", HEAD, wanted)))
    assert tuple(head) == HEAD
    assert read == [list(row) for row in wanted]


def test_a_text_longer_than_a_cell_of_excel_is_cut_and_spoils_nothing() -> None:
    _, (text,) = read_xlsx(as_xlsx(Sheet("s", ("text",), [("x" * (LONGEST_CELL + 1),)])))
    assert text == "x" * LONGEST_CELL


def test_a_sheet_without_rows_is_its_head() -> None:
    assert read_xlsx(as_xlsx(Sheet("s", HEAD, []))) == [list(HEAD)]
