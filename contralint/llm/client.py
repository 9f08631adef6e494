"""One call to an OpenAI-compatible endpoint, with retries; the key is read here and goes nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from contralint.config import LlmSettings
from contralint.errors import MissingExtraError, UsageError
from contralint.llm.question import Ask, Message

EXTRA = "llm"
DEFAULT_URL = "https://api.openai.com/v1"
_LONGEST_REPLY = 4000  # tokens, with those that a model spends on reasoning
# The endpoint, the key or the model is wrong, so that no question will ever be answered.
_HOPELESS = {401: "does not accept the key", 403: "does not allow it", 404: "knows no such model or address"}


@dataclass(frozen=True)
class Reply:
    """What a model says, and what it took; None where the endpoint does not tell."""

    text: str
    tokens: int | None


@dataclass(frozen=True)
class Failure:
    """Why there is no reply, in words fit for a report: nothing that the endpoint says is repeated."""

    reason: str


class _Choice(msgspec.Struct):
    message: Message


class _Usage(msgspec.Struct):
    total_tokens: int


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class ChatClient:
    """A model behind an endpoint.

    Args:
        model: Name of the model, as the endpoint knows it.
        settings: Address, key, time limit and retries.
        option: How the user asked for the model, for messages.

    Attributes:
        url: Where it is asked.
        identity: What its replies depend on besides the question.

    Raises:
        UsageError: There is no key, or the address is none.
        MissingExtraError: The extra is not installed.
    """

    def __init__(self, model: str, settings: LlmSettings, option: str = "--judge openai:") -> None:
        try:
            import openai
        except ImportError:
            raise MissingExtraError(f"{option}{model}", EXTRA) from None
        self.model = model
        self.url = settings.base_url or os.environ.get("OPENAI_BASE_URL") or DEFAULT_URL
        if not self.url.startswith(("https://", "http://")):
            raise UsageError("llm.base-url, or OPENAI_BASE_URL, is no address of the form https://host/v1")
        key = os.environ.get(settings.key_variable)
        if not key and self.url == DEFAULT_URL:
            raise UsageError(f"{option}{model} needs a key: set the environment variable {settings.key_variable}")
        self.identity: tuple[str, ...] = (self.url, model, str(settings.temperature))
        self._settings = settings
        self._openai = openai
        # A server of one's own asks for no key, but the library does.
        self._client = openai.OpenAI(
            api_key=key or "none", base_url=self.url, timeout=settings.timeout, max_retries=settings.retries
        )

    def ask(self, question: Ask) -> Reply | Failure:
        """Asks once, trying again where the endpoint is busy or failing.

        Raises:
            UsageError: The endpoint will answer no question at all.
        """
        openai = self._openai
        try:
            response = self._client.chat.completions.with_raw_response.create(
                model=self.model,
                messages=question.messages(),
                temperature=self._settings.temperature,
                max_completion_tokens=_LONGEST_REPLY,
                **question.options(),
            )
        except openai.APIStatusError as error:
            if error.status_code in _HOPELESS:
                why = f"{_public(self.url)} {_HOPELESS[error.status_code]} (HTTP {error.status_code})"
                raise UsageError(f"openai:{self.model}: {why}") from None
            return Failure(f"HTTP {error.status_code}")
        except openai.APITimeoutError:
            return Failure("no answer in time")
        except openai.OpenAIError:
            return Failure("no connection")
        return _reply(question, response.http_response.content)


def _public(url: str) -> str:
    """An address without what may be secret in it: name and password before the host, parameters behind the path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _reply(question: Ask, body: bytes) -> Reply | Failure:
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError):
        return Failure("no chat completion")
    text = question.reply(completion.choices[0].message) if completion.choices else None
    usage = completion.usage.total_tokens if completion.usage else None
    return Reply(text, usage) if text else Failure("an empty reply")
