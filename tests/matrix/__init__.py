"""One row of the permission matrix; ``tests/test_matrix.py`` says how rows are written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LOGIN = "login"
WHO = ("guest", "lan", "hoa", "thu", "minh", "an")


def _nothing(_people: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    url_name: str
    kwargs: Callable[[Any], dict[str, Any]] = _nothing
    everyone: int | str | None = None
    guest: int | str | None = None
    lan: int | str | None = None
    hoa: int | str | None = None
    thu: int | str | None = None
    minh: int | str | None = None
    an: int | str | None = None
    method: str = "get"
    query: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def expected(self) -> dict[str, int | str]:
        answers = {who: getattr(self, who) or self.everyone for who in WHO}
        assert None not in answers.values(), f"{self}: say what everyone gets"
        return answers

    def __str__(self) -> str:
        case = "" if self.kwargs is _nothing else f" {self.kwargs.__name__}"
        return f"{self.method} {self.url_name}{case}{self.query}"
