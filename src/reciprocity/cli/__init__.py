"""The command line: one file a verb, imported only when the verb is called."""

from __future__ import annotations

import sys

from reciprocity.cli.root import build
from reciprocity.errors import ReciprocityError


def main() -> None:
    """Run the command line; a deliberate error is one clear message on standard error and its exit status."""
    try:
        build()()
    except ReciprocityError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_status)
