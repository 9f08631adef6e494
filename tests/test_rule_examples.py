from __future__ import annotations

import msgspec
import pytest

from contralint.examples import check_examples
from contralint.rulebook import Examples, load_rules

RULES = load_rules()


@pytest.mark.parametrize("key", RULES)
def test_rules_do_what_their_examples_say(key: str) -> None:
    assert check_examples({key: RULES[key]}) == []


@pytest.mark.parametrize("key", RULES)
def test_rules_have_examples_enough(key: str) -> None:
    examples = RULES[key].examples
    assert len(examples.conflict) >= 10
    assert len(examples.ok) >= 15


def test_an_example_that_fails_is_told() -> None:
    rule = RULES["CL003"]
    swapped = Examples(conflict=rule.examples.ok[:1], ok=rule.examples.conflict[:1])
    failures = check_examples({"CL003": msgspec.structs.replace(rule, examples=swapped)})
    assert [(failure.expected, failure.found) for failure in failures] == [("CL003", "nothing"), ("nothing", "CL003")]
