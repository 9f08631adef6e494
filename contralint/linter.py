"""The linter: one pass over the data, stage after stage. Orchestration, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from contralint.cache import Kept, NoStore, open_store
from contralint.changes import Changes, check_history
from contralint.config import Config
from contralint.diagnostics import Report
from contralint.engines import Engine, SpreadEncoder, cluster_of, engine_of
from contralint.errors import UsageError
from contralint.facets.described import Described
from contralint.facets.request import parts
from contralint.found import Found, findings_in, found, told_by
from contralint.grouping import Group
from contralint.incremental.rescan import rescan
from contralint.intake import Intake
from contralint.kinds.context import same_context
from contralint.kinds.dataset import Dataset
from contralint.kinds.finding import Finding
from contralint.kinds.judging import judged
from contralint.kinds.sameness import cosines, embedded, same_request
from contralint.locating import AGAINST, ROWS
from contralint.models.suite import Models
from contralint.neighbours.index import DECIMALS
from contralint.progress import NoProgress, Progress
from contralint.readers import STDIN, Row, Splits, discover, discover_splits, is_hosted, nothing_in, unchanged
from contralint.records import Record, Split
from contralint.rulebook import Rule, configured, load_rules
from contralint.scope import Scope
from contralint.suppression import Ignores
from contralint.taking import take_files
from contralint.telling import Teller
from contralint.trace import Trace
from contralint.traffic import Log, requests_of, weighed


class Linter:
    """Finds records that teach conflicting behaviour.

    One linter serves many calls: models are loaded once, when first needed.

    Attributes:
        config: The settings it was made with.
        rules: The rules that it reports, by ID.
        models: The models that it asks.
        engine: Where the work is done.

    Raises:
        UsageError: The configuration names an unknown rule, model or folder, or a rule file is broken.
    """

    def __init__(
        self, config: Config | None = None, *, progress: Progress | None = None, rules: Mapping[str, Rule] | None = None
    ) -> None:
        self.config = config or Config()
        self._progress = progress or NoProgress()
        cache = Path(self.config.cache_dir) if self.config.cache_dir else None
        self._store: Kept = open_store(cache, self.config.cache_size * 1_000_000) if self.config.cache else NoStore()
        folders = [Path(name) for name in self.config.rules]
        known = dict(rules) if rules is not None else load_rules(folders, self._store)
        self.rules = configured(known, self.config)
        self._known = {**known, **self.rules}
        self._teller = Teller(self.config, self._known, self.rules)
        cluster = cluster_of(self.config)
        self.models = Models(
            self.config.embedder,
            cache,
            self.config.jobs,
            judge_name=self.config.judge,
            llm=self.config.llm,
            store=self._store,
            elsewhere=partial(SpreadEncoder, cluster) if cluster else None,
            profile=self.config.profile,
        )
        self.engine = cluster or engine_of(self.config, self.models)

    def lint_paths(
        self, paths: Sequence[str | Path], *, diff: str | None = None, within: Sequence[str | Path] | None = None
    ) -> Report:
        """Scans files, folders and globs; "-" is standard input.

        Args:
            paths: What to scan.
            diff: A revision of git: only diagnostics in which a row takes part that it does not have.
            within: With `diff`, the files whose rows count as changed; None for all.

        Raises:
            UsageError: A path does not exist or cannot be opened, nothing in it is a row, a file changed meanwhile, or
                git knows no such revision, or nothing of a path's history.
        """
        files = self._files(paths)
        with unchanged([*files.training, *files.evaluation]):
            return self._lint(files, paths, diff, within)

    def _lint(
        self, files: Splits, paths: Sequence[str | Path], diff: str | None, within: Sequence[str | Path] | None
    ) -> Report:
        scope = self._scope(files, paths)
        if diff is not None:
            check_history(files.training)
        changed = None if within is None else discover([str(path) for path in within])
        changes = None if diff is None else Changes.since(diff, scope.files, changed)
        if self._can_rescan(files):
            outcome = rescan(self, self._store, self._progress, files.training, scope.given, eager=within is None)
        else:
            outcome = self._outcome(self._read(files))[0]
        report = self._teller.report(outcome, scope, self.models.take_notes(), changes)
        return self._weighed(changes.report(report) if changes else report, outcome.groups)

    def trace_paths(self, paths: Sequence[str | Path]) -> Trace:
        """Scans as `lint_paths` does, and keeps what led to each diagnostic.

        Raises:
            UsageError: As `lint_paths`.
        """
        files = self._files(paths)
        with unchanged([*files.training, *files.evaluation]):
            return self._trace(self._read(files), self._scope(files, paths))

    def lint_rows(self, rows: Iterable[Mapping[str, Any]], *, against: Iterable[Mapping[str, Any]] = ()) -> Report:
        """Scans rows of any known shape, given as dicts; their path is "<rows>", their lines count from 1.

        Args:
            rows: The rows that are trained on.
            against: Rows of the evaluation split, at "<against>", besides the files that the configuration names.

        Raises:
            UsageError: A file that the configuration names cannot be opened.
        """
        files = discover_splits([], self.config.against)
        intake = self.intake()
        intake.take(_given(ROWS, rows))
        intake.take(_given(AGAINST, against), "evaluation")
        self._take_files(intake, files.evaluation, "evaluation")
        return self._trace(intake, Scope(files.evaluation, (), self.config.paths)).report

    def describe(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The facets of a row's last teaching.

        `["stance"]["label"]` is one of complies, refuses, partial, clarifies, unable.

        Raises:
            UsageError: The row fits no known shape, or trains no assistant turn.
        """
        return Described(self._record(row)).to_dict()

    def same_request(self, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[float]:
        """Probability for each pair of rows that both ask the same, so that one answer must serve both.

        Raises:
            UsageError: As `describe`.
        """
        records = [(self._record(first), self._record(second)) for first, second in pairs]
        taken_apart = [(parts(first), parts(second)) for first, second in records]
        similarity = cosines([(embedded(one), embedded(other)) for one, other in taken_apart], self.models.encoder)
        probabilities = same_request(taken_apart, similarity, self.models)
        return [
            float(probability) if same_context(*records[number]) else 0.0
            for number, probability in enumerate(probabilities)
        ]

    def similarity(self, first: str, second: str) -> float:
        """Cosine of two requests, as a scan rounds it; 0 where one is empty."""
        ours, theirs = self.models.encoder.encode([first, second])
        return round(float(ours @ theirs), DECIMALS)

    def judge(self, pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[float]:
        """Probability for each pair of rows that the two answers cannot both be right for the instruction.

        Raises:
            UsageError: As `describe`.
        """
        records = [(self._record(first), self._record(second)) for first, second in pairs]
        return judged([(Described(first), Described(second)) for first, second in records], self.models)

    def dataset(self, records: Iterable[Record]) -> Dataset:
        """Records of both splits as the kinds of rules look at them."""
        splits: dict[str, list[Record]] = {"training": [], "evaluation": []}
        for record in records:
            splits[record.origin.split].append(record)
        return Dataset(
            splits["training"],
            self.models,
            self._progress,
            splits["evaluation"],
            self._known,
            engine=self.engine,
        )

    @property
    def running(self) -> list[Rule]:
        """The rules selected, and the more specific ones, since these decide what is left to them."""
        return [
            rule
            for rule in self._known.values()
            if rule.id in self.rules or any(other in self.rules for other in rule.supersedes)
        ]

    @property
    def cluster(self) -> Engine | None:
        """The engine, where it is one of several machines: these read files in parts."""
        return self.engine if self.config.engine == "ray" else None

    def _files(self, paths: Sequence[str | Path]) -> Splits:
        return discover_splits([str(path) for path in paths], self.config.against, self.config.usage)

    def _scope(self, files: Splits, paths: Sequence[str | Path]) -> Scope:
        return Scope([*files.training, *files.evaluation], [str(path) for path in paths], self.config.paths)

    def _read(self, files: Splits) -> Intake:
        self._progress.stage("reading", len(files))
        intake = self.intake()
        self._take_files(intake, files.training, "training")
        if not intake.rows:
            raise nothing_in(files.training)
        self._take_files(intake, files.evaluation, "evaluation")
        return intake

    def _can_rescan(self, files: Splits) -> bool:
        """Whether what an earlier scan found may be taken over: it must hang on the data and our own models alone."""
        foreign = self.config.embedder or self.config.judge
        here = self.config.engine == "local"
        if not here or not self.config.cache or foreign or files.evaluation or STDIN in files.training:
            return False
        return not any(map(is_hosted, files.training))  # to tell what changed they are read, and then once more

    def _take_files(self, intake: Intake, files: Sequence[str], split: Split) -> None:
        for _ in take_files(intake, files, split, self.cluster):
            self._progress.advance(1)

    def intake(self) -> Intake:
        """Takes in rows under this configuration."""
        config = self.config
        return Intake(config.schema, config.map or None, Ignores(config.per_path_ignores), config.source_field)

    def _record(self, row: Mapping[str, Any]) -> Record:
        intake = self.intake()
        intake.take([Row(ROWS, 0, 1, row, None)])
        if intake.broken:
            raise UsageError(f"the row cannot be read: {intake.broken[0].row.reason}")
        if not intake.records:
            raise UsageError("the row trains no assistant turn")
        return intake.records[-1]

    def _outcome(self, intake: Intake) -> tuple[Found, list[Finding]]:
        dataset = self.dataset(intake.teachings)
        findings = findings_in(dataset, self.running)
        return found(intake, dataset, findings, self.rules), findings

    def _trace(self, intake: Intake, scope: Scope) -> Trace:
        outcome, findings = self._outcome(intake)
        report = self._teller.report(outcome, scope, self.models.take_notes())
        report = self._weighed(report, outcome.groups, intake.teachings)
        return Trace(report, intake.teachings, told_by(findings, self.rules))

    def _weighed(self, report: Report, groups: Sequence[Group], records: Sequence[Record] | None = None) -> Report:
        """The report with weights, where there is a log to weigh with; records that are not given are read again."""
        told = {(one.rule, one.fingerprint) for one in report.diagnostics}
        groups = [group for group in groups if (group.rule.id, group.fingerprint) in told]
        if not self.config.usage or not groups:
            return report
        log = Log.read(discover(self.config.usage), self.config.usage_field)
        if records is None:
            asked = requests_of(groups, self.intake())
        else:
            asked = {record.key: record.request for record in records}
        return weighed(report, groups, asked, log, self.models.encoder, self._progress)


def _given(path: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    return (Row(path, index, index + 1, row, None) for index, row in enumerate(rows))
