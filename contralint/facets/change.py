"""What explains, in a conversation, that a later answer differs from an earlier one."""
# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from contralint.patterns import IGNORECASE, lazy_pattern

# What a speaker says who takes something back, or tells of a change.
_TAKEN_BACK = lazy_pattern(
    r"\b(?:sorry|apologi[sz]e\w*|apolog(?:y|ies)|mistake\w*|misspoke|mis(?:stated|read|understood)|correction|correct(?:ing|ed)? (?:myself|that|my)|i was wrong|was incorrect|earlier i|i said"
    r"|i (?:previously|earlier)|you(?:'re| are) (?:absolutely |quite )?right|good catch|on second thought|to clarify|has changed|have changed|was updated|updated|new information|in that case|my bad"
    r"|i should have|let me rephrase|having (?:checked|looked)|checked again|double-check\w*)\b",
    IGNORECASE,
)
# What a user says that changes what holds: another case, another role, the other side, something new.
_OTHER_CASE = lazy_pattern(
    r"\b(?:if|suppose|imagine|assum\w+|pretend|what about|instead|opposite|other side|counter\w*|argue|devil|hypothetical\w*|another|different|change\w*|changed|update\w*|switch\w*|now|moved?|add(?:ed)?"
    r"|remove\w*|cancel\w*|wrong|incorrect|mistake|actually|not true|no longer|are you sure|sure about|enabled?|connected|installed|turned on|from now on|act as|you are|call yourself|your name|rewrite|translate|shorter|longer|also|or"
    r"|story|poem|joke|roll|pick|random|guess|play|game)\b",
    IGNORECASE,
)
# "And in size L?" puts the question before it for another case.
_ELLIPSIS = lazy_pattern(
    r"^(?!.*\b(?:is|are|was|were|do|does|did|can|could|will|would|should|have|has|may)\b)\W*(?:and|or|but|for|in|on|at|with|to|from)\b.{0,40}\?\s*$",
    IGNORECASE,
)
# Who is given a tool, or a part to play, may do what it could not do before.
_GIVEN = lazy_pattern(
    r"\b(?:enabled?|connected|installed|turned on|gave you|given you|you (?:now )?(?:have|can)|now you|pretend|imagine|suppose|act as|role|story|simulate)\b",
    IGNORECASE,
)


def takes_back(response: str) -> bool:
    """Whether a response corrects what was said before, or tells of a change."""
    return bool(_TAKEN_BACK.search(response))


def changes_case(request: str) -> bool:
    """Whether what a user says may change what holds, or asks for another case."""
    return bool(_OTHER_CASE.search(request) or _ELLIPSIS.match(request))


def gives_means(request: str) -> bool:
    """Whether a user gives the assistant a tool, or a part to play."""
    return bool(_GIVEN.search(request))
