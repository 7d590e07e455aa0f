# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The process of one check: an order on stdin, progress and outcome as lines of JSON on stdout.

It knows bronnen and nothing of the hub: no database, no settings, no secrets.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
from pathlib import Path
from typing import Any

from bronnen.check import FORMATS, NothingToCheckError, Options, Result, check
from bronnen.fetch import Fetcher, Limits

MOST_CAUSES = 200
MOST_PUBLISHERS = 200
MOST_REFUSED = 50


def main() -> None:
    """Reads the order, does it, says the outcome."""
    order = json.load(sys.stdin)
    for kind, most in (("RLIMIT_AS", "memory"), ("RLIMIT_CPU", "seconds")):
        resource.setrlimit(getattr(resource, kind), (order[most], order[most]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (order["bytes"] * 20, order["bytes"] * 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _say(progress={"stage": "reading"})
    try:
        _say(result=_checked(order))
    except NothingToCheckError as error:
        _say(cause=str(error))
    except MemoryError:
        _say(cause="not complete: it took too much memory")


def _checked(order: dict[str, Any]) -> dict[str, Any]:
    limits = Limits(size=order["bytes"], seconds=order["seconds"] * 0.6, silence=15.0, attempts=2)
    fetcher = Fetcher(limits, public_only=True)
    options = Options(profile=order["profile"], fetcher=fetcher, progress=_progress, public=True)
    folder = Path(order["folder"])
    with check(order["source"], options) as result:
        # The name that the visitor gave, not where the file is kept here.
        result.source = order["name"]
        result.refused = [{**one, "source": order["name"]} for one in result.refused]
        with gzip.open(folder / "check.json.gz", "wb", compresslevel=4) as output:
            FORMATS["json"](result, output, "nl")
        for language in ("nl", "en"):
            with (folder / f"worklist-{language}.csv").open("wb") as output:
                FORMATS["csv"](result, output, language)
        summary = _summary(result)
        for language in ("nl", "en"):
            with (folder / f"worklist-{language}.xlsx").open("wb") as output:
                again = Result(
                    result.source, result.folder, [], Options(profile=order["profile"], public=True)
                )
                FORMATS["xlsx"](again, output, language)
    return summary


def _summary(result: Result) -> dict[str, Any]:
    totals = result.totals()
    del totals["rules"]
    totals["publishers"] = dict(list(totals["publishers"].items())[:MOST_PUBLISHERS])
    totals["refused"] = totals["refused"][:MOST_REFUSED]
    totals["causes"] = [cause.to_json() for cause in result.worklist.causes()[:MOST_CAUSES]]
    return totals


def _progress(done: int, of: int) -> None:
    _say(progress={"stage": "checking", "done": done, "of": of})


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
