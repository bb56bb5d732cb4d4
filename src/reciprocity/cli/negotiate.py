"""`reciprocity negotiate`: what both would sign, and what each would do alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from reciprocity.cli.output import print_json, print_table

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", help="What both sides would sign, and what each would do alone."
)
TableName = Annotated[
    str, typer.Argument(metavar="TABLE", help="A table's file (.toml), or the name of one that ships.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]
Threat = Annotated[str, typer.Option(help="What happens without a deal: law, nash, mfn, announced; else the table's.")]
RuleName = Annotated[str, typer.Option("--rule", help="nash, kalai-smorodinsky or egalitarian.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write the deal to this file, for `reciprocity value`.")]
Everyone = Annotated[bool, typer.Option("--everyone", help="Duties on every partner, not only on the other side.")]


@app.command()
def tables(as_json: Json = False) -> None:
    """List the tables that ship. Example: `reciprocity negotiate tables`"""
    from reciprocity.negotiation.table import case_tables, read_table

    found = [(name, read_table(path)) for name, path in case_tables().items()]
    rows = [
        {"table": name, "title": one.title, "on": one.on.isoformat(), "sides": list(one.sides),
         "clauses": [each.id for each in one.open]}
        for name, one in found
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    print_table(
        ["table", "title", "on", "clauses"], [(r["table"], r["title"], r["on"], ", ".join(r["clauses"])) for r in rows]
    )


@app.command()
def bargain(
    table: TableName,
    threat: Threat = "",
    rule: RuleName = "nash",
    power: Annotated[float | None, typer.Option(help="Bargaining power of the first side, between 0 and 1.")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """The deal a rule picks, each side's surplus over what happens without it, and the certificate.

    Where no deal leaves every side at least as well off, it says so and how far apart they are.

    Example: `reciprocity negotiate bargain metals_for_energy --threat law --out deal.toml`
    """
    from reciprocity.negotiation.answers import answer_bargain

    answer = answer_bargain(table, threat=threat, rule=rule, power=_power(power))  # type: ignore[arg-type]
    _write(answer, out)
    if as_json:
        print_json(answer)
        return
    _print_sides(answer, f"{answer['title']}: the {rule} deal over {answer['threat']['words']}")
    if not answer["acceptable"]:
        missing = ", ".join(f"{code} {musd:,.0f}" for code, musd in answer["apart"]["missing_musd"].items())
        typer.echo(f"No deal: {answer['apart']['words']}. Missing at the nearest point, million USD a year: {missing}.")
    _print_terms(answer)
    _print_certificate(answer)


@app.command()
def frontier(
    table: TableName,
    points: Annotated[int, typer.Option(help="How many efficient deals.")] = 21,
    threat: Threat = "",
    rule: RuleName = "nash",
    picture: Annotated[Path | None, typer.Option(help="Draw it to this file (.svg).")] = None,
    as_json: Json = False,
) -> None:
    """Efficient deals between the two ends, with the law, the threat point and the rule's deal on them.

    Example: `reciprocity negotiate frontier metals_for_energy --points 21 --picture frontier.svg`
    """
    from reciprocity.negotiation.answers import answer_frontier

    answer = answer_frontier(table, threat=threat, points=points, rule=rule)  # type: ignore[arg-type]
    if picture:
        _draw_frontier(answer, picture)
    if as_json:
        print_json(answer)
        return
    one, other = answer["status_quo"]
    names = list(answer["points"][0]["values"])
    rows = [
        (k, _percent(p["surplus"][one]), _percent(p["surplus"][other]), *(f"{p['values'][name]:.4g}" for name in names))
        for k, p in enumerate(answer["points"], 1)
    ]
    title = f"{answer['title']}: efficient deals, gain over {answer['threat']['words']}, % of income"
    print_table(["", one, other, *names], rows, title=title, right=range(3 + len(names)))
    _print_certificate(answer)


@app.command()
def exchange(
    table: TableName,
    want: Annotated[str, typer.Option(help="What is asked for, as steel=0.25, several with commas.")],
    give: Annotated[str, typer.Option(help="Clauses offered in return, with commas; all of them when left out.")] = "",
    threat: Threat = "",
    split: Annotated[
        float | None, typer.Option(help="Part of the joint gain for the side asked; whole when left out.")
    ] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """What a concession costs: the clause that pays for it exactly, and marginal rates between clauses.

    Example: `reciprocity negotiate exchange metals_for_energy --want steel=0.25 --give pipeline`
    """
    from reciprocity.negotiation.exchange import answer_exchange

    given = [name.strip() for name in give.split(",") if name.strip()]
    answer = answer_exchange(table, _wanted(want), given, threat=threat, split=split)
    _write(answer, out)
    if as_json:
        print_json(answer)
        return
    moved = ", ".join(f"{name} at {value:.4g}" for name, value in answer["together"]["give"].items())
    words = {
        "found": f"is paid exactly by {moved}",
        "already": "needs nothing in return: the side asked gains by it",
        "not enough": f"is not paid even by {moved}",
    }
    typer.echo(f"{want} ({answer['side_asked']} asks {answer['asked_for']}) {words[answer['status']]}.")
    _print_sides(answer, f"{answer['title']}: with that, over the threat point ({answer['threat']})")
    marginal = answer["marginal"]
    rows = [(name, marginal["units"][name], *(f"{worth:+,.1f}" for worth in marginal["worth_musd"][name].values()))
            for name in marginal["clauses"]]  # fmt: skip
    sides = list(answer["sides"])
    print_table(
        ["clause", "one more", *(f"{code}, mn USD a year" for code in sides)],
        rows,
        title="Marginal worth there",
        right=[2, 3],
    )
    for code in sides:
        table_of = marginal["rates"][code]
        cells = [(a, *("" if v is None else f"{v:+.3g}" for v in row.values())) for a, row in table_of.items()]
        title = f"{code}: units of the column that offset one more unit of the row"
        print_table(["", *table_of], cells, title=title, right=range(1, 1 + len(table_of)))


@app.command("best-reply")
def best_reply(
    table: TableName,
    side: Annotated[str, typer.Option(help="Which side.")],
    everyone: Everyone = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """The duties that serve a side best while everyone else keeps the law of the day.

    Example: `reciprocity negotiate best-reply metals_for_energy --side USA`
    """
    from reciprocity.negotiation.unilateral import answer_best_reply

    _show_duties(answer_best_reply(table, side.upper(), everyone=everyone), out, as_json=as_json)


@app.command()
def nash(table: TableName, everyone: Everyone = False, out: Out = None, as_json: Json = False) -> None:
    """The tariff war: every duty of either side its best reply to the other's.

    Example: `reciprocity negotiate nash metals_for_energy`
    """
    from reciprocity.negotiation.unilateral import answer_nash

    _show_duties(answer_nash(table, everyone=everyone), out, as_json=as_json)


@app.command()
def sequence(
    table: TableName, threat: Threat = "", rule: RuleName = "nash", out: Out = None, as_json: Json = False
) -> None:
    """A table settled stage by stage, each stage held against what the last one left.

    Example: `reciprocity negotiate sequence cusma_renewal`
    """
    from reciprocity.negotiation.sequence import answer_sequence

    answer = answer_sequence(table, threat=threat, rule=rule)  # type: ignore[arg-type]
    _write(answer, out)
    if as_json:
        print_json(answer)
        return
    sides = list(answer["sides"])
    rows = [
        (
            one["stage"],
            ", ".join(f"{name} {value:.4g}" for name, value in one["clauses"].items()),
            "signed" if one["acceptable"] else "no deal",
            *(f"{one['sides'][code]['surplus_musd']:+,.0f}" for code in sides),
        )
        for one in answer["stages"]
    ]
    heads = ["stage", "clauses", "", *(f"{code}, mn USD a year" for code in sides)]
    print_table(heads, rows, title=f"{answer['title']}: gain of each stage over the last", right=[3, 4])
    _print_sides(answer, f"All stages, over {answer['threat']['words']}")
    at_once = ", ".join(f"{code} {one['surplus_musd']:+,.0f}" for code, one in answer["at_once"].items())
    typer.echo(f"All at once, million USD a year: {at_once}.")
    typer.echo(f"Again: {answer['reproduce']['command']}")


@app.command()
def formula(
    table: TableName,
    family: Annotated[str, typer.Option(help="cap: min(t, p); linear: (1 - p) t; swiss: p t / (p + t).")],
    parameter: Annotated[float | None, typer.Option(help="p; solved for when left out.")] = None,
    split: Annotated[float, typer.Option(help="Part of the joint gain in money for the first side.")] = 0.5,
    threat: Threat = "",
    out: Out = None,
    as_json: Json = False,
) -> None:
    """A formula over every duty on the table, its parameter solved so that the gain is split as asked.

    Example: `reciprocity negotiate formula metals_for_energy --family swiss --split 0.5`
    """
    from reciprocity.negotiation.formula import answer_formula

    answer = answer_formula(table, family, parameter=parameter, split=split, threat=threat)
    _write(answer, out)
    if as_json:
        print_json(answer)
        return
    _print_sides(answer, f"{answer['title']}: {family} formula, p = {answer['parameter']:.4g} ({answer['status']})")
    _print_terms(answer)
    typer.echo(f"Again: {answer['reproduce']['command']}")


@app.command()
def robust(
    table: TableName,
    draws: Annotated[int, typer.Option(help="How many draws.")] = 100,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = 1,
    threat: Threat = "",
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Deals under doubt: over elasticities, compliance and retaliation, who still gains, and the least regret.

    Example: `reciprocity negotiate robust metals_for_energy --draws 200`
    """
    from reciprocity.cli.progress import counting
    from reciprocity.negotiation.robust import answer_robust

    with counting("Drawing worlds") as progress:
        answer = answer_robust(table, draws=draws, seed=seed, threat=threat, progress=progress)
    _write(answer, out)
    if as_json:
        print_json(answer)
        return
    sides = list(answer["candidates"][0]["probability_gains"])
    rows = [
        (one["deal"], *(f"{one['probability_gains'][code]:.0%}" for code in sides),
         *(f"{one['gain_musd'][code]['p05']:+,.0f} to {one['gain_musd'][code]['p95']:+,.0f}" for code in sides),
         f"{one['largest_regret_musd']:,.0f}")
        for one in answer["candidates"]
    ]  # fmt: skip
    heads = [
        "deal",
        *(f"{code} gains" for code in sides),
        *(f"{code}, mn USD, 5 to 95%" for code in sides),
        "largest regret",
    ]
    print_table(heads, rows, title=f"{answer['title']}: {draws} draws", right=range(1, 6))
    typer.echo(f"Least regret: {answer['least_regret']}.")
    typer.echo(f"Drawn: {answer['drawn']['compliance']}; {answer['drawn']['retaliation']}; published elasticity sets.")
    typer.echo(f"Again: {answer['reproduce']['command']}")


