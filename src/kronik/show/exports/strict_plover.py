"""An event as kronik has it to the type and mode that strict PLOVER gives it, which knows no status."""

from __future__ import annotations

from typing import Any

FOLDED = {
    **dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"), "AGREE"),
    **dict.fromkeys(("RETREAT", "CONCEDE"), "CONCEDE"),
}
"""What a planned act counts as, by its type (manual 3.1, 3.4, 3.6): the promise of it. Other types fold into none."""


def strict(event: dict[str, Any], *, unconfirmed: bool = False) -> tuple[str, str | None] | None:
    """The type and mode of an event in strict PLOVER; None where it has no place there.

    What occurred stays as it is. A planned act of cooperation is the promise of it (``FOLDED``), without a mode. Plans
    of anything else, and what is denied or merely possible, have no place: a plan must not be read as a deed. With
    ``unconfirmed`` those keep the type and mode of the act.
    """
    event_type: str = event["type"]
    if event["status"] == "planned" and event_type in FOLDED:
        folded = FOLDED[event_type]
        return folded, event["mode"] if folded == event_type else None
    if event["status"] == "occurred" or unconfirmed:
        return event_type, event["mode"]
    return None


def why_left_out(event: dict[str, Any]) -> str:
    """Why ``strict`` gives an event no place, in words."""
    return "planned acts of conflict" if event["status"] == "planned" else f"{event['status']} events"
