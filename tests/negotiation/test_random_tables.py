"""Tables drawn at random from every kind of clause: no deal proposed leaves a side below its threat point."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import pytest

from reciprocity import InputError
from reciprocity.deal import read_deal
from reciprocity.negotiation.answers import answer_bargain, answer_frontier
from reciprocity.negotiation.bargain import RULES
from reciprocity.negotiation.sequence import answer_sequence
from reciprocity.negotiation.sitting import Sitting, sit
from reciprocity.negotiation.table import read_table
from reciprocity.negotiation.threat import threat_point

SECTORS = ("STEEL", "ALUM", "AUTO", "FOOD", "WOOD", "CHEM", "MACH", "OILGAS", "POWER")
OURS = {"USA": "us.232.*", "CAN": "ca.surtax.*"}
OTHER = {"USA": "CAN", "CAN": "USA"}
BETWEEN = "low = 0.0\nhigh = {high}"
KINDS = {
    "tariff": BETWEEN, "cap": BETWEEN, "add": BETWEEN, "content": "low = 0.0\nhigh = 1.0", "ban": "", "lift": "",
    "quota": "rate = 0.0\nlow = 0.0\nhigh = 1.0", "preference": "low = 0.3\nhigh = 1.0",
    "trade_cost": "low = -0.1\nhigh = 0.0", "export_tax": BETWEEN, "investment": "years = 5\nlow = 0\nhigh = 50",
}  # fmt: skip
LICENSED = "exporter_rent = {rent}\nrate = 0.0\nlow = 0.4\nhigh = 1.0"


def clause(draw: random.Random, number: int, giver: str) -> str:
    kind = draw.choice(list(KINDS))
    amounts = LICENSED if kind == "quota" and draw.random() < 0.5 else KINDS[kind]
    amounts = amounts.format(high=draw.choice([0.1, 0.3, 0.8]), rent=draw.choice([0.0, 0.5, 1.0]))
    where = f'importer = "{giver}"\nexporter = "{OTHER[giver]}"\nsector = "{draw.choice(SECTORS)}"'
    if kind == "investment":
        where = f'investor = "{giver}"\nhost = "{OTHER[giver]}"'
    elif kind == "export_tax":
        where = f'exporter = "{giver}"\nimporter = "{OTHER[giver]}"\nsector = "{draw.choice(SECTORS)}"'
    elif kind == "lift":
        where += f'\nmeasures = ["{OURS[giver]}"]'
    words = 'statement = "drawn"\nsource = "drawn"'
    return f'[[instrument]]\nid = "c{number}"\nkind = "{kind}"\n{where}\n{amounts}\n{words}\n'


def drawn_table(seed: int, folder: Path) -> tuple[Path, Sitting]:
    """A table whose every clause moves something, at a random day, horizon, threat, power and taste."""
    draw = random.Random(seed)  # noqa: S311 - drawn for a test
    head = (
        f'title = "Drawn"\nsides = ["CAN", "USA"]\non = {draw.choice(["2025-04-10", "2025-10-08", "2026-08-21"])}\n'
        f'horizon = "{draw.choice(["long", "3y", "1y"])}"\nthreat = "{draw.choice(["law", "mfn", "later", "nash"])}"\n'
        f"power = {{ CAN = {draw.choice([0.2, 0.5, 0.8])}, USA = 0.5 }}\nnash_high = 0.4\n"
        '[threats.later]\non = 2026-08-22\nsource = "drawn"\n'
    )
    if draw.random() < 0.5:
        head += '[wants.USA]\nearnings = { STEEL = 0.4 }\nrevenue = 0.1\nsource = "drawn"\n'
    clauses = [clause(draw, number, "CAN" if number % 2 else "USA") for number in range(8)]
    path = folder / "drawn.toml"
    while True:
        path.write_text(head + "".join(clauses), encoding="utf-8")
        try:
            return path, sit(read_table(path))
        except InputError as error:
            refused = set(re.findall(r"'(c\d)'", str(error)))
            if not refused:
                raise
            clauses = [one for one in clauses if not any(f'id = "{name}"' in one for name in refused)]


@pytest.mark.parametrize("seed", range(8))
def test_no_deal_proposed_leaves_a_side_below_its_threat_point(seed: int, tmp_path: Path) -> None:
    path, sitting = drawn_table(seed, tmp_path)
    threat = threat_point(sitting).values

    def least_gain(text: str) -> float:
        file = tmp_path / "deal.toml"
        file.write_text(text, encoding="utf-8")
        return float((sitting.values(sitting.world(read_deal(file))) - threat).min())

    for rule in RULES:
        answer = answer_bargain(path, rule=rule)  # type: ignore[arg-type]
        assert answer["acceptable"] == (answer["deal"] is not None)
        if answer["acceptable"]:
            assert least_gain(answer["deal"]["toml"]) > -1e-9
        else:
            assert answer["apart"]["words"]
            assert min(answer["apart"]["missing"].values()) >= 0
    line = answer_frontier(path, points=4)
    for point in line["points"]:
        assert point["acceptable"] == (point["deal_toml"] is not None)
        if point["acceptable"]:
            assert least_gain(point["deal_toml"]) > -1e-9
    gains = np.array([list(point["surplus"].values()) for point in line["points"]])
    assert not any((one > other + 1e-9).all() for one in gains for other in gains)
    stages = answer_sequence(path)
    assert stages["deal"] is None or least_gain(stages["deal"]["toml"]) > -1e-9
    for stage in stages["stages"]:
        assert not stage["acceptable"] or min(one["surplus"] for one in stage["sides"].values()) > -1e-9
