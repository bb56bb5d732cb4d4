"""The verbs and where each lives. A verb's file is imported when it is asked for; what it needs, when it runs."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from reciprocity.errors import Fault, InputError, did_you_mean

VERBS: tuple[str, ...] = (
    "demo",
    "deal",
    "value",
    "negotiate",
    "brief",
    "export",
    "record",
    "regime",
    "economy",
    "serve",
    "check",
)
"""Each verb is `reciprocity/cli/<verb>.py` with a Typer `app`; here in the order the help shows them."""


class Verbs(TyperGroup):
    """The list of verbs, each read from its own file on first use."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The verbs, in the order of the path."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command behind a verb, or None for a word that is not one."""
        if cmd_name not in VERBS:
            return None
        command = get_command(import_module(f"reciprocity.cli.{cmd_name}").app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb asked for. Raises InputError for a word that is not one."""
        word = args[0]
        if word not in VERBS and not word.startswith("-"):
            near = did_you_mean(word, VERBS)
            raise InputError(Fault(f"reciprocity {word}", "is not a verb", f"Verbs are {', '.join(VERBS)}", near))
        return super().resolve_command(ctx, args)


def _version(wanted: bool) -> None:
    if wanted:
        from reciprocity import __version__

        typer.echo(f"reciprocity {__version__}")
        raise typer.Exit


def build() -> Any:
    """The whole command line."""
    app = typer.Typer(
        cls=Verbs,
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        add_completion=True,
    )

    @app.callback()
    def reciprocity(
        version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
    ) -> None:
        """The open workbench for trade negotiations: what a deal does to each side, and what would balance it."""

    return get_command(app)
