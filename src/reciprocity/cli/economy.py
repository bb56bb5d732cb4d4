"""`reciprocity economy`: the tables the model stands on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.output import print_json, print_table

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="The economy behind the numbers: accounts, names, elasticities.",
)
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command()
def check(
    table: Annotated[
        Path | None, typer.Argument(help="A table of your own (.npz); the shipped one when left out.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every identity of a table and print how far it is from closing.

    Example: `reciprocity economy check`, `reciprocity economy check mine.npz --json`
    """
    from reciprocity.economy import identities, read_table, shipped_table, sources
    from reciprocity.economy.identities import SHIPPED_TOLERANCE, USER_TOLERANCE, require

    tolerance = USER_TOLERANCE if table else SHIPPED_TOLERANCE
    read = read_table(table) if table else shipped_table()
    found = identities(read, tolerance=tolerance)
    where = str(table) if table else "icio2022_21x40.npz"
    if as_json:
        rows = [
            {"identity": i.name, "worst": i.worst, "where": i.where, "tolerance": i.tolerance, "holds": i.holds}
            for i in found
        ]
        print_json({"table": where, "sha256": read.sha256, "identities": rows})
    else:
        shape = f"{len(read.regions)} regions x {len(read.sectors)} sectors"
        rows = [
            (
                "holds" if i.holds else "FAILS",
                i.name,
                f"{i.worst:.1e}",
                f"{i.tolerance:.0e}",
                i.where if i.worst else "",
            )
            for i in found
        ]
        print_table(["", "identity", "worst", "allowed", "at"], rows, title=f"{where}: {shape}", right=[2, 3])
        if not table:
            facts = sources()
            typer.echo(f"\nSource: {facts['table']['icio2022_21x40']['citation']}")
            typer.echo(
                "Estimated:\n" + "\n".join(f"  - {line}" for line in facts["table"]["icio2022_21x40"]["estimated"])
            )
            typer.echo(
                "Baseline tariffs:\n"
                + "\n".join(f"  - {facts['tariff'][key]}" for key in ("measured", "zero_cusma", "zero_unknown"))
            )
    require(found, where=where)


@app.command()
def regions(as_json: Json = False) -> None:
    """List the regions with their names and members. Example: `reciprocity economy regions --json`"""
    from reciprocity import labels

    rows = [
        {"code": r.code, "en": r.en, "fr": r.fr, "iso2": r.iso2, "members": list(r.members), "aliases": list(r.aliases)}
        for r in labels.regions()
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(
            ["code", "English", "français", "members"],
            [(r["code"], r["en"], r["fr"], " ".join(r["members"])) for r in rows],
        )


@app.command()
def sectors(as_json: Json = False) -> None:
    """List the sectors with their names and codes. Example: `reciprocity economy sectors`"""
    from reciprocity import labels

    rows = [
        {
            "code": s.code,
            "en": s.en,
            "fr": s.fr,
            "icio": list(s.icio),
            "naics": list(s.naics),
            "aliases": list(s.aliases),
        }
        for s in labels.sectors()
    ]
    if as_json:
        print_json(rows)
    else:
        cells = [(s["code"], s["en"], s["fr"], " ".join(s["icio"]), ", ".join(s["aliases"])) for s in rows]
        print_table(["code", "English", "français", "ICIO", "also called"], cells)


@app.command()
def elasticities(
    name: Annotated[str | None, typer.Argument(help="One set, by sector; every set when left out.")] = None,
    as_json: Json = False,
) -> None:
    """List the published sets of trade elasticities, or show one. Example: `reciprocity economy elasticities CP2015`"""
    from reciprocity.economy import elasticities as read_set
    from reciprocity.economy import elasticity_names

    if name:
        one = read_set(name)
        rows = [
            {"sector": s, "theta": float(t), "filled": s in one.filled}
            for s, t in zip(one.sectors, one.theta, strict=True)
        ]
        if as_json:
            print_json({"name": one.name, "citation": one.citation, "horizon": one.horizon, "sectors": rows})
        else:
            cells = [(r["sector"], f"{r['theta']:.2f}", "no estimate: filled" if r["filled"] else "") for r in rows]
            print_table(["sector", "theta", ""], cells, title=f"{one.name}: {one.citation}", right=[1])
        return
    sets = [read_set(each) for each in elasticity_names()]
    if as_json:
        print_json(
            [{"name": s.name, "horizon": s.horizon, "filled": list(s.filled), "citation": s.citation} for s in sets]
        )
    else:
        print_table(
            ["set", "horizon", "filled", "source"],
            [(s.name, s.horizon, len(s.filled), s.citation) for s in sets],
            right=[2],
        )
