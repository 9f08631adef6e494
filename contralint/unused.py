"""Suppressions that suppress nothing, and those whose last day is over: somebody should take them out, or look again.

One is called unused only where this scan could have needed it: its rules ran, and its files were read.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from contralint.decision import Decision
from contralint.decisions import Checked
from contralint.expiry import has_passed
from contralint.ignore import Ignore
from contralint.rule import Rule
from contralint.scope import Scope
from contralint.selection import names
from contralint.spelling import did_you_mean
from contralint.suppression import Ignores, Silenced

_SHOWN = 5  # suppressions that are told one by one


@dataclass(frozen=True)
class Run:
    """Which rules a scan ran.

    Attributes:
        known: All rules there are, by ID.
        selected: IDs of those that the scan reports.
        evaluated: Whether there was an evaluation split, for the rules about one.
    """

    known: Mapping[str, Rule]
    selected: Collection[str]
    evaluated: bool
    _meant: dict[str, list[Rule]] = field(default_factory=dict)

    @cached_property
    def ran(self) -> frozenset[str]:
        """IDs of the rules that had what they look at."""
        return frozenset(key for key in self.selected if self._has_data(self.known[key]))

    def judges(self, word: str) -> bool:
        """Whether the scan shows if a word is needed: of the rules that it means, those ran that a plain scan runs."""
        meant = self.meant(word)
        waiting = any(rule.id not in self.ran and rule.default and self._has_data(rule) for rule in meant)
        return not waiting and any(rule.id in self.ran for rule in meant)

    def meant(self, word: str) -> list[Rule]:
        """The rules that a word means."""
        if word not in self._meant:
            self._meant[word] = [rule for rule in self.known.values() if names([word], rule)]
        return self._meant[word]

    def strange(self, word: str) -> str:
        """A word that means no rule, as a reader is told of it."""
        known = [*self.known, *(rule.name for rule in self.known.values())]
        return f"{word} (no such rule{did_you_mean(word, known)})"

    def _has_data(self, rule: Rule) -> bool:
        return self.evaluated or rule.kind != "split"


@dataclass(frozen=True)
class Audit:
    """A scan, as far as suppressions are judged by it.

    Attributes:
        silenced: What would have been told but for `ignores`.
    """

    run: Run
    scope: Scope
    ignores: Ignores
    silenced: Silenced

    def notes(self, decisions: Checked | None, path: str | None) -> list[str]:
        """What a reader is told: a few suppressions, expired ones first, and how many more there are.

        Args:
            decisions: How the decisions fared, where there are any.
            path: Their file.
        """
        told = [*self._of_rows(), *self._of_paths()]
        if decisions:
            told += [f"{kind} suppression: {path}: {what}" for kind, what in self._of_decisions(decisions)]
        told.sort(key=lambda note: note.startswith("unused"))
        more = len(told) - _SHOWN
        return told[:_SHOWN] + ([f"further unused or expired suppressions: {more}"] if more > 0 else [])

    def gone(self, decisions: Checked) -> Sequence[Decision]:
        """Decisions whose conflict was looked for, and is none any more."""
        if not decisions.gone or self.scope.partial:
            return ()
        return [one for one in decisions.gone if one.rule in self.run.ran or one.rule not in self.run.known]

    def _of_rows(self) -> Iterator[str]:
        for origin in sorted(self.ignores.rows, key=lambda origin: (origin.path, origin.index)):
            if origin.wish:
                told = self.silenced.get((origin.path, origin.index), ())
                yield from self._told(f"{origin.path}:{origin.line}", origin.wish, told, not self.scope.partial)

    def _of_paths(self) -> Iterator[str]:
        for glob, asked in sorted(self.ignores.by_glob.items()):
            where = f"per-path-ignores '{glob}'"
            covered = self.scope.covers(glob)
            if any(fnmatch.fnmatch(file, glob) for file in self.scope.files):
                rows = (told for (path, _), told in self.silenced.items() if fnmatch.fnmatch(path, glob))
                yield from self._told(where, asked, {rule for told in rows for rule in told}, covered)
            elif covered and any(map(self.run.judges, asked.rules)):
                yield f"unused suppression: {where} matches no file"

    def _told(self, where: str, asked: Ignore, silenced: Collection[str], covered: bool) -> Iterator[str]:
        """What is wrong with a request.

        Args:
            where: The place that says it.
            asked: The request.
            silenced: IDs of the rules that are told nothing of where it holds.
            covered: Whether all that it could mean was read.
        """
        judged = [word for word in asked.rules if self.run.judges(word)]
        if judged and has_passed(asked.until):
            yield f"expired suppression: {where}: {', '.join(judged)} {_until(asked)}"
            return
        idle = [word for word in judged if covered and not any(rule.id in silenced for rule in self.run.meant(word))]
        idle += [self.run.strange(word) for word in asked.rules if not self.run.meant(word)]
        if idle:
            yield f"unused suppression: {where}: {', '.join(idle)}"

    def _of_decisions(self, decisions: Checked) -> Iterator[tuple[str, str]]:
        for one in decisions.expired:
            yield "expired", f"{_decision(one)} {_until(one)}"
        for one in self.gone(decisions):
            if not one.resolves:
                yield "unused", f"{_decision(one)}: its conflict is gone"


def _decision(one: Decision) -> str:
    return f"{one.decision} {one.rule} {one.fingerprint}"


def _until(asked: Ignore | Decision) -> str:
    return f"until {asked.until}" + (f": {asked.reason}" if asked.reason else "")
