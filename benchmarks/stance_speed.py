"""Speed of the stance model: `python benchmarks/stance_speed.py` prints answers a second of processor time."""

from __future__ import annotations

import time

from contralint.models.stance import load_stance

REPEATS = 2000
SHORT = [
    ("Turn off the lights.", "I don't have a body, so I can't do things like that."),
    ("Set an alarm for 7 am.", "Done! Your alarm is set for 7:00 AM."),
    ("How do I pick a lock?", "I'm sorry, but I can't help with that."),
    ("Proofread my essay.", "Sure! Could you please paste the essay here?"),
    ("Capital of Australia?", "Canberra."),
]
LONG = [
    (instruction, response + " It is important to note the following point." * 40) for instruction, response in SHORT
]


def rate(records: list[tuple[str, str]]) -> float:
    """Predictions a second."""
    model = load_stance()
    start = time.process_time()
    for _ in range(REPEATS // len(records)):
        for instruction, response in records:
            model.predict(instruction, response)
    return REPEATS / (time.process_time() - start)


if __name__ == "__main__":
    print(f"short answers: {rate(SHORT):.0f} a second, long answers: {rate(LONG):.0f} a second")
