"""The brief as a workbook: numbers as numbers, and what follows from others as formulas that follow them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import isfinite
from typing import Any

from reciprocity.report import outline, reading
from reciprocity.report.balance import terms, ways_of
from reciprocity.report.brief.closing import citation, facts, notes, said, solved, versions
from reciprocity.report.clauses import in_words
from reciprocity.report.extra import needs
from reciprocity.report.reading import Row, Value
from reciprocity.report.wording import Wording, wording

_PERCENT, _MONEY, _LEVEL, _RATE = '+0.0000%;"−"0.0000%;0.0000%', '+#,##0.0;"−"#,##0.0;0.0', "#,##0.0", "0.00%"
_SHORTEST = 1e-12


def xlsx(values: Sequence[Value], *, language: str = "en") -> bytes:
    """The brief as the bytes of a .xlsx file: a sheet each for the answer, sectors, partners, law, clauses, sources."""
    words = wording(language)
    buffer = BytesIO()
    book = needs("xlsxwriter", "xlsx").Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": outline.title(values, words), "author": "Reciprocity"})
    pages = _Pages(book, words)
    _answer(pages, values)
    _by_clause(pages, values)
    _balance(pages, values)
    _sectors(pages, values)
    _areas(pages, values)
    _partners(pages, values)
    _law(pages, values)
    _clauses(pages, values)
    _said(pages, values)
    _sources(pages, values)
    book.close()
    return buffer.getvalue()


class _Pages:
    """A workbook being written: its formats and the words of its headings."""

    def __init__(self, book: Any, words: Wording) -> None:
        self.book, self.words = book, words
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.formats = {shape: book.add_format({"num_format": shape}) for shape in (_PERCENT, _MONEY, _LEVEL, _RATE)}
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, key: str, head: Sequence[str], widths: Sequence[float]) -> Any:
        """A new sheet with its heading row fixed."""
        sheet = self.book.add_worksheet(self.words[key][:31])
        sheet.write_row(0, 0, head, self.head)
        for at, wide in enumerate(widths):
            sheet.set_column(at, at, wide)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 48)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def column(self, key: str) -> str:
        """A heading."""
        return self.words[f"column.{key}"]


def _answer(pages: _Pages, values: Sequence[Value]) -> None:
    words = pages.words
    head = [pages.column("deal"), pages.column("date"), pages.column("side"), pages.column("income_before")]
    head += [pages.column("real_income"), pages.column("income_million"), words["side.real_wage"]]
    head += [pages.column("revenue_before"), pages.column("revenue_change"), pages.column("revenue_after")]
    sheet = pages.sheet("brief.gets", head, [30, 12, 18, 18, 14, 18, 14, 18, 18, 18])
    line = 0
    for value in values:
        for side, row in value["sides"].items():
            line += 1
            sheet.write_row(line, 0, [value["deal"]["title"], value["on"], words.region(side, row["name"])])
            _side(pages, sheet, line, row)


def _side(pages: _Pages, sheet: Any, line: int, row: Row) -> None:
    change, musd = row["real_income_change"], row["real_income_musd"]
    level = row.get("income_musd") or (musd / change if abs(change) > _SHORTEST else 0.0)
    money, at = pages.formats[_MONEY], line + 1
    sheet.write_number(line, 3, level, pages.formats[_LEVEL])
    sheet.write_number(line, 4, change, pages.formats[_PERCENT])
    sheet.write_formula(line, 5, f"=D{at}*E{at}", money, level * change)
    sheet.write_number(line, 6, row.get("real_wage_change") or 0.0, pages.formats[_PERCENT])
    before, moved = row.get("tariff_revenue_before_musd") or 0.0, row.get("tariff_revenue_musd") or 0.0
    sheet.write_number(line, 7, before, pages.formats[_LEVEL])
    sheet.write_number(line, 8, moved, money)
    sheet.write_formula(line, 9, f"=H{at}+I{at}", pages.formats[_LEVEL], before + moved)


def _by_clause(pages: _Pages, values: Sequence[Value]) -> None:
    """What each clause is worth, with the sum that the deal as a whole must give."""
    told = [value for value in values if value.get("by_clause")]
    if not told:
        return
    money, line = pages.formats[_MONEY], 0
    keys = ("deal", "date", "side", "clause", "income_million")
    sheet = pages.sheet("brief.by_clause", [pages.column(key) for key in keys], [26, 12, 18, 30, 20])
    for value in told:
        for side in value["sides"]:
            first = line + 1
            for one in value["by_clause"]["clauses"]:
                line += 1
                named = [value["deal"]["title"], value["on"], pages.words.region(side), pages.words.clause(one["id"])]
                sheet.write_row(line, 0, named)
                sheet.write_number(line, 4, one["sides"][side]["real_income_musd"], money)
            line += 1
            total = sum(one["sides"][side]["real_income_musd"] for one in value["by_clause"]["clauses"])
            sheet.write_row(line, 2, [pages.words.region(side), pages.words["figure.whole"]], pages.head)
            sheet.write_formula(line, 4, f"=SUM(E{first + 1}:E{line})", money, total)


def _balance(pages: _Pages, values: Sequence[Value]) -> None:
    """What would balance each deal: every way with both sides' real income, and the sum that it leaves."""
    told = [(value, way) for value in values for way in ways_of(value)]
    if not told:
        return
    words, money, line = pages.words, pages.formats[_MONEY], 0
    keys = ("deal", "date", "side", "income_before", "real_income", "income_million")
    head = [pages.column(key) for key in keys]
    head[2:2] = [words[key] for key in ("balance.kind", "balance.from", "balance.to")]
    sheet = pages.sheet("brief.balance", head, [26, 12, 60, 14, 14, 18, 18, 14, 20])
    for value, way in told:
        for side in value["sides"]:
            line += 1
            sheet.write_row(line, 0, [value["deal"]["title"], value["on"], _change(way, words)])
            for at, number in enumerate(_numbers(way), start=3):
                if number is not None:
                    sheet.write_number(line, at, number)
            sheet.write(line, 5, words.region(side))
            row, income = way["sides"][side], value["sides"][side].get("income_musd") or 0.0
            sheet.write_number(line, 6, income, pages.formats[_LEVEL])
            sheet.write_number(line, 7, row["real_income_change"], pages.formats[_PERCENT])
            sheet.write_formula(line, 8, f"=G{line + 1}*H{line + 1}", money, income * row["real_income_change"])
        line += 1
        total = sum(
            (value["sides"][side].get("income_musd") or 0.0) * way["sides"][side]["real_income_change"]
            for side in value["sides"]
        )
        sheet.write(line, 5, words["column.sum"], pages.head)
        sheet.write_formula(line, 8, f"=SUM(I{line - 1}:I{line})", money, total)


