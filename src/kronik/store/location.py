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
        shown = re.sub(r"^(postgresql://[^/?@]*?):[^/?]*@", r"\1@", self.address)
        return re.sub(r"([?&])(?:ssl)?password=[^&]*", r"\1password=…", shown)

    def __repr__(self) -> str:
        return f"Server({str(self)!r})"


Location = Path | Server


def located(named: str | Path | Server) -> Location:
    """The place that is named; an address that was taken for a path has lost one of its strokes and gets it back."""
    if isinstance(named, Server):
        return named
    address = _ADDRESS.fullmatch(str(named))
    return Server(f"postgresql://{address[1]}") if address else Path(named)
