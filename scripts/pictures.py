"""Take the pictures of the docs: the live table in Chromium, wide and on a phone, light and dark, in both languages.

uv run python scripts/pictures.py
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from reciprocity.web.app import create_app
from reciprocity.web.settings import Settings

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
TABLE = "/?deal=metals_for_energy&on=2025-10-08"
SIZES = {"wide": (1280, 800), "phone": (390, 844)}
SCHEMES, LANGUAGES = ("light", "dark"), ("en", "fr")
LOOKS = tuple(product(SIZES, SCHEMES, LANGUAGES))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOCALES = {"en": "en-CA", "fr": "fr-CA"}


def main() -> None:
    """Take every picture that ships."""
    with served() as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for look in LOOKS:
            take(browser, address, FOLDER, look)
            print(FOLDER / name_of(look))
        browser.close()


def name_of(look: tuple[str, str, str]) -> str:
    """The file of a picture: `table-wide-light-en.png`."""
    return f"table-{'-'.join(look)}.png"


def take(browser: Any, address: str, folder: Path, look: tuple[str, str, str]) -> Path:
    """One picture of the table, once everything on it is there."""
    size, scheme, language = look
    wide, high = SIZES[size]
    context = browser.new_context(
        viewport={"width": wide, "height": high}, color_scheme=scheme, locale=LOCALES[language], base_url=address
    )
    page = context.new_page()
    with page.expect_response("**/range*"):
        page.goto(f"{TABLE}&lang={language}")
    file = folder / name_of(look)
    page.screenshot(path=file)
    context.close()
    return file


@contextmanager
def served() -> Iterator[str]:
    """The address of a table of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(port=port)), port=port, log_level="error"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join(timeout=10)


if __name__ == "__main__":
    main()