def _change(way: Row, words: Wording) -> str:
    """What a way changes: clauses at other numbers, or a payment."""
    if "musd" not in way:
        return terms(way, words)
    return words["balance.paid"].format(payer=words.place(way["from"]), payee=words.place(way["to"]))


def _numbers(way: Row) -> tuple[float | None, float | None]:
    """The number in the deal and the one that balances, for a way that moves one: a clause's, or million USD paid."""
    if "musd" in way:
        return 0.0, way["musd"]
    one = way["clauses"][0]
    return (one["before"], one["after"]) if len(way["clauses"]) == 1 else (None, None)


def _areas(pages: _Pages, values: Sequence[Value]) -> None:
    """Provinces and states, estimates, with what they are estimated from."""
    rows = [
        (value, country, row)
        for value in values
        for country, listed in value.get("regions", {}).get("countries", {}).items()
        for row in listed
    ]
    if not rows:
        return
    words = pages.words
    keys = ("deal", "date", "side", "area", "output_level", "output_change", "output_musd", "jobs_change")
    sheet = pages.sheet("brief.areas", [pages.column(key) for key in keys], [26, 12, 16, 30, 16, 12, 18, 14])
    for line, (value, country, row) in enumerate(rows, start=1):
        sheet.write_row(line, 0, [value["deal"]["title"], value["on"], words.region(country), row[words.language]])
        sheet.write_number(line, 4, row["output_musd"], pages.formats[_LEVEL])
        sheet.write_number(line, 5, row["output_percent"], pages.formats[_PERCENT])
        moved = row["output_musd"] * row["output_percent"]
        sheet.write_formula(line, 6, f"=E{line + 1}*F{line + 1}", pages.formats[_MONEY], moved)
        sheet.write_number(line, 7, row["jobs_change"], pages.formats[_MONEY])
    sheet.autofilter(0, 0, len(rows), len(keys) - 1)
    said = dict.fromkeys(note for value in values for note in value.get("regions", {}).get("notes", ()))
    for at, note in enumerate(said, start=len(rows) + 2):
        sheet.write(at, 0, note)


def _sectors(pages: _Pages, values: Sequence[Value]) -> None:
    words = pages.words
    keys = (
        "deal",
        "date",
        "side",
        "sector",
        "output_level",
        "output_change",
        "output_musd",
        "exports_musd",
        "imports_musd",
    )
    sheet = pages.sheet("brief.sectors", [pages.column(key) for key in keys], [26, 12, 16, 34, 16, 12, 16, 16, 16])
    money, line = pages.formats[_MONEY], 0
    for value in values:
        for row in value["sectors"]:
            if row["country"] not in value["sides"]:
                continue
            line += 1
            named = [
                value["deal"]["title"],
                value["on"],
                words.region(row["country"]),
                words.sector(row["sector"], row["name"]),
            ]
            sheet.write_row(line, 0, named)
            sheet.write_number(line, 4, row["output_musd"], pages.formats[_LEVEL])
            sheet.write_number(line, 5, row["output_change"], pages.formats[_PERCENT])
            sheet.write_formula(line, 6, f"=E{line + 1}*F{line + 1}", money, row["output_musd"] * row["output_change"])
            sheet.write_number(line, 7, row["exports_change_musd"], money)
            sheet.write_number(line, 8, row["imports_change_musd"], money)
    if line:
        sheet.autofilter(0, 0, line, len(keys) - 1)
        total = sum(
            row["output_musd"] * row["output_change"]
            for value in values
            for row in value["sectors"]
            if row["country"] in value["sides"]
        )
        sheet.write(line + 1, 3, words["column.sum"], pages.head)
        sheet.write_formula(line + 1, 6, f"=SUBTOTAL(9,G2:G{line + 1})", money, total)


