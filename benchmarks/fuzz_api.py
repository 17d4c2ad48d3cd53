"""Requests made from the API's own description to faults of the API.

python benchmarks/fuzz_api.py [--examples N]    (50 requests an operation; needs `pip install 'kronik[fuzz]'`)

The application runs in this process on a ledger with the bundled examples. A fault is an answer of 500 or more, one
that the description does not allow, or none. No address is fetched: the API is asked as on a machine without network.
"""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from kronik.pipeline import read_one
from kronik.read.sources import read_pages
from kronik.reconcile.running import reconcile
from kronik.show.web.application import make_application
from kronik.show.web.settings import Settings
from kronik.store.ledger import open_ledger
from kronik.store.writing import add_all

CONFORMANCE = ("status_code_conformance", "content_type_conformance", "response_schema_conformance")
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def main() -> int:
    """Ask each operation of the API at random; print how many requests were made, or the fault."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--examples", type=int, default=50)
    given = asked.parse_args()
    try:
        import schemathesis
        from hypothesis import HealthCheck, Phase, settings
        from hypothesis import given as made_of
    except ImportError:
        print("schemathesis is not installed: pip install 'kronik[fuzz]'", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "examples.db"
        with open_ledger(db, write=True) as ledger:
            for _ in add_all(ledger, read_pages([str(EXAMPLES)]), partial(read_one, fast=True)):
                pass
            reconcile(ledger, "2026-01-01T00:00:00+00:00")
        socket.getaddrinfo = _no_network
        application = make_application(Settings(db))
        client = TestClient(application, base_url="http://127.0.0.1")
        description = client.get("/api/openapi.json").json()
        client.get("/api/check")  # which takes long the first time, and is remembered
        schema = schemathesis.openapi.from_dict(description)
        schema.app = application
        # A date or a name that is none is refused although its description is only that of words.
        checks = [
            schemathesis.checks.not_a_server_error,
            *(schemathesis.checks.CHECKS.get_one(name) for name in CONFORMANCE),
        ]
        asked_for = faults = 0
        limits = settings(
            max_examples=given.examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
        )  # fmt: skip
        for operation in (result.ok() for result in schema.get_all_operations()):

            @limits
            @made_of(case=operation.as_strategy())
            def ask(case: Any) -> None:
                nonlocal asked_for
                asked_for += 1
                case.headers = {**(case.headers or {}), "Host": "127.0.0.1"}
                case.validate_response(case.call(), checks=checks)

            try:
                ask()
            except (Exception, BaseExceptionGroup) as fault:
                faults += 1
                print(f"{operation.label}: {fault}")
        print(f"{asked_for} requests, operations with a fault: {faults}")
    return 1 if faults else 0


def _no_network(*_: object, **__: object) -> list[Any]:
    raise socket.gaierror("no network while fuzzing")


if __name__ == "__main__":
    sys.exit(main())
