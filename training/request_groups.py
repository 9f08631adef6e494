"""Groups of requests: rewordings of one request, and look-alikes that ask something else."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.facts import RELATIONS

WRITTEN = Path(__file__).with_name("request_groups.txt")
ASPECTS = Path(__file__).with_name("request_aspects.txt")
# How often a request gets a lead-in, and how often its look-alike then gets the same one.
_LEAD_IN, _SAME_LEAD_IN = 0.35, 0.6
# One group in so many never trains the encoder: it tells how good the encoder is, and trains the classifier.
_APART = 4


@dataclass(frozen=True)
class Group:
    """Requests around one thing asked.

    Attributes:
        same: Requests that all ask the same.
        other: Requests that look alike and ask something else.
    """

    same: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a split keeps together."""
        return self.same[0]


def apart(name: str) -> bool:
    """Whether the group of this name is kept from training the encoder."""
    return zlib.crc32(name.encode()) % _APART == 0


def written() -> list[Group]:
    """Groups written one by one."""
    found = []
    for block in WRITTEN.read_text(encoding="utf-8").split("\n\n"):
        same, other = (tuple(line[2:] for line in block.splitlines() if line.startswith(mark)) for mark in "=!")
        if same:
            found.append(Group(same, other))
    return found


@dataclass(frozen=True)
class Domain:
    """Topics that can all be asked about in the same respects.

    Attributes:
        topics: What is asked about.
        leads: Sentences that may stand in front.
        aspects: For each respect, its phrasings around "{x}".
    """

    topics: tuple[str, ...]
    leads: tuple[str, ...]
    aspects: dict[str, tuple[str, ...]]

    def group(self, topic: str, aspect: str, rng: random.Random) -> Group:
        """Phrasings of one aspect of one topic, and look-alikes: another aspect, another topic."""
        lead = rng.choice(self.leads) if rng.random() < _LEAD_IN else ""
        same = [self._ask(form, topic, rng.choice(("", lead))) for form in self.aspects[aspect]]
        aspects = rng.sample([name for name in self.aspects if name != aspect], 3)
        asked = [(topic, name) for name in aspects] + [(rng.choice([t for t in self.topics if t != topic]), aspect)]
        kept = lead if rng.random() < _SAME_LEAD_IN else ""
        other = [self._ask(rng.choice(self.aspects[name]), about, kept) for about, name in asked]
        return Group(tuple(rng.sample(same, len(same))), tuple(rng.sample(other, len(other))))

    def _ask(self, form: str, topic: str, lead: str) -> str:
        asked = form.format(x=topic)
        lead = lead.format(x=topic)
        return f"{lead} {asked[0].upper()}{asked[1:]}" if lead else asked[0].upper() + asked[1:]


def domains() -> list[Domain]:
    """The domains of request_aspects.txt."""
    found = []
    for block in ASPECTS.read_text(encoding="utf-8").split("\n\n")[1:]:
        topics, leads, *lines = block.strip().splitlines()
        aspects: dict[str, list[str]] = {}
        for line in lines:
            if line.startswith("> "):
                forms = aspects.setdefault(line[2:], [])
            else:
                forms.append(line)
        named = {name: tuple(forms) for name, forms in aspects.items()}
        found.append(Domain(_listed(topics), _listed(leads), named))
    return found


def by_aspect(rng: random.Random, share: float = 1.0) -> list[Group]:
    """Groups of all domains, phrased anew each time, in random order."""
    asked = [(domain, topic, aspect) for domain in domains() for topic in domain.topics for aspect in domain.aspects]
    chosen: Sequence[tuple[Domain, str, str]] = rng.sample(asked, int(share * len(asked)))
    return [domain.group(topic, aspect, rng) for domain, topic, aspect in chosen]


def by_fact(rng: random.Random) -> list[Group]:
    """Questions of one relation about one subject, and the same about others, in random order."""
    found = []
    for relation in RELATIONS:
        for subject in relation.facts:
            others = rng.sample([each for each in relation.facts if each != subject], 3)
            same = [form.format(s=subject) for form in relation.questions]
            other = [rng.choice(relation.questions).format(s=each) for each in others]
            found.append(Group(tuple(same), tuple(other)))
    return rng.sample(found, len(found))


def _listed(line: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in line[2:].split(" | "))
