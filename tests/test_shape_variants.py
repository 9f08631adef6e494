"""Each way of writing a row is read as the same record."""

from __future__ import annotations

import preference_variants
import pytest
import variants
from shape_rows import follow, records_of, roles
from variants import CITY, PARIS, Case

CASES = [*variants.CASES, *preference_variants.CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_way_of_writing_a_row_says_the_same(case: Case) -> None:
    record = records_of(case.data)[-1]
    said = (record.shape, record.instruction.text, record.response.text, record.system.text, record.input.text)
    assert said == (case.shape, CITY, PARIS, case.system, case.input)
    assert (record.rejected and record.rejected.text) == case.rejected
    assert record.desired is case.desired
    assert tuple(roles(record)) == case.context
    assert record.response.name == ("response" if case.rejected is None else "chosen")


@pytest.mark.parametrize("case", [case for case in CASES if case.located], ids=lambda case: case.name)
def test_pointers_lead_to_the_texts(case: Case) -> None:
    record = records_of(case.data)[-1]
    fields = [record.instruction, record.response, record.system, *(turn.field for turn in record.context)]
    for field in [*fields, *([record.rejected] if record.rejected else [])]:
        assert (follow(case.data, field) if field.pointer else "") == field.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_can_be_read_as_the_shape_that_is_detected(case: Case) -> None:
    assert records_of(case.data, shape=case.shape) == records_of(case.data)


def test_a_label_of_0_is_unwanted_where_the_shape_is_said() -> None:
    (record,) = records_of({"prompt": CITY, "completion": PARIS, "label": 0}, shape="unpaired-preference")
    assert record.desired is False
