"""`reciprocity serve`: the live table on this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated

import typer

from reciprocity.cli.ledger_options import Index
from reciprocity.errors import Fault, InputError

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; others than loopback ask for a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="TCP port.")] = 8765,
    token: Annotated[str, typer.Option("--token", envvar="RECIPROCITY_TOKEN", help="Asked of every visitor.")] = "",
    store: Annotated[str | None, typer.Option("--store", help="Database of saved scenarios: a file, or a URL.")] = None,
    ledger: Annotated[
        str, typer.Option("--ledger", envvar="RECIPROCITY_LEDGER", help="Folder of the public record to show.")
    ] = "",
    index: Index = "",
    longest_solve: Annotated[
        float,
        typer.Option("--longest-solve", min=0.1, help="Seconds an answer may take before it is given up."),
    ] = 30.0,
) -> None:
    """The live table in your browser, offline: move a clause and see what both sides get.

    Examples:

    - `reciprocity serve`
    - `reciprocity serve --port 9000 --store scenarios.db --ledger talks`
    - `reciprocity serve --host 0.0.0.0 --token SECRET --store postgresql+psycopg://user@localhost/reciprocity`
    """
    import uvicorn

    from reciprocity.web.app import create_app
    from reciprocity.web.settings import Settings

    settings = Settings(host, port, token, store_url(store), ledger=ledger, index=index, longest_solve=longest_solve)
    free(host, port)
    web = create_app(settings)
    name = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104 - compared, not bound
    address = f"http://{name}:{port}/"
    typer.echo(f"The table is at {address}{'?token=' + token if token else ''}  (Ctrl-C to stop)")
    typer.echo(f"Saved scenarios: {without_password(settings.store)}")
    uvicorn.run(web, host=host, port=port, log_level="warning", server_header=False)


def free(host: str, port: int) -> None:
    """Raise InputError where the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        remedy = "Give another with --port, or stop the program that has it"
        raise InputError(
            Fault("--port", f"{host}:{port} cannot be listened on: {os.strerror(error.errno or 0)}", remedy=remedy)
        ) from error


def store_url(store: str | None) -> str:
    """A database URL from what a person gave: a URL, a path, or nothing for the usual place."""
    if store and "://" in store:
        return store
    path = Path(store) if store else Path.home() / ".local" / "share" / "reciprocity" / "scenarios.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{path.resolve()}"


def without_password(store: str) -> str:
    """A database URL that may be read over a shoulder or kept in a log."""
    from sqlalchemy import make_url

    return make_url(store).render_as_string(hide_password=True)
