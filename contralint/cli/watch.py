"""`contralint scan --watch`: scans again whenever something changes that a scan depends on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from contralint.cli.boundary import guarded
from contralint.cli.saying import say
from contralint.cli.settings import configured, named_paths, paths_to_scan
from contralint.cli.status import INTERRUPTED, READER_GONE, ExitStatus
from contralint.counting import number_of
from contralint.errors import UsageError
from contralint.readers import is_hosted

if TYPE_CHECKING:
    from contralint.cli.watched import Stamps
    from contralint.config import Config

_PAUSE = 0.2  # seconds between two looks
_SHARE = 10  # looking takes at most one part in so many of a processor
_LOOKS = 25  # looks after which a scan is due though files go on changing
_NAMED = 3  # changed files that are named


def watch(scan: Callable[[Config], ExitStatus], options: Mapping[str, Any], config: Config) -> int:
    """Scans, and again after each change, until it is interrupted or nobody reads on.

    What goes wrong in one round is shown as elsewhere, and the next change gives it another try.

    Args:
        scan: Scans and reports once.
        options: Those of the command line.
        config: The settings at the start.

    Raises:
        UsageError: There is nothing to scan, or what cannot change.
    """
    from contralint.cli.watched import Watched

    paths = named_paths(config, options)
    if "-" in paths:
        raise UsageError("--watch follows files: standard input is read but once")
    for path in filter(is_hosted, paths):
        raise UsageError(f"--watch follows files, and {path} is none")
    paths_to_scan(config, options)
    watched = Watched(options, config)

    def scan_round() -> ExitStatus:
        return scan(configured(options))

    def tell(message: str) -> None:
        if not options["quiet"]:
            say(f"contralint: {message}", err=True)

    click.clear()  # on a terminal; elsewhere it does nothing
    while True:
        seen = watched.stamps()
        status = guarded(scan_round, sys.argv[1:])
        if status in (INTERRUPTED, READER_GONE):
            return status
        tell(f"watching {number_of(len(seen), 'file')}; Ctrl-C ends")
        changed = _changed(seen, watched.stamps)
        click.clear()
        tell(f"changed: {', '.join(changed[:_NAMED])}{' ...' if len(changed) > _NAMED else ''}")


def _changed(seen: Stamps, look: Callable[[], Stamps]) -> list[str]:
    """Waits for a change, and until no further one follows, since editors and copies write in several steps."""
    before, now = seen, seen
    looks = 0
    while now == seen or (now != before and looks < _LOOKS):
        start = time.process_time()
        before, now = now, look()
        looks += now != seen
        time.sleep(max(_PAUSE, (time.process_time() - start) * _SHARE))
    return sorted(path for path in {*seen, *now} if seen.get(path) != now.get(path))
