"""`reciprocity regime sectors` and `published`: rates by sector, and beside those that others publish."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reciprocity.cli.output import print_json, print_table
from reciprocity.cli.regime_options import Json, Known, On, asked, law_with, percent
from reciprocity.cli.regime_words import echo_hung
from reciprocity.errors import Fault, InputError

if TYPE_CHECKING:
    from reciprocity.regime.published import Gap

app = typer.Typer(rich_markup_mode="markdown")
DATE = re.compile(r"\.\d{4}-\d\d-\d\d$")
RATES = ("revenue_rate", "flow_equivalent_rate", "baseline_rate", "covered_share")


@app.command()
def sectors(
    importer: Annotated[str | None, typer.Option("--importer", help="Whose law; both countries if left out.")] = None,
    exporter: Annotated[
        str | None, typer.Option("--exporter", help="Whose goods; the other country if left out.")
    ] = None,
    on: On = "",
    known: Known = None,
    theta: Annotated[float, typer.Option("--theta", help="Trade elasticity of the flow-equivalent rate.")] = 4.0,
    claims_on: Annotated[
        str | None,
        typer.Option("--claims-on", help="The day whose claims of the preference count; --on if left out."),
    ] = None,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="A CSV of hs and value_musd to weight by, not 2024 imports.")
    ] = None,
    deal: Annotated[str | None, typer.Option("--deal", help="A deal file, or one that ships, over the law.")] = None,
    slope: Annotated[
        str | None,
        typer.Option("--slope", help="How rates move with a number of the deal: a clause's id, or id.rate."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Rates by sector: what duty raises on 2024 trade, and the one rate that would move trade as much.

    Example: `reciprocity regime sectors --on 2026-09-29`

    Example: `reciprocity regime sectors --importer USA --exporter CAN --on 2025-10-14 --claims-on 2025-07-15 --json`

    Example: `reciprocity regime sectors --on 2025-10-08 --deal metals_for_energy --slope steel`
    """
    from reciprocity.regime.own_weights import read_weights
    from reciprocity.regime.presented import sectors_answer
    from reciprocity.regime.question import day_of

    if weights and not (importer and exporter):
        raise InputError(Fault("--weights", "are those of one direction", remedy="Give --importer and --exporter too"))
    claims = day_of(claims_on, "--claims-on") if claims_on else None
    answers = []
    for pair in _pairs(importer, exporter):
        to, of, day, told = asked(*pair, on, known)
        own = read_weights(weights, to, of) if weights else ()
        law = law_with(deal, day, told)
        answers.append(sectors_answer(law, to, of, theta=theta, claims_on=claims, own=own, slope=slope))
    if as_json:
        print_json(answers[0] if len(answers) == 1 else {"directions": answers})
        return
    for one in answers:
        _print_sectors(one)


@app.command()
def published(as_json: Json = False) -> None:
    """US rates on Canadian goods that others publish beside ours: which measure makes a difference, and who is right.

    Example: `reciprocity regime published`
    """
    from reciprocity.regime.published import every_comparison, source

    found = list(every_comparison("USA", "CAN"))
    if as_json:
        print_json({"source": source(), "comparisons": [one.to_dict() for one in found]})
        return
    cells = [
        (one.since, *map(percent, (one.theirs, one.ours, one.ours_on_their_claims)), f"{100 * one.unexplained:+.2f}",
         ", ".join(f"{gap.programme} {_points(gap)}" for gap in one.gaps))
        for one in found
    ]  # fmt: skip
    columns = ["since", "theirs", "ours", "on their claims", "left", "theirs less ours, points"]
    print_table(columns, cells, title="US duty on goods of Canada, % of value", right=[1, 2, 3, 4])
    echo_hung("", f"Theirs: {source()['title']} ({source()['licence']}); claims: {source()['claims']}.")
    for gap in {one.why: one for each in found for one in each.gaps}.values():
        typer.echo("")
        echo_hung("", _reason(gap))


def _pairs(importer: str | None, exporter: str | None) -> list[tuple[str, str | None]]:
    if importer is None and exporter is None:
        return [("USA", "CAN"), ("CAN", "USA")]
    if importer is None:
        from reciprocity import labels

        return [("CAN" if labels.region(exporter or "", where="--exporter").code == "USA" else "USA", exporter)]
    return [(importer, exporter)]


def _print_sectors(answer: dict[str, Any]) -> None:
    total = answer["total"]
    cells = [
        (one["sector"], *(percent(one[key]) for key in RATES), f"{one['value_musd']:,.0f}",
         "?" if one["confidence"] in "SM" else "", _most(one["measures"]))
        for one in (*answer["sectors"], total)
    ]  # fmt: skip
    title = f"{answer['importer']} on goods of {answer['exporter']}, {answer['on']}"
    columns = ["sector", "revenue", "flow-eq.", "2024", "covered", "USD m", "", "takes most"]
    print_table(columns, cells, title=title, right=[1, 2, 3, 4, 5])
    for one in answer["unmapped"]:
        typer.echo(f"In no sector: {one['value_musd']:,.0f} million USD at {percent(one['revenue_rate'])}")
    inside = answer["in_sectors"]
    typer.echo(f"In sectors: {inside['value_musd']:,.0f} million USD at {percent(inside['revenue_rate'])}")
    echo_hung("", f"Weights: {answer['weights']}. Claims of the preference: as on {answer['claims_on']}.")
    for why in total["estimated"]:
        echo_hung("Estimated: ", why)
    if answer["slopes"]:
        _print_slopes(answer)
    if answer["published"]:
        _print_published(answer["published"])
    typer.echo("")


def _print_slopes(answer: dict[str, Any]) -> None:
    rows = [
        (one["sector"], f"{one['revenue_rate']:+.4f}", f"{one['flow_equivalent_rate']:+.4f}")
        for one in answer["slopes"]
        if one["revenue_rate"] or one["flow_equivalent_rate"]
    ]
    title = f"Points of rate for each point of {answer['slope']}"
    print_table(["sector", "revenue", "flow-eq."], rows, title=title, right=[1, 2])


def _print_published(found: dict[str, Any]) -> None:
    echo_hung(
        "",
        f"Published rate since {found['since']}: {percent(found['theirs'])}; ours of all trade "
        f"{percent(found['ours'])}, on their claims {percent(found['ours_on_their_claims'])}.",
    )
    for one in found["gaps"]:
        both = f"{percent(one['theirs'])} theirs, {percent(one['ours'])} ours"
        echo_hung("  ", f"{one['programme']}: {both}: {one['measure']}.")
    if found["gaps"]:
        typer.echo("  Who is right: `reciprocity regime published`.")


def _most(measures: list[str] | tuple[str, ...]) -> str:
    """The measure that takes most, without its date, and how many others take something."""
    return f"{DATE.sub('', measures[0])}{f' +{len(measures) - 1}' if len(measures) > 1 else ''}" if measures else ""


def _points(gap: Gap) -> str:
    return f"{100 * (gap.theirs - gap.ours):+.2f}"


def _reason(gap: Gap) -> str:
    return f"{gap.programme} ({gap.measure}): {gap.why} Right: {gap.right}."
