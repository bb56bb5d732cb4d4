"""A real PostgreSQL on loopback, from the system's package; tests that ask for it are skipped by name without one."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")


def _programs() -> Path | None:
    found = [Path(place) for place in PLACES if Path(place).is_dir()]
    initdb = sorted(one for place in found for one in place.glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return initdb[-1].parent if initdb else Path(on_path).parent if on_path else None


def _as_user() -> list[str]:
    """The server refuses to run as root: run it as the user its package made, or as nobody."""
    if os.geteuid():
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return ["runuser", "-u", name, "--"]
    pytest.skip("needs a user other than root to run PostgreSQL as")
    return []


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """The address of an empty database on a server of its own, gone after the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL (Debian package postgresql), which is not here")
    user = _as_user()
    with tempfile.TemporaryDirectory(prefix="reciprocity-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o777)
        data, port = home / "data", _free_port()

        def run(program: str, *given: str) -> None:
            done = subprocess.run(
                [*user, str(programs / program), *given],
                cwd=home,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            if done.returncode:
                pytest.skip(f"PostgreSQL does not start here: {done.stderr.strip()[-300:]}")

        run("initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home} -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
