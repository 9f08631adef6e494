"""A model's answers, asked for at an endpoint: each prompt once, as its users would put it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from contralint.config import LlmSettings
from contralint.evals.answers import Answers
from contralint.evals.case import Case
from contralint.llm.budget import Budget
from contralint.llm.cache import NoReplies
from contralint.llm.client import ChatClient
from contralint.llm.question import Chat
from contralint.llm.session import Session


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
    return answers, tuple(session.tally.notes(model, "prompt"))
