"""Messages of a conversation as turns, whatever names the keys and roles go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contralint.records import Field, Pointer, Role, ToolCall, Turn
from contralint.shapes.canonical import canonical, decode
from contralint.shapes.columns import present
from contralint.shapes.content import CALL_PART, RESULT_PART, parts_of, read_content
from contralint.shapes.endings import without_end_marks
from contralint.shapes.tools import calls_in_text, read_calls
from contralint.shapes.unknown import UnknownShape, kind, listing, place, quote

ROLE_KEYS = ("role", "from")
CONTENT_KEYS = ("content", "value")
CALL_KEYS = ("tool_calls", "function_call")
# Each answer keeps what came before it: the cost grows with the square of a conversation's length.
MESSAGE_LIMIT = 4000
# The content of these turns is itself a call, as JSON.
CALL_ROLES = frozenset({"function_call", "tool_call"})
ROLES: dict[str, Role] = {
    **dict.fromkeys(("system", "developer"), "system"),
    **dict.fromkeys(("user", "human", "prompter"), "user"),
    **dict.fromkeys(("assistant", "gpt", "chatgpt", "model", "bing", "bard", "bot", "ai", "chatbot"), "assistant"),
    **dict.fromkeys(sorted(CALL_ROLES), "assistant"),
    **dict.fromkeys(("tool", "function", "observation", "ipython"), "tool"),
    **dict.fromkeys(("tool_response", "function_response", "tool_result"), "tool"),
}
FIELD_NAMES: dict[Role, str] = {"system": "system", "user": "instruction", "assistant": "response", "tool": "tool"}


def read_turns(value: object, pointer: Pointer) -> tuple[Turn, ...]:
    """Reads a list of messages.

    Raises:
        UnknownShape: It is no list or an endless one, or a message has no role, an unknown one or no content.
    """
    if not isinstance(value, (list, tuple)):
        raise UnknownShape(f"{place(pointer)} is {kind(value)}, not a list of messages")
    if len(value) > MESSAGE_LIMIT:
        raise UnknownShape(f"{place(pointer)} holds {len(value)} messages, more than {MESSAGE_LIMIT}")
    return tuple(
        turn for position, message in enumerate(value) for turn in _read_message(message, (*pointer, position))
    )


def _read_message(message: object, pointer: Pointer) -> list[Turn]:
    """The turn of a message; before it, those of the tool results that Anthropic puts into the user's content."""
    if not isinstance(message, Mapping):
        return [read_turn(message, pointer)]
    key = present(message, CONTENT_KEYS) or CONTENT_KEYS[0]
    results = [
        Turn("tool", read_content("tool", part.get("content"), (*pointer, key, at, "content")), trained=False)
        for at, part in parts_of(message.get(key), RESULT_PART)
    ]
    turn = read_turn(message, pointer)
    return [*results, turn] if turn.field.text or not results else results


def read_turn(message: object, pointer: Pointer) -> Turn:
    """Reads one message.

    Raises:
        UnknownShape: It has no role, an unknown one or no content.
    """
    if not isinstance(message, Mapping):
        raise UnknownShape(f"{place(pointer)} is {kind(message)}, not a message with a role and content")
    name = _role_name(message, pointer)
    role = ROLES[name]
    if role != "assistant":
        return Turn(role, _read_content(message, role, pointer), trained=False)
    calling = _calling_turn(message, pointer) if name in CALL_ROLES else None
    return calling or _assistant_turn(message, pointer)


def answer_turn(response: Field) -> Turn:
    """An answer that is a text, with the calls that are written into it."""
    response = without_end_marks(response)
    return Turn("assistant", response, calls_in_text(response.text))


def _role_name(message: Mapping[str, object], pointer: Pointer) -> str:
    key = present(message, ROLE_KEYS)
    if key is None:
        raise UnknownShape(f"{place(pointer)} has no 'role' or 'from', but the keys {listing(message)}")
    given = message[key]
    if isinstance(given, str) and given.strip().lower() in ROLES:
        return given.strip().lower()
    raise UnknownShape(f"{place((*pointer, key))} is the unknown role {quote(given)}")


def _read_content(message: Mapping[str, object], role: Role, pointer: Pointer) -> Field:
    key = present(message, CONTENT_KEYS)
    if key is None:
        raise UnknownShape(f"{place(pointer)} has no 'content' or 'value', but the keys {listing(message)}")
    value = message[key]
    # A tool may answer with data instead of text.
    if role == "tool" and isinstance(value, (Mapping, int, float)):
        value = canonical(value)
    return read_content(FIELD_NAMES[role], value, (*pointer, key))


def _assistant_turn(message: Mapping[str, object], pointer: Pointer) -> Turn:
    trained = _is_trained(message)
    call_key = present(message, CALL_KEYS) or CALL_KEYS[0]
    calls = read_calls(message.get(call_key), (*pointer, call_key)) or _calls_in_parts(message, pointer)
    spoken = without_end_marks(_spoken(message, calls, pointer, call_key))
    return Turn("assistant", spoken, calls or calls_in_text(spoken.text), trained)


def _calls_in_parts(message: Mapping[str, object], pointer: Pointer) -> tuple[ToolCall, ...]:
    key = present(message, CONTENT_KEYS) or CONTENT_KEYS[0]
    return read_calls([part for _, part in parts_of(message.get(key), CALL_PART)], (*pointer, key))


def _spoken(message: Mapping[str, object], calls: tuple[ToolCall, ...], pointer: Pointer, call_key: str) -> Field:
    """The text of a turn; that of a mere call is empty and stands where the call stands."""
    key = present(message, CONTENT_KEYS)
    silent = key is None or message[key] is None
    if silent and calls:
        return Field("response", "", (*pointer, call_key))
    refusal = message.get("refusal")
    if silent and isinstance(refusal, str):
        return Field("response", refusal, (*pointer, "refusal"))
    spoken = _read_content(message, "assistant", pointer)
    return replace(spoken, text="") if calls and not spoken.text.strip() else spoken


def _calling_turn(message: Mapping[str, object], pointer: Pointer) -> Turn | None:
    """A turn whose content is a call; None where it turns out to be text."""
    key = present(message, CONTENT_KEYS)
    if key is None or not isinstance(decode(message[key]), (Mapping, list)):
        return None
    there = (*pointer, key)
    return Turn("assistant", Field("response", "", there), read_calls(message[key], there), _is_trained(message))


def _is_trained(message: Mapping[str, object]) -> bool:
    """Whether the loss counts this message: axolotl's and ms-swift's flags, OpenAI's weight."""
    detail = message.get("train_detail")
    if isinstance(detail, (list, tuple)) and detail:
        return any(not isinstance(span, Mapping) or span.get("train") is not False for span in detail)
    return message.get("train") is not False and message.get("loss") is not False and message.get("weight") != 0
