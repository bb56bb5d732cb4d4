"""Write docs/reference from the program itself: every command, every key of a deal file, the functions people call.

uv run python scripts/reference.py
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from reciprocity.cli.root import build
from reciprocity.deal.kinds import kinds
from reciprocity.files import write_atomically

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "<!-- written by `just docs` from the program; do not edit -->\n"
DEAL_FILE = """\
A deal is TOML: `title`, `sides` (two regions of `reciprocity economy regions`), a `summary` if you like, and a
`[[clause]]` for each thing promised. Rates are fractions: 25% is 0.25. `reciprocity deal check FILE` names every fault
at once.
"""
FUNCTIONS = (
    ("reciprocity.flow", ("value", "by_clause", "balance", "write_brief")),
    ("reciprocity", ("solve",)),
    ("reciprocity.model", ("gradient", "solve_many")),
    ("reciprocity.regime", ("duty", "regime_on")),
    ("reciprocity.deal", ("read_deal", "apply")),
    ("reciprocity.negotiation.answers", ("answer_bargain", "answer_frontier")),
    ("reciprocity.record.read", ("read_file", "read_folder", "read_document")),
    ("reciprocity.record.quotes.quotes", ("searched", "check_quote", "check_anywhere")),
)


def main() -> None:
    for name, content in pages().items():
        write_atomically(FOLDER / name, content)


def pages() -> dict[str, str]:
    """Every page of the reference by its file's name."""
    return {"commands.md": commands(), "deal-file.md": deal_file(), "python.md": python()}


def commands() -> str:
    """Every command with its arguments and options."""
    parts = ["# Commands\n", NOTE]
    for path, command in walk(build()):
        parts.append(f"## reciprocity {' '.join(path)}\n\n{inspect.cleandoc(command.help or '')}\n")
        rows = [_parameter(one) for one in command.params if one.name != "help"]
        if rows:
            parts.append("| | what it is |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def walk(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below a group, with the words that lead to it."""
    if not hasattr(node, "list_commands"):
        yield path, node
        return
    for name in node.list_commands(None):
        yield from walk(node.get_command(None, name), (*path, name))


def _parameter(one: Any) -> str:
    if one.param_type_name == "argument":
        name = (one.metavar or one.name or "").strip("{}[]").upper()
        shown = f"`{name}`" if one.required else f"`[{name}]`"
    else:
        shown = ", ".join(f"`{flag}`" for flag in (*one.opts, *one.secondary_opts))
    default = "" if one.required or one.default in (None, False, "", ()) or callable(one.default) else one.default
    told = (one.help or "").replace("|", "\\|")
    return f"| {shown} | {told}{f' Default: `{default}`.' if default != '' else ''} |"


def deal_file() -> str:
    """Every kind of clause with its keys."""
    parts = [
        "# The deal file\n",
        NOTE,
        DEAL_FILE,
    ]
    for one in kinds():
        rows = [
            f"| `{key.name}` | {'must' if key.required else 'may'} | {key.form} | {key.meaning} |" for key in one.keys
        ]
        head = "| key | | takes | meaning |\n|---|---|---|---|\n"
        parts.append(f"## {one.name}\n\n{one.meaning}\n\n{head}" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def python() -> str:
    """The functions people call, with their signatures and what they say of themselves."""
    parts = ["# From Python\n", NOTE]
    for module, names in FUNCTIONS:
        parts += [_function(module, name, getattr(import_module(module), name)) for name in names]
    return "\n".join(parts)


def _function(module: str, name: str, of: Callable[..., Any]) -> str:
    words = inspect.cleandoc(of.__doc__ or "")
    signature = str(inspect.signature(of)).replace("'", "")
    return f"## {name}\n\n```python\nfrom {module} import {name}\n\n{name}{signature}\n```\n\n```text\n{words}\n```\n"


if __name__ == "__main__":
    main()
