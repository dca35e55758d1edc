"""Who says that it fell inside, outside or near a zone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases
from geomap.events.facts import Fact
from geomap.types import Claim, Inside, Mention, Outside, Zone
from geomap.words import Words

_TITLES = phrases.source("Minister|Secretary|President|Premier|spokes*|General|Admiral|Gov*")
_PERSON = re.compile(
    r"(?:(?:Prime|Defen[cs]e|Foreign|State|Vice|Press|Chief|Cabinet|of) ?){0,4}"
    rf"{_TITLES}(?: of Defen[cs]e)?(?: [A-Z][\w-]+){{1,3}}"
)
"""'Defense Minister Taro Yamada'."""
_STANDS_FOR_ONE = phrases.anywhere(
    "the {defen[cs]e|foreign|prime|transport} (minister|ministry)|the (coast guard|military|presidency|joint staff)",
    "Tokyo|Seoul|Pyongyang|Washington|Beijing|Taipei|Manila|Moscow|Tehran|New Delhi",
    "the government|the navy|a newspaper",
    case=True,
)
"""Capitals that stand for their governments, and offices that were named before."""
_BODY = re.compile(
    r"\b[A-Z]\w+(?: [A-Z]\w+)?(?:[’']s|ese|an|ish|i)? (?:[a-z]+ )?"
    r"(?:government|military|army|navy|coast guard|ministry|minister|officials?|authorities)\b"
)
"""'Japan's government', 'the Japanese defense minister'."""
_SOMEBODY = re.compile(
    r"\b((?:[A-Z][\w’'-]+ ?){1,3}) (?:said|says|reported|reports|announced|confirmed|estimates?|believes)\b"
)
"""'Japan said'."""
_NATION = re.compile(r"(?:[A-Z]\w+(?:[’']s|ese|an|ish)? )?$")
"""In front of an office: whose it is ('Japanese', "Taiwan's")."""
_ARTICLE = re.compile(r"^(?:The|the|An?) ")

_NOT_SAID = phrases.anywhere("may not|whether|if|could|might reach|would (land|fall|be)|had there|can")
"""In front of a zone: nobody says that it fell there."""
_OUTSIDE = phrases.behind("out*|beyond|short|nowhere near")
_INSIDE = phrases.behind("inside|within|in|into|{the} part of|waters of")
_NEAR = phrases.behind("near|close")
"""How the words for a zone begin, with what is said of it."""
_AREAS = phrases.anywhere("areas?|boxes|box|corridor")
"""In front of a zone: it is said of a closed area, not of a fall."""
_SHORT_OF = phrases.in_front("nowhere near|short of|did not reach|never reached|none {of them} *")
_CLOSE_TO = phrases.in_front("(near|close to|just short of|on the edge of) {the}")
_PART_OF = phrases.in_front("(parts? of|waters (are|were) {part} of|in|into|inside|within|belongs? to) {the}")
"""The same, in front of the words for a zone."""
_AHEAD, _FAR_AHEAD = 40, 60
SENTENCES_BEFORE = 2
"""Sentences in front of a claim among which its claimant is looked for."""


def claims_in(fact: Fact, before: Sequence[Fact], words: Words) -> list[Claim]:
    """Claims about economic zones, territorial seas and contiguous zones in a sentence.

    Parameters
    ----------
    before : the sentences in front, for a claimant that 'he says' or nothing refers back to
    """
    found = []
    for mention in fact.zones:
        node = mention.expression
        zone = node.zone if isinstance(node, (Inside, Outside)) else node
        if not isinstance(zone, Zone) or not zone.id.startswith(("eez/", "belts/")):
            continue
        relation = relation_of(fact, mention)
        if not fact.weapons and _AREAS.search(fact.before(mention.start)[-_FAR_AHEAD:]):
            continue
        if relation is None or _NOT_SAID.search(fact.before(mention.start)[-_FAR_AHEAD:]):
            continue
        by = claimant(fact, before, words)
        found.append(Claim(by=by, relation=relation, zone=zone.id, start=mention.start, end=mention.end))
    return found


def relation_of(fact: Fact, mention: Mention) -> str | None:
    """What a sentence says of a zone: inside, outside or near; None when it only names it."""
    words, before = mention.text, fact.before(mention.start)[-_AHEAD:]
    if _SHORT_OF.search(before):
        return "outside"
    if _NEAR.match(words) or _CLOSE_TO.search(before):
        return "near"
    if _OUTSIDE.match(words) or isinstance(mention.expression, Outside):
        return "outside"
    return "inside" if _INSIDE.match(words) or _PART_OF.search(before) else None


def claimant(fact: Fact, before: Sequence[Fact], words: Words) -> str | None:
    """Who makes a statement: an office, a person with a title or a capital in the sentence or in one before."""
    for spoken in (fact, *reversed(before)):
        if offices := words.offices(spoken.text):
            start, end, _ = offices[0]
            nation = _NATION.search(spoken.text[max(0, start - _FAR_AHEAD) : start])
            whose = nation[0] if nation else ""
            return _ARTICLE.sub("", (whose + spoken.text[start:end]).strip())
        for pattern in (_PERSON, _BODY):
            if found := pattern.search(spoken.text):
                return _ARTICLE.sub("", found[0])
        if spoken is fact and (somebody := _SOMEBODY.search(spoken.text)):
            return somebody[1].strip()
        if spoken is fact and (capital := _STANDS_FOR_ONE.search(spoken.text)):
            return _ARTICLE.sub("", capital[0]) if capital[0][0].islower() else capital[0]
    return None