@app.command()
def weights(table: TableName, side: Annotated[str, typer.Option(help="Which side.")], as_json: Json = False) -> None:
    """Political weights inferred from the duties in force: under them those duties are the side's own best choice.

    Example: `reciprocity negotiate weights metals_for_energy --side USA`
    """
    from reciprocity.negotiation.weights import answer_weights

    answer = answer_weights(table, side.upper())
    if as_json:
        print_json(answer)
        return
    rows = [(one["sector"], f"{one['duty']:.1%}", f"{one['weight']:.2f}") for one in answer["weights"]]
    title = f"{answer['side']}: weights inferred from the duties of {answer['on']}, not stated by anyone"
    print_table(
        ["sector", "duty collected", "a dollar earned there counts this much more"], rows, title=title, right=[1, 2]
    )
    typer.echo(f"Part of the duties no weights explain: {answer['unexplained']:.0%}.")


def _show_duties(answer: dict[str, Any], out: Path | None, *, as_json: bool) -> None:
    _write(answer, out)
    if as_json:
        print_json(answer)
        return
    _print_sides(answer, f"{answer['title']}: {answer['deal']['title']}, over the law of {answer['on']}")
    largest = sorted(answer["tariffs"], key=lambda row: -row["imports_musd"])[:20]
    rows = [
        (
            r["importer"],
            r["exporter"],
            r["sector"],
            f"{r['imports_musd']:,.0f}",
            f"{r['law_rate']:.1%}",
            f"{r['rate']:.1%}",
        )
        for r in largest
    ]
    print_table(
        ["set by", "on", "goods", "imports, mn USD", "law", "duty"],
        rows,
        title="Its twenty largest trades",
        right=[3, 4, 5],
    )
    _print_certificate(answer)


