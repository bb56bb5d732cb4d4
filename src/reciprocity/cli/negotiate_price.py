"""`reciprocity negotiate exchange`, `formula`: what a concession costs, and the number that balances."""

from __future__ import annotations

from typing import Annotated

import typer

from reciprocity.cli.output import Replace, print_table
from reciprocity.cli.table_answer import finish, number, print_refusal, print_sides
from reciprocity.cli.table_options import Json, Out, Picture, TableName, Threat

app = typer.Typer(rich_markup_mode="markdown")


@app.command()
def exchange(
    table: TableName,
    want: Annotated[str, typer.Option(help="What is asked for, as steel=0.25, several with commas.")],
    give: Annotated[str, typer.Option(help="Clauses offered in return, with commas; all of them when left out.")] = "",
    threat: Threat = "",
    split: Annotated[
        float | None, typer.Option(help="Part of the joint gain for the side asked; whole when left out.")
    ] = None,
    picture: Picture = None,
    out: Out = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """What a concession costs: the clause that pays for it exactly, and marginal rates between clauses.

    Example: `reciprocity negotiate exchange metals_for_energy --want steel=0.25 --give pipeline`
    """
    from reciprocity.negotiation.exchange import answer_exchange

    given = [name.strip() for name in give.split(",") if name.strip()]
    answer = answer_exchange(table, wanted(want), given, threat=threat, split=split)
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="exchange"):
        return
    moved = ", ".join(f"{name} at {value:.4g}" for name, value in answer["together"]["give"].items())
    words = {
        "found": f"is paid exactly by {moved}",
        "already": "needs nothing in return: the side asked gains by it",
        "not enough": f"is not paid even by {moved}",
    }
    typer.echo(f"{want} ({answer['side_asked']} asks {answer['asked_for']}) {words[answer['status']]}.")
    print_sides(answer, f"{answer['title']}: with that, over the threat point ({answer['threat']})")
    print_refusal(answer)
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
    typer.echo(f"Again: {answer['reproduce']['command']}")


@app.command()
def formula(
    table: TableName,
    family: Annotated[str, typer.Option(help="cap, linear, swiss, content, quota, inside, beyond or half: see below.")],
    parameter: Annotated[float | None, typer.Option(help="p; solved for when left out.")] = None,
    split: Annotated[float, typer.Option(help="Part of the joint gain in money for the first side.")] = 0.5,
    whole: Annotated[str, typer.Option(help="A side that shall neither gain nor lose, instead of a split.")] = "",
    share: Annotated[float, typer.Option(help="Of 2024 trade in the quota: 1 is that year's volume.")] = 1.0,
    inside: Annotated[str, typer.Option(help="Duty inside the quota, 0.1 is 10%; or half, of the law's.")] = "0",
    threat: Threat = "",
    picture: Picture = None,
    out: Out = None,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """A formula over every duty on the table, its parameter solved so that the gain is split as asked.

    - `cap`: t' = min(t, p), the 15% all-in deals of 2025.
    - `linear`: t' = (1 - p) t. `swiss`: t' = p t / (p + t).
    - `content`: no duty on p of the value, the importer's own content.
    - `quota`: p of 2024 trade comes in at the inside rate; the law beyond. `inside`, `beyond`: the duty inside, or
      beyond, a quota of a past year's volume.
    - `half`: half the duty against p of the capacity and investment on the table.

    Examples:

    - `reciprocity negotiate formula metals_for_energy --family swiss --split 0.5`
    - `reciprocity negotiate formula metals_for_energy --family quota --inside half --whole USA`
    - `reciprocity negotiate formula metals_for_energy --family half --split 0.5 --out deal.toml`
    """
    from reciprocity.negotiation.formula import answer_formula

    rate = None if inside == "half" else number(inside, "--inside")
    answer = answer_formula(table, family, parameter=parameter, split=split, whole=whole, share=share,
                            inside=rate, threat=threat)  # fmt: skip
    if finish(answer, out, as_json=as_json, replace=replace, picture=picture, chart="worths"):
        return
    print_sides(answer, f"{answer['title']}: {family} formula, p = {answer['parameter']:.4g} ({answer['status']})")
    typer.echo(f"p is the {answer['parameter_is']}; asked for: {answer['asked_for']}.")
    print_refusal(answer)
    rows = [(one["id"], one["giver"], one["words"]) for one in answer["terms"]]
    print_table(["clause", "given by", "in words"], rows, title="The deal")
    typer.echo(f"Again: {answer['reproduce']['command']}")


def wanted(text: str) -> dict[str, float]:
    """Clauses and values, as steel=0.25,aluminum=0.1. Raises InputError."""
    from reciprocity.errors import Fault, InputError

    wanted, faults = {}, []
    for part in text.split(","):
        name, _, value = part.partition("=")
        if name.strip() in wanted:
            faults.append(Fault("--want", f"'{name.strip()}' is there twice", remedy="Give each clause one value"))
        try:
            wanted[name.strip()] = float(value)
        except ValueError:
            faults.append(Fault("--want", f"'{part}' is not a clause and a value", remedy="Write it as steel=0.25"))
    if faults:
        raise InputError(faults)
    return wanted
