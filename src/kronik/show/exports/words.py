"""An event to a title in plain English words."""

from __future__ import annotations

from typing import Any


def title(event: dict[str, Any]) -> str:
    """Who, what and with or to whom, in words: "Sergey Lavrov → China: consult (visit)"."""
    actors = ", ".join(who["name"] for who in event["actors"]) or "(not named)"
    recipients = ", ".join(who["name"] for who in event["recipients"])
    act = event["type"].lower() + (f" ({event['mode']})" if event["mode"] else "")
    status = "" if event["status"] == "occurred" else f", {event['status']}"
    return f"{actors}{f' → {recipients}' if recipients else ''}: {act}{status}"


def story(event: dict[str, Any], report: dict[str, Any]) -> str:
    """The words that tell an event, who told it and whom they name as their source."""
    said = [f"“{event['evidence']}”", report["publisher"] or ""]
    if event["sources"]:
        said.append("according to " + ", ".join(who["name"] for who in event["sources"]))
    return " — ".join(part for part in (said[0], ", ".join(part for part in said[1:] if part)) if part)
