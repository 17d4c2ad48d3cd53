"""Lines of styled text to standard output: wrapped and coloured in a terminal, plain and unwrapped in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.text import Text

from kronik.show.text import Line


def print_lines(lines: Iterable[Line]) -> None:
    """Print the lines as they come."""
    if not sys.stdout.isatty():
        for line in lines:
            plain = f"{line.lead:<{line.indent}}{line.words.plain}".rstrip()
            sys.stdout.write(plain + "\n")
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table

    console = Console(highlight=False)
    for line in lines:
        if not line.lead:
            console.print(Padding(line.words, (0, 0, 0, line.indent)))
            continue
        row = Table.grid()
        row.add_column(width=line.indent, style="blue")
        row.add_column(overflow="fold")
        row.add_row(Text(line.lead), line.words)
        console.print(row)
