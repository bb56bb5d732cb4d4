"""`python -m reciprocity` is `reciprocity`."""

from reciprocity.cli import main

main()
