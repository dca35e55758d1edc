"""Who says that it fell inside, outside or near a zone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap.events.facts import Fact
from geomap.types import Claim, Inside, Mention, Outside, Zone
from geomap.words import Words

_PERSON = re.compile(
    r"(?:(?:Prime|Defen[cs]e|Foreign|State|Vice|Press|Chief|Cabinet|of) ?)*(?:Minister|Secretary|President|Premier|spokes\w+|General|Admiral|Gov\w+)(?: of Defen[cs]e)?(?: [A-Z][\w-]+){1,3}"
)
_CAPITALS = re.compile(
    r"\b(?:Tokyo|Seoul|Pyongyang|Washington|Beijing|Taipei|Manila|Moscow|Tehran|New Delhi|the ministry|the government|the navy|a newspaper)\b"
)
_NOT_SAID = re.compile(
    r"\b(?:may not|whether|if|could|might reach|would (?:land|fall|be)|had there|can )\b", re.IGNORECASE
)


def claims_in(fact: Fact, before: Sequence[Fact], words: Words) -> list[Claim]:
    """Claims about economic zones in a sentence.

    Parameters
    ----------
    before : the sentences in front, for a claimant that 'he says' or nothing refers back to
    """
    found = []
    for mention in fact.zones:
        node = mention.expression
        zone = node.zone if isinstance(node, (Inside, Outside)) else node
        if not isinstance(zone, Zone) or not zone.id.startswith("eez/"):
            continue
        relation = relation_of(fact, mention)
        if relation is None or _NOT_SAID.search(fact.text[: mention.start - fact.span[0]][-60:]):
            continue
        found.append(
            Claim(
                by=claimant(fact, before, words), relation=relation, zone=zone.id, start=mention.start, end=mention.end
            )
        )
    return found


def relation_of(fact: Fact, mention: Mention) -> str | None:
    """What a sentence says of a zone: inside, outside or near; None when it only names it."""
    words = mention.text.lower()
    before = fact.text[: mention.start - fact.span[0]].lower()[-40:]
    if re.match(r"nowhere near", words) or re.search(
        r"(?:nowhere near|short of|did not reach|never reached|none (?:of them )?\w+) $", before
    ):
        return "outside"
    if words.startswith(("near", "close")) or re.search(
        r"(?:near|close to|just short of|on the edge of) (?:the )?$", before
    ):
        return "near"
    if words.startswith(("out", "beyond", "short")) or isinstance(mention.expression, Outside):
        return "outside"
    if words.startswith(("inside", "within", "in ", "into", "part of", "the part of", "waters of")) or re.search(
        r"(?:part of|parts of|waters (?:are|were) (?:part )?of|in|into|inside|within|belongs? to) (?:the )?$", before
    ):
        return "inside"
    return None


def _bare(words: str) -> str:
    return re.sub(r"^(?:The|the|An?) ", "", words.strip())


def claimant(fact: Fact, before: Sequence[Fact], words: Words) -> str | None:
    """Who makes a statement: an office, a person with a title or a capital in the sentence or in the one before."""
    for candidate in (fact, *reversed(before[-2:])):
        offices = words.offices(candidate.text)
        if offices:
            start, end, _ = min(offices, key=lambda item: item[0])
            head = re.search(r"(?:[A-Z]\w+(?:[’']s|ese|an|ish)? )?$", candidate.text[:start])
            return _bare(candidate.text[head.start() if head else start : end])
        if person := _PERSON.search(candidate.text):
            return person[0]
        if capital := _CAPITALS.search(candidate.text):
            return capital[0]
    return None
