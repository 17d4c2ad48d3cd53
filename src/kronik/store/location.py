"""What ``--db`` names to the place of a ledger: a file, or a database on a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_ADDRESS = re.compile(r"postgres(?:ql)?:/{1,2}(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a PostgreSQL server, by its address (a connection URI of libpq). Its password is never shown."""

    address: str

    def __str__(self) -> str:
        shown = re.sub(r"^(postgresql://[^/?@:]*):[^?]*@", r"\1@", self.address)
        return re.sub(r"([?&])(?:ssl)?password=[^&]*", r"\1password=…", shown)

    def without_password(self, text: str) -> str:
        """A text that may tell parts of the address, as of one whose password holds a stroke, without the password."""
        secrets = re.findall(r"^postgresql://[^/?@:]*:([^?]*)@|[?&](?:ssl)?password=([^&]*)", self.address)
        for part in {part for both in secrets for one in both for part in re.split(r"[/@:?#\[\]]", one) if part}:
            text = text.replace(part, "…")
        return text

    def __repr__(self) -> str:
        return f"Server({str(self)!r})"


Location = Path | Server


def located(named: str | Path | Server) -> Location:
    """The place that is named; an address that was taken for a path has lost one of its strokes and gets it back."""
    if isinstance(named, Server):
        return named
    address = _ADDRESS.fullmatch(str(named))
    return Server(f"postgresql://{address[1]}") if address else Path(named)
