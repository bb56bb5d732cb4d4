"""Rules on the house itself: names, sizes, words, and that what the documents say can be done."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

import reciprocity
from reciprocity.cli.root import VERBS, build

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def test_the_public_names_are_these_and_no_others():
    assert reciprocity.__all__ == ["Economy", "Equilibrium", "InputError", "ReciprocityError", "SolveError", "solve"]
    assert all(hasattr(reciprocity, name) for name in reciprocity.__all__)


def test_no_file_is_named_for_nothing():
    assert [path for path in SOURCES if path.stem in SAYS_NOTHING or path.parent.name in SAYS_NOTHING] == []


def test_files_and_functions_are_short_enough_to_read():
    long = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > LONGEST_FILE:
            long.append(str(path))
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        long += [f"{path.name}:{one.name}" for one in functions if _lines(one) > LONGEST_FUNCTION]
    assert long == []


def _lines(node: ast.FunctionDef) -> int:
    """Lines of a function below its signature and its docstring."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def _commands(node, path=()):
    if not hasattr(node, "list_commands"):
        return {path: node}
    found = {}
    for name in node.list_commands(None):
        found |= _commands(node.get_command(None, name), (*path, name))
    return found


COMMANDS = _commands(build())


def test_every_verb_of_the_path_is_there():
    assert {path[0] for path in COMMANDS} == set(VERBS)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_says_what_it_does_and_gives_an_example(path):
    words = COMMANDS[path].help or ""
    assert words.strip()
    assert f"reciprocity {' '.join(path)}" in words


WRITES_FILES = {
    ("brief",),
    ("export",),
    ("demo",),
    ("serve",),
    ("deal", "new"),
    ("record", "page"),
    ("record", "export"),
}


@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in WRITES_FILES], ids=" ".join)
def test_every_command_that_answers_takes_json(path):
    assert "--json" in {flag for one in COMMANDS[path].params for flag in one.opts}


def _told():
    """Every command line that a document shows."""
    for document in DOCUMENTS:
        for line in document.read_text(encoding="utf-8").splitlines():
            shown = [line] if line.startswith("    ") else re.findall(r"`([^`]+)`", line)
            for one in shown:
                words = one.strip().removeprefix(".uv/bin/uv run ").removeprefix("$ ")
                if words.startswith("reciprocity "):
                    yield document.relative_to(ROOT).as_posix(), words.split("    #")[0].split("  #")[0]


@pytest.mark.parametrize(("document", "line"), sorted(set(_told())))
def test_every_command_line_in_the_documents_can_be_typed(document, line):
    words = shlex.split(line)[1:]
    path = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in COMMANDS), None)
    if path is None and set(words) <= {*VERBS, "--help"}:
        return  # a group named as a whole
    assert path is not None, f"{document}: no such command: {line}"
    flags = {flag for one in COMMANDS[path].params for flag in (*one.opts, *one.secondary_opts)} | {"--help"}
    used = {word.split("=")[0] for word in words[len(path) :] if word.startswith("--")}
    assert used <= flags, f"{document}: {used - flags}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_every_link_in_the_documents_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (document.parent / target).exists(), target