def _print_sides(answer: dict[str, Any], title: str) -> None:
    rows = [
        (
            code,
            f"{one['surplus_musd']:+,.0f}",
            _percent(one["surplus"]),
            f"{one['real_income_musd']:+,.0f}",
            _percent(one["real_income_change"]),
        )
        for code, one in answer["sides"].items()
    ]
    others = sum(one["real_income_musd"] for one in answer["third_parties"])
    rows.append(("all others", "", "", f"{others:+,.0f}", ""))
    heads = ["side", "gain, mn USD a year", "% of income", "real income against the law, mn USD", "%"]
    print_table(heads, rows, title=title, right=range(1, 5))


def _print_terms(answer: dict[str, Any]) -> None:
    rows = [
        (
            t["id"],
            t["giver"],
            "-" if t["value"] is None else f"{t['value']:.4g}",
            f"{t['low']:g} to {t['high']:g}",
            t["words"],
        )
        for t in answer["terms"]
    ]
    print_table(
        ["clause", "given by", "value", "between", "in words"],
        rows,
        title="The deal" if answer.get("acceptable", True) else "The nearest point",
        right=[2],
    )


def _print_certificate(answer: dict[str, Any]) -> None:
    one = answer["certificate"]
    state = "Search finished" if one["holds"] else f"SEARCH STOPPED SHORT ({one['stopped_short']})"
    typer.echo(
        f"{state}: slope left {one['slope']:.0e}, {one['solves']} equilibria, {one['adjoints']} gradients, "
        f"{one['starts']} start(s) agreeing to {one['agreement']:.0e} of income."
    )
    typer.echo(f"Again: {answer['reproduce']['command']}")


