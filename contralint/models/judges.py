"""Which judge is asked for by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from contralint.config import LlmSettings
from contralint.models.judge import Judge, load_judge

LANGUAGE_MODEL = "openai:"


@runtime_checkable
class Remarking(Protocol):
    """A judge that has something to tell the reader of a report."""

    def take_notes(self) -> tuple[str, ...]:
        """Remarks since the last call."""
        ...


def chosen_judge(name: str | None, llm: LlmSettings, cache_dir: Path | None = None, jobs: int | None = None) -> Judge:
    """The judge that ships, any CrossEncoder, or the one that ships with a language model beside it.

    Args:
        name: None, the name or folder of a CrossEncoder, or "openai:MODEL".
        llm: How a language model is asked.
        cache_dir: Where exported models and replies are kept; the user's cache folder if None.
        jobs: Threads to use; one a processor if None.

    Raises:
        UsageError: There is no such model, or what it needs is missing.
    """
    if name is None:
        return load_judge()
    if name.startswith(LANGUAGE_MODEL):
        from contralint.models.llm_judge import llm_judge

        return llm_judge(name.removeprefix(LANGUAGE_MODEL), load_judge(), llm, cache_dir)
    from contralint.models.cross_encoder import exported_judge

    return exported_judge(name, cache_dir, jobs)


def notes_of(judge: Judge) -> tuple[str, ...]:
    """What a judge wants the reader of a report to know."""
    return judge.take_notes() if isinstance(judge, Remarking) else ()
