"""A model's answers, asked for at an endpoint: each prompt once, as its users would put it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from contralint.config import LlmSettings
from contralint.evals.answers import Answers
from contralint.evals.case import Case
from contralint.llm.budget import Budget
from contralint.llm.cache import NoReplies
from contralint.llm.client import ChatClient
from contralint.llm.question import Chat
from contralint.llm.session import Session, Tally


def ask(cases: Sequence[Case], model: str, settings: LlmSettings) -> tuple[Answers, tuple[str, ...]]:
    """Asks a model all prompts, within the budget; nothing is taken from earlier runs, nor kept for later ones.

    Args:
        cases: Whose prompts are asked.
        model: Name of the model, as the endpoint knows it.
        settings: Endpoint and budget.

    Returns:
        The answers, and what the reader should know of those that are missing.

    Raises:
        UsageError: The endpoint will answer nothing at all.
        MissingExtraError: The extra is not installed.
    """
    client = ChatClient(model, settings, "--model ")
    session = Session(client, Budget(settings.max_calls, settings.max_tokens), NoReplies(), settings.concurrency)
    prompts = [prompt for case in cases for prompt in case.prompts]
    replies = session.replies([Chat(prompt.messages, prompt.tools) for prompt in prompts])
    answers = Answers()
    for prompt, reply in zip(prompts, replies, strict=True):
        if reply is not None:
            answers.of_prompt[prompt.id].append(msgspec.json.decode(reply))
    return answers, tuple(_notes(model, session.tally))


def _notes(model: str, tally: Tally) -> Iterator[str]:
    for reason, count in sorted(tally.failed.items()):
        yield f"{model} gave no answer to {_prompts(count)} ({reason})"
    if tally.given_up:
        yield f"{model} was not asked {_prompts(tally.given_up)} more, as its last answers had failed"
    if tally.unasked:
        yield f"the budget for {model} (llm.max-calls, llm.max-tokens) is used up: {_prompts(tally.unasked)} left out"


def _prompts(count: int) -> str:
    return f"{count} prompt{'' if count == 1 else 's'}"
