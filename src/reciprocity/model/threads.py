"""One BLAS thread: the matrices here are small, and threads that wait for each other cost more than they bring."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import scipy.linalg  # noqa: F401 - it brings a BLAS of its own, which the controller holds only once it is there
from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")
_BLAS = ThreadpoolController().select(user_api="blas")


def one_thread(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with BLAS held to one thread while it runs."""

    @wraps(function)
    def held(*args: P.args, **named: P.kwargs) -> R:
        with _BLAS.limit(limits=1):
            return function(*args, **named)

    return held
