"""Who says that something fell inside, outside or near a zone, or on which side of a line, and of what it is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap import phrases
from geomap.events.facts import Fact
from geomap.events.relations import airspace_of, line_of, relation_of, side_of_it, side_of_line, zone_of
from geomap.events.sharpness import RING, is_zone, sharpness
from geomap.patterns import regex
from geomap.types import Claim, Coordinates, Mention, Span
from geomap.words import Words

_TITLES = phrases.source("Minister|Secretary|President|Premier|spokes*|General|Admiral|Gov*")
_PERSON = regex(
    r"(?:(?:Prime|Defen[cs]e|Foreign|State|Vice|Press|Chief|Cabinet|of) ?){0,4}"
    rf"{_TITLES}(?: of Defen[cs]e)?(?: [A-Z][\w-]+){{1,3}}"
)
"""'Defense Minister Taro Yamada'."""
_STANDS_FOR_ONE = phrases.anywhere(
    "the {defen[cs]e|foreign|prime|transport} (minister|ministry)|the (coast guard|military|presidency|joint staff)",
    "Tokyo|Seoul|Pyongyang|Washington|Beijing|Taipei|Manila|Moscow|Tehran|New Delhi",
    "the government|the navy|a newspaper|the coalition|a caller|the harbou?r office|the fleet",
    case=True,
)
"""Capitals that stand for their governments, and offices that were named before."""
_BODY = regex(
    r"\b[A-Z]\w+(?: [A-Z]\w+)?(?:[’']s|ese|an|ish|i)? (?:[a-z]+ )?"
    r"(?:government|military|army|navy|coast guard|ministry|minister|officials?|authorities)\b"
)
"""'Japan's government', 'the Japanese defense minister'."""
_SOMEBODY = regex(
    r"\b([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2} ?),?(?: (?:an? |the )[\w -]{3,40},)? "
    r"(?:said|says|reported|reports|announced|confirmed|estimates?|believes|denied|denies)\b"
)
"""'Japan said'; 'The Marlow Institute, a think tank, said'."""
_NATION = regex(r"(?:(?:(?:North|South|Sri|Saudi|New|El|Costa|United) )?[A-Z]\w+(?:[’']s|ese|an|ish)? )?$")
"""In front of an office: whose it is ('Japanese', "Taiwan's", 'Sri Lankan')."""
_ARTICLE = regex(r"^(?:The|the|An?) ")

_AREA = phrases.anywhere("areas?|box|boxes|corridor|strip|corners?")
"""The claim is about a closed area, not about what fell."""
_LIES_THERE = phrases.anywhere(
    "(far|near) end|pieces?|tiles|debris|wreck*|tank|fragments?|position|ship|vessel|boat|stage|"
    "drop zones?|point|spot|splash*|target"
)
"""In the sentence of a place: something lies there of which a claim may be."""
_POSITION = regex(r"^\W*The (?:position|spot|point|place)\b")
"""Behind a claim: where that is of which it was said."""
_AHEAD, _FAR_AHEAD = 40, 60
SENTENCES_BEFORE = 2
"""Sentences in front of a claim among which its claimant is looked for."""
SENTENCES_OF_CLAIMS = 6
"""Sentences in front of a claim among which the place that it is about is looked for."""


def claims_in(fact: Fact, before: Sequence[Fact], after: Sequence[Fact], words: Words) -> list[Claim]:
    """Claims about zones and lines in a sentence.

    Parameters
    ----------
    before : the sentences in front, for a claimant that 'he says' or nothing refers back to, and for the place
    after : the next sentence, which may tell the place
    """
    found = []
    near = before[-SENTENCES_BEFORE:]
    for zone, relation, span in _said_of(fact, before):
        found.append(
            Claim(
                by=claimant(fact, near, words),
                relation=relation,
                zone=zone,
                start=span[0],
                end=span[1],
                of=_subject(fact, before, after, span, relation),
            )
        )
    return found


def _said_of(fact: Fact, before: Sequence[Fact]) -> Iterator[tuple[str, str, Span]]:
    """The zones and lines of a sentence, what is said of each, and its words."""
    side, told = side_of_it(fact), before[-1] if before else None
    if not (fact.zones or fact.places or side):
        return
    named = {
        mention.id: mention.place.feature
        for one in (*before, fact)
        for mention in (*one.zones, *one.places)
        if mention.place is not None and mention.place.feature
    }
    for mention in (*fact.zones, *(place for place in fact.places if not is_zone(place))):
        span = (mention.start, mention.end)
        line = line_of(mention, named)
        if line is not None:
            relation = line[1] or side_of_line(fact, mention)
            if relation is not None:
                yield line[0], relation, span
            continue
        state = airspace_of(mention, named)
        if state is not None and (relation := relation_of(fact, mention)) is not None:
            yield state, relation, span
            continue
        zone = zone_of(mention)
        if zone is not None and is_zone(mention) and (relation := relation_of(fact, mention)) is not None:
            yield zone, relation, span
    if side and told is not None and not any(line_of(mention, named) for mention in fact.places):
        lines = [line for mention in (*told.zones, *told.places) if (line := line_of(mention, named)) is not None]
        if lines:
            yield lines[-1][0], side, fact.span


# ------------------------------------------------------------------------------------------ of what is it said?


def _subject(fact: Fact, before: Sequence[Fact], after: Sequence[Fact], span: Span, relation: str) -> str | None:
    """The mention of the place that a claim is about; None for where the launch came down.

    That is a closed area, something else that lies there, or one of several falls: the last place with a distance, a
    direction or a position of its own that is told in front of the claim.
    """
    spoken = fact.text[: max(0, span[0] - fact.span[0])]
    area = relation == "overlaps" or _AREA.search(spoken) is not None
    for one in (fact, *reversed(before[-SENTENCES_OF_CLAIMS:])):
        places = [place for place in one.places if place.end <= span[0] and _is_sharp(place)]
        if area:
            closed = [place for place in places if _is_area(place)]
            if closed:
                return closed[-1].id
            continue
        if places and (one is fact or one.impacts or _LIES_THERE.search(one.text)):
            return places[-1].id
    following = next((one for one in after if _POSITION.match(one.text)), None)
    if following is not None:
        return next((place.id for place in following.places if _is_sharp(place)), None)
    return None


def _is_area(place: Mention) -> bool:
    return isinstance(place.expression, Coordinates) and len(place.expression.points) > 1


def _is_sharp(place: Mention) -> bool:
    return sharpness(place) >= RING or _is_area(place)


# --------------------------------------------------------------------------------------------------- who says so?


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
            return _ARTICLE.sub("", somebody[1].strip())
        if spoken is fact and (capital := _STANDS_FOR_ONE.search(spoken.text)):
            return _ARTICLE.sub("", capital[0]) if capital[0][0].islower() else capital[0]
    return None
