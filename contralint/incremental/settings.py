"""What a scan's outcome hangs on besides the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from contralint.cache import digest
from contralint.config import Config
from contralint.models.released import CHECKSUMS, WEIGHTS
from contralint.rulebook import Rule, rules_folder


def settings_key(config: Config, rules: Mapping[str, Rule], paths: Sequence[str]) -> bytes:
    """A key of what is kept: it changes with our code and data, the rules, and the settings that decide what is found.

    Args:
        config: The configuration.
        rules: The rules that are run, as they are configured.
        paths: What is scanned, as the user says it: datasets do not overwrite each other.
    """
    read = (config.schema, sorted(config.map.items()), config.source_field, config.profile)
    settings = repr((*read, config.select, config.extend_select, config.ignore))
    return digest(_program(), repr(sorted(rules.items())), settings, str(Path.cwd()), *sorted(map(str, paths)))


@cache
def _program() -> bytes:
    """A hash of the package's own code, weights and rules."""
    package = Path(__file__).parent.parent
    found = hashlib.blake2b((WEIGHTS / CHECKSUMS).read_bytes(), digest_size=16)
    for path in sorted([*package.rglob("*.py"), *(rules_folder() / "data").rglob("*")]):
        if path.is_file():
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.digest()
