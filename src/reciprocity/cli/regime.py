"""`reciprocity regime`: the law of both countries, on any day, as known on any day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reciprocity.cli.output import print_json, print_table
from reciprocity.errors import Fault, InputError

if TYPE_CHECKING:
    from datetime import date

    from reciprocity.regime.shipment import Duty, Entry

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The law of the United States and Canada: duties, exemptions, quotas and bans, on any day.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Importer = Annotated[str, typer.Option("--importer", help="Whose law: USA or CAN, by code or name.")]
Exporter = Annotated[str, typer.Option("--exporter", help="Whose goods: a country or region, by code or name.")]
On = Annotated[str, typer.Option("--on", help="The day, as 2025-10-08.")]
Known = Annotated[
    str | None, typer.Option("--known", help="The day whose knowledge counts; all that is known if left out.")
]
RATES = ("revenue_rate", "flow_equivalent_rate", "baseline_rate", "covered_share")
Fact = Annotated[
    list[str] | None,
    typer.Option("--fact", help="A fact of the shipment, as usmca_claimed=true or metal_share.steel=0.6. Repeat."),
]


@app.command()
def show(
    importer: Importer = "USA", exporter: Exporter = "CAN", on: On = "", known: Known = None, as_json: Json = False
) -> None:
    """List the measures in force on a day, by programme, and what gives way to what.

    Example: `reciprocity regime show --importer USA --exporter CAN --on 2025-10-08 --known 2025-10-08`
    """
    from reciprocity.regime.book import shipped_book
    from reciprocity.regime.law import law_of
    from reciprocity.regime.presented import day_or_none, measure_row

    to, of, day, told = _question(importer, exporter, on, known)
    law = law_of(shipped_book(), to, of, day, told)
    rows = [measure_row(one) for group in law.measures for one in group]
    rules = [
        {"id": one.rule.id, "winner": one.winner, "loser": one.loser, "part": one.rule.part, "test": one.rule.test}
        for one in law.precedence
        if one.winner and one.loser
    ]
    if as_json:
        head = {"importer": to, "exporter": of, "on": str(day), "known": day_or_none(told)}
        print_json({**head, "measures": rows, "rules": rules})
        return
    cells = [
        (
            one["programme"],
            one["id"],
            one["kind"],
            _percent(one["rate"]),
            one["basis"],
            one["valid_from"],
            one["source"],
            one["mark"],
        )
        for one in rows
    ]
    title = f"{to} on goods of {of}, {day}" + (f", as known on {told}" if told else "")
    print_table(["programme", "measure", "kind", "rate", "of", "since", "act", ""], cells, title=title, right=[3])
    for one in rules:
        ways = f"{', '.join(one['loser'])} gives way to {', '.join(one['winner'])}"
        typer.echo(f"{ways} ({one['part']}, {one['test']}): {one['id']}")
    typer.echo("Marks: ? rests on one page or on memory, not on the act.")


@app.command()
def rate(
    hs: Annotated[str, typer.Argument(help="An HS code of 2 to 10 digits, as 7208.10.")],
    importer: Importer = "USA",
    exporter: Exporter = "CAN",
    on: On = "",
    known: Known = None,
    fact: Fact = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Every measure with its clause, and why others do not count.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The duty on a product on a day, and the measures that make it up.

    Example: `reciprocity regime rate 7208.10 --importer USA --exporter CAN --on 2025-10-08 --explain`
    """
    from reciprocity.regime import duty
    from reciprocity.regime.presented import duty_row

    to, of, day, told = _question(importer, exporter, on, known)
    found = duty(importer=to, exporter=of, hs=hs, date=day, known=told, facts=_facts(fact or []))
    if as_json:
        print_json(duty_row(found))
        return
    total = "may not come in" if found.prohibited else _percent(found.rate)
    print_table(
        ["measure", "rate", "of", "part", "adds", "", "id"],
        [_entry_row(one) for one in found.stack],
        title=f"{hs} into {to} from {of} on {day}: {total}",
        right=[1, 3, 4],
    )
    if explain:
        _explain(found)
    for flag in found.flags:
        typer.echo(f"Note: {flag}")