def _draw_frontier(answer: dict[str, Any], path: Path) -> None:
    from reciprocity.files import write_atomically
    from reciprocity.report import charts
    from reciprocity.report.figures import standalone
    from reciprocity.report.wording import wording

    write_atomically(path, standalone(charts.frontier(answer, wording("en")).svg()))


def _write(answer: dict[str, Any], out: Path | None) -> None:
    if out is None or not answer.get("deal"):
        return
    from reciprocity.files import write_atomically

    write_atomically(out, answer["deal"]["toml"])


def _percent(share: float) -> str:
    return f"{share * 100:+.4f}%"


def _power(first: float | None) -> tuple[float, float] | None:
    from reciprocity.errors import Fault, InputError

    if first is None:
        return None
    if not 0 < first < 1:
        raise InputError(Fault("--power", f"{first:g} is no share of power", "allowed: between 0 and 1, both left out"))
    return first, 1.0 - first


def _wanted(text: str) -> dict[str, float]:
    from reciprocity.errors import Fault, InputError

    wanted, faults = {}, []
    for part in text.split(","):
        name, _, value = part.partition("=")
        try:
            wanted[name.strip()] = float(value)
        except ValueError:
            faults.append(Fault("--want", f"'{part}' is not a clause and a value", remedy="Write it as steel=0.25"))
    if faults:
        raise InputError(faults)
    return wanted
