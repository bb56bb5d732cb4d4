# One word for each thing; CI runs the same words.
set positional-arguments

uv := `command -v uv || echo .uv/bin/uv`

# the words
default:
    @just --list

# style, types, layers
check:
    {{uv}} run ruff check .
    {{uv}} run ruff format --check .
    {{uv}} run pyright
    {{uv}} run lint-imports

# mend what a tool can mend
fix:
    {{uv}} run ruff check --fix .
    {{uv}} run ruff format .

# the whole suite, or what is named: just test tests/laws
test *args:
    {{uv}} run pytest "$@"

# the tests that need spaCy, trafilatura or httpx: the extras of the record
test-extras:
    {{uv}} run --extra parse --extra html --extra llm pytest tests/record

# what the commit hooks run
hooks:
    {{uv}} run prek run --all-files

# rewrite the expected result beside every case; the difference is the review
golden:
    {{uv}} run python scripts/golden.py
    {{uv}} run python scripts/readme.py
    {{uv}} run python scripts/published.py

# write docs/reference from the program
docs:
    {{uv}} run python scripts/reference.py

# the live table in your browser
serve *args:
    {{uv}} run reciprocity serve "$@"

# build what ships from ../shared
build:
    {{uv}} run python scripts/build_economy.py
    {{uv}} run python scripts/build_regime.py

# side by side with peers, medians, into docs/benchmarks*.md; `just bench --slow` waits for those that take a minute
bench *args:
    {{uv}} run python benchmarks/compare.py --write docs/benchmarks.md "$@"
    {{uv}} run python benchmarks/negotiation.py --write docs/benchmarks-negotiation.md "$@"

# measure the reader of the record and write the table in its page
accuracy:
    {{uv}} run --extra parse python scripts/accuracy.py

# the live table: a hand on a slider in Chromium, fifty people at once, into docs/benchmarks.md
bench-web *args:
    {{uv}} run python benchmarks/web.py --write docs/benchmarks.md "$@"

# take the pictures of the docs in Chromium
pictures:
    {{uv}} run python scripts/pictures.py