@app.command()
def sectors(
    importer: Annotated[str | None, typer.Option("--importer", help="Whose law; both countries if left out.")] = None,
    exporter: Annotated[
        str | None, typer.Option("--exporter", help="Whose goods; the other country if left out.")
    ] = None,
    on: On = "",
    known: Known = None,
    theta: Annotated[float, typer.Option("--theta", help="Trade elasticity of the flow-equivalent rate.")] = 4.0,
    as_json: Json = False,
) -> None:
    """Rates by sector: what duty raises on 2024 trade, and the one rate that would move trade as much.

    Example: `reciprocity regime sectors --importer USA --exporter CAN --on 2026-09-29 --json`
    """
    from dataclasses import asdict

    from reciprocity import labels
    from reciprocity.regime import regime_on
    from reciprocity.regime.presented import day_or_none

    pairs = _pairs(importer, exporter)
    _, _, day, told = _question(pairs[0][0], pairs[0][1], on, known)
    rates = regime_on(day, told).sector_rates({one.code: theta for one in labels.sectors()})
    answers = []
    for to, of in pairs:
        unmapped = [asdict(one) for one in rates.unmapped if (one.importer, one.exporter) == (to, of)]
        answers.append(
            {"importer": to, "exporter": of, "on": str(day), "known": day_or_none(told), "theta": theta,
             "total": asdict(rates.total(to, of)), "sectors": [asdict(one) for one in rates.pair(to, of)],
             "unmapped": unmapped}
        )  # fmt: skip
    if as_json:
        print_json(answers[0] if len(answers) == 1 else {"directions": answers})
        return
    for one in answers:
        _print_sectors(one)


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="A day, as 2025-10-08.")],
    second: Annotated[str | None, typer.Argument(help="Another day; the same one if left out, with --deal.")] = None,
    deal: Annotated[
        str | None, typer.Option("--deal", help="A deal file, or the name of one that ships: the second law has it.")
    ] = None,
    importer: Importer = "USA",
    exporter: Exporter = "CAN",
    known: Known = None,
    as_json: Json = False,
) -> None:
    """What changed in the law between two days, or what a deal would change: in words, by measure, and by sector.

    Example: `reciprocity regime diff 2025-10-08 2026-09-29 --importer USA --exporter CAN`

    Example: `reciprocity regime diff 2025-10-08 --deal metals_for_energy`
    """
    from reciprocity.regime import regime_on
    from reciprocity.regime.diff import compare

    to, of, one, told = _question(importer, exporter, first, known)
    if second is None and deal is None:
        raise InputError(Fault("diff", "one day", "Two days, or one and --deal"))
    after = regime_on(_question(importer, exporter, second or first, known)[2], told)
    if deal is not None:
        from reciprocity.deal import apply
        from reciprocity.deal.cases import find_deal

        after = apply(find_deal(deal)[0], after)
    found = compare(regime_on(one, told), after, importer=to, exporter=of)
    if as_json:
        print_json(found.to_dict())
        return
    for line in found.words():
        typer.echo(line)
    cells = [
        (row.sector, _percent(row.before), _percent(row.after), f"{100 * (row.after - row.before):+.2f}")
        for row in found.sectors
        if abs(row.after - row.before) > 5e-6
    ]
    print_table(["sector", "before", "after", "points"], cells, title="Revenue rates, % of value", right=[1, 2, 3])


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Act files; the shipped book if left out.")] = None,
    as_json: Json = False,
) -> None:
    """Check acts against the rules of the book: every fault of every file at once; nothing is changed.

    Example: `reciprocity regime check my-act.toml`
    """
    from reciprocity.regime.check import check_files

    report = check_files(files or [])
    if as_json:
        print_json(report)
    else:
        counts = ", ".join(f"{report[key]} {key}" for key in ("files", "measures", "rules", "lists"))
        typer.echo(f"{counts}: no fault.")


def _question(importer: str, exporter: str, on: str, known: str | None) -> tuple[str, str, date, date | None]:
    from reciprocity.regime.question import question

    return question(importer, exporter, on, known)


def _pairs(importer: str | None, exporter: str | None) -> list[tuple[str, str]]:
    other = {"USA": "CAN", "CAN": "USA"}
    if importer is None and exporter is None:
        return [("USA", "CAN"), ("CAN", "USA")]
    from reciprocity import labels

    to = (
        labels.region(importer, where="--importer").code
        if importer
        else other.get(labels.region(exporter or "").code, "USA")
    )
    of = labels.region(exporter, where="--exporter").code if exporter else other.get(to, "USA")
    return [(to, of)]


def _facts(words: list[str]) -> dict[str, Any]:
    from reciprocity.regime.question import facts_of

    return facts_of(words)


def _entry_row(one: Entry) -> tuple[str, ...]:
    mark = ("" if one.applies else "gives way") + (" ?" if one.confidence in "SM" else "")
    adds = _percent(one.contribution) if one.applies else "-"
    return one.measure, _percent(one.rate), one.basis, f"{one.share:.4g}", adds, mark.strip(), one.id


def _explain(found: Duty) -> None:
    for one in (*found.stack, *found.deposits):
        typer.echo(f"\n{one.measure} ({one.id}): {one.reason or 'applies'}")
        if one.quote:
            typer.echo(f"  {one.source_file}: \u201c{one.quote}\u201d")
        for file, quote in one.also:
            typer.echo(f"  {file}: \u201c{quote}\u201d")
    for one in found.near:
        typer.echo(f"\nNot counted: {one.measure} ({one.id}): {one.reason}")


def _print_sectors(answer: dict[str, Any]) -> None:
    total = answer["total"]
    cells = [
        (one["sector"], *(_percent(one[key]) for key in RATES), f"{one['value_musd']:,.0f}",
         "?" if one["confidence"] in "SM" else "", ", ".join(one["measures"][:3]))
        for one in (*answer["sectors"], total)
    ]  # fmt: skip
    title = f"{answer['importer']} on goods of {answer['exporter']}, {answer['on']}"
    columns = ["sector", "revenue", "flow-equivalent", "2024", "covered", "million USD", "", "measures"]
    print_table(columns, cells, title=title, right=[1, 2, 3, 4, 5])
    for one in answer["unmapped"]:
        typer.echo(f"In no sector: {one['value_musd']:,.0f} million USD at {_percent(one['revenue_rate'])}")
    for why in total["estimated"]:
        typer.echo(f"Estimated: {why}")
    typer.echo("")


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.2f}%"
