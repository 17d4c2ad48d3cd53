"""What strict PLOVER makes of what kronik has beyond it."""

from __future__ import annotations

import pytest

from kronik.show.exports.strict_plover import strict


@pytest.mark.parametrize(
    ("kind", "mode", "status", "becomes"),
    [
        ("CONSULT", "visit", "occurred", ("CONSULT", "visit")),
        ("CONSULT", "visit", "planned", ("AGREE", None)),
        ("AID", None, "planned", ("AGREE", None)),
        ("SUPPORT", None, "planned", ("AGREE", None)),
        ("COOPERATE", None, "planned", ("AGREE", None)),
        ("AGREE", None, "planned", ("AGREE", None)),
        ("RETREAT", "withdraw", "planned", ("CONCEDE", None)),
        ("ASSAULT", "drone", "planned", None),
        ("AID", None, "denied", None),
        ("MOBILIZE", "troops", "possible", None),
    ],
)
def test_a_plan_is_a_promise_and_no_deed(
    kind: str, mode: str | None, status: str, becomes: tuple[str, str | None] | None
) -> None:
    event = {"type": kind, "mode": mode, "status": status}
    assert strict(event) == becomes
    assert strict(event, unconfirmed=True) == (becomes or (kind, mode))