def _partners(pages: _Pages, values: Sequence[Value]) -> None:
    keys = ("deal", "date", "partner", "real_income", "income_million")
    sheet = pages.sheet("brief.others", [pages.column(key) for key in keys], [26, 12, 32, 14, 18])
    rows = [(value, row) for value in values for row in value["third_parties"]]
    for line, (value, row) in enumerate(rows, start=1):
        sheet.write_row(line, 0, [value["deal"]["title"], value["on"], pages.words.region(row["country"], row["name"])])
        sheet.write_number(line, 3, row["real_income_change"], pages.formats[_PERCENT])
        sheet.write_number(line, 4, row["real_income_musd"], pages.formats[_MONEY])
    if rows:
        total = sum(row["real_income_musd"] for _, row in rows)
        sheet.write(len(rows) + 1, 2, pages.column("sum"), pages.head)
        sheet.write_formula(len(rows) + 1, 4, f"=SUM(E2:E{len(rows) + 1})", pages.formats[_MONEY], total)


def _law(pages: _Pages, values: Sequence[Value]) -> None:
    keys = (
        "deal",
        "date",
        "sector",
        "importer",
        "exporter",
        "before",
        "after",
        "rate_change",
        "confidence",
        "measures",
    )
    sheet = pages.sheet("brief.law", [pages.column(key) for key in keys], [26, 12, 34, 16, 16, 10, 10, 10, 22, 60])
    words = pages.words
    rows = [(value, row) for value in values for row in reading.changed_law(value)]
    for line, (value, row) in enumerate(rows, start=1):
        named = [
            words.sector(row["sector"], row["sector_name"]),
            words.region(row["importer"]),
            words.region(row["exporter"]),
        ]
        sheet.write_row(line, 0, [value["deal"]["title"], value["on"], *named])
        law, deal = reading.duties(row)
        for at, duty in ((5, law), (6, deal)):
            sheet.write(line, at, duty if isfinite(duty) else words.duty(duty), pages.formats[_RATE])
        if isfinite(law) and isfinite(deal):
            sheet.write_formula(line, 7, f"=G{line + 1}-F{line + 1}", pages.formats[_PERCENT], deal - law)
        sheet.write_row(line, 8, [words.confidence(row.get("confidence")), ", ".join(row.get("measures") or ())])


def _clauses(pages: _Pages, values: Sequence[Value]) -> None:
    keys = ("deal", "words", "rests", "source")
    sheet = pages.sheet("brief.proposed", [pages.column(key) for key in keys], [26, 60, 70, 50])
    told = {}
    for value in values:
        for clause in value["deal"]["clauses"]:
            told[value["deal"]["title"], clause["id"]] = (in_words(clause, pages.words), clause)
    for line, ((title, _), (sentence, clause)) in enumerate(told.items(), start=1):
        row = [title, sentence, str(clause.get("statement") or ""), str(clause.get("source") or "")]
        sheet.write_row(line, 0, row, pages.wrap)


def _said(pages: _Pages, values: Sequence[Value]) -> None:
    """What was said at the talks, in the words of the source."""
    found = said(values)
    if not found:
        return
    keys = ("date", "who", "words", "source")
    sheet = pages.sheet("brief.said", [pages.column(key) for key in keys], [12, 40, 90, 60])
    for line, one in enumerate(found, start=1):
        told = pages.words["brief.quote"].format(words=one["words"]) if one["words"] else one["what"]
        place = " ".join(part for part in (one["source"], one["url"]) if part)
        sheet.write_row(line, 0, [one["date"], ", ".join(one["who"]), told, place], pages.wrap)


def _sources(pages: _Pages, values: Sequence[Value]) -> None:
    words = pages.words
    sheet = pages.sheet("brief.reproduce", [pages.column("what"), pages.column("source")], [100, 60])
    rows = [(f"{fact['date']} {fact['text']}", str(fact.get("source") or "")) for fact in facts(values)]
    rows += [(note, "") for note in notes(values, words)]
    rows += [(solved(value, words), "") for value in values]
    rows += [(citation(value, words), str(value["provenance"].get("command") or "")) for value in values]
    rows += [(line, "") for line in versions(values, words)]
    for line, row in enumerate(rows, start=1):
        sheet.write_row(line, 0, row, pages.wrap)
