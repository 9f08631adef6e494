"""The settings of a scan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

import msgspec

from contralint.complaints import Complaint
from contralint.errors import UsageError
from contralint.ignore import Ignore

DECISIONS_FILE = "contralint.decisions.jsonl"  # read where it exists and the configuration names no other

FailOn = Literal["error", "warning", "note", "never"]
Level = Literal["error", "warning", "note", "off"]


class SettingError(UsageError):
    """A setting has a value that it may not have."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key


class LlmSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """How a language model is asked, where `judge` names one.

    Attributes:
        base_url: Address of the endpoint; without it, OPENAI_BASE_URL, else OpenAI's own.
        key_variable: Environment variable that holds the key. The key itself has no place in a file.
        max_calls: Questions that one linter may ask.
        max_tokens: Tokens that they may take together.
        concurrency: Questions under way at a time.
        timeout: Seconds to wait for a reply.
        retries: Further tries of a question that failed.
        temperature: How freely the model chooses its words; some models allow 1 alone.

    Raises:
        SettingError: A value is of the wrong type or out of bounds.
    """

    base_url: str | None = None
    key_variable: str = "OPENAI_API_KEY"
    max_calls: Annotated[int, msgspec.Meta(ge=0)] = 1000
    max_tokens: Annotated[int, msgspec.Meta(ge=0)] = 1_000_000
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 4
    timeout: Annotated[float, msgspec.Meta(gt=0)] = 60.0
    retries: Annotated[int, msgspec.Meta(ge=0, le=10)] = 4
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.0

    def __post_init__(self) -> None:
        _check_all(self, "llm.")


class RaySettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Which Ray cluster does the work, where `engine` is "ray".

    Attributes:
        address: Address of the cluster, such as "auto", "ray://head:10001" or "head:6379"; without it, RAY_ADDRESS,
            else a cluster is started on this machine.
        actors: Workers to use, each on one processor; without it, as many as the cluster has processors.

    Raises:
        SettingError: A value is of the wrong type or out of bounds.
    """

    address: str | None = None
    actors: Annotated[int, msgspec.Meta(ge=1)] | None = None

    def __post_init__(self) -> None:
        _check_all(self, "ray.")


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Settings of a scan, checked when made.

    Attributes:
        paths: What to scan where the command line names nothing.
        against: The evaluation split, which the training data must not contradict.
        select: Rules to run instead of the default ones: IDs, prefixes, names, or "ALL".
        extend_select: Rules to run besides.
        ignore: Rules not to run.
        fail_on: Lowest severity that makes the exit status 1.
        min_confidence: Confidence below which nothing is reported.
        schema: Shape of all rows; without it, each row's own is detected.
        map: Field to column, for rows of no known shape.
        usage: Logs of real users' prompts, which tell how much of what is asked each conflict concerns.
        usage_field: Column of a log that holds the prompt; without it, each row's own is detected.
        source_field: Column that tells which source a row comes from; without it, `source`, `dataset` or
            `metadata.source`. The file stands for the source of a row that has none.
        embedder: Name or path of a sentence-transformers model to use instead of the one that ships.
        judge: Name or path of a CrossEncoder to judge answers with, or "openai:MODEL" to ask a language model besides.
        llm: How that language model is asked.
        profile: How far the search for near requests goes: the faster it is, the more distant rewordings it misses.
        engine: Where the work is done: on this machine, or on a Ray cluster.
        ray: Which cluster that is.
        jobs: Processors to use; without it, all there are.
        cache_dir: Folder for what was worked out before, exported models and replies of language models;
            without it, the user's cache folder.
        cache: Whether to keep what was worked out, and to take it from there.
        cache_size: Megabytes that it may take; what was not used for longest goes first.
        per_path_ignores: Glob of paths to the rules not to run there, alone or with a reason and a last day.
        rules: Further folders or files of rules.
        severity: Rule to the severity to report it with, or "off".
        baseline: File of known diagnostics, which are not reported.
        decisions: File of diagnostics that somebody has decided, which are not reported.
        parameters: Rule to parameters of its rule file, with the values to use instead.

    Raises:
        SettingError: A value is of the wrong type or out of bounds.
    """

    paths: list[str] = []
    against: list[str] = []
    select: list[str] = []
    extend_select: list[str] = []
    ignore: list[str] = []
    fail_on: FailOn = "warning"
    min_confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    schema: str | None = None
    map: dict[str, str] = {}
    usage: list[str] = []
    usage_field: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    source_field: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    embedder: str | None = None
    judge: str | None = None
    llm: LlmSettings = msgspec.field(default_factory=LlmSettings)
    profile: Literal["fast", "balanced", "thorough"] = "balanced"
    engine: Literal["local", "ray"] = "local"
    ray: RaySettings = msgspec.field(default_factory=RaySettings)
    jobs: Annotated[int, msgspec.Meta(ge=1)] | None = None
    cache_dir: str | None = None
    cache: bool = True
    cache_size: Annotated[int, msgspec.Meta(ge=1)] = 2000
    per_path_ignores: dict[str, list[str] | Ignore] = {}
    rules: list[str] = []
    severity: dict[str, Level] = {}
    baseline: str | None = None
    decisions: str | None = None
    parameters: dict[str, dict[str, Any]] = {}

    def __post_init__(self) -> None:
        _check_all(self)


def _check_all(settings: msgspec.Struct, prefix: str = "") -> None:
    for field in msgspec.structs.fields(settings):
        value = _checked(prefix + field.encode_name, getattr(settings, field.name), field.type)
        msgspec.structs.force_setattr(settings, field.name, value)


def _checked(key: str, value: object, kind: Any) -> object:  # noqa: ANN401 (a type as msgspec takes it)
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        complaint = Complaint.of(error)
        known = f"; known: {', '.join(_literals(kind))}" if "enum" in complaint.reason else ""
        raise SettingError(key, f"{complaint.reason}{known}") from None


def _literals(kind: object) -> list[str]:
    """The words that a type allows, however deep it holds them."""
    return [word for part in get_args(kind) for word in ([part] if isinstance(part, str) else _literals(part))]


def with_options(config: Config, options: Mapping[str, Any]) -> Config:
    """The configuration with what the command line says laid over it.

    `extend_select` and `map` add; so does `ignore`, unless `select` is given too, which starts afresh.

    Args:
        config: What the file says.
        options: Names of Config's fields to values; None and empty lists say nothing.
    """
    given = {name: value for name, value in options.items() if value not in (None, [], (), {})}
    if "extend_select" in given:
        given["extend_select"] = [*config.extend_select, *given["extend_select"]]
    if "map" in given:
        given["map"] = {**config.map, **given["map"]}
    if "select" in given:
        given.setdefault("ignore", [])
    elif "ignore" in given:
        given["ignore"] = [*config.ignore, *given["ignore"]]
    if "rules" in given:
        given["rules"] = [*config.rules, *given["rules"]]
    return msgspec.structs.replace(config, **given)
