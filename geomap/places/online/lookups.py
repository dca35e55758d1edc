"""Names without a place, looked up: which are asked for, and which answers are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from geomap.errors import GeocoderError
from geomap.gazetteer import fold
from geomap.geodesy import distance_km
from geomap.places.online.services import SERVICES
from geomap.types import Mention, Place
from geomap.words import open_words

Lookup: TypeAlias = Callable[[str, str | None], Sequence[Place]]
"""A name and a country that it may lie in (ISO 3166-1 alpha-3, or None) to places, best first; may raise
`geomap.errors.GeocoderError`, which costs the name and not the run."""

ABOVE_ALL = 0.5
"""Share of what brings a country to mind, above which the text speaks of that one above all."""
FAR_KM = 1000.0
"""How far from the edge of every place of the text an answer is far."""


def looked_up(mentions: Sequence[Mention], lookup: Lookup, countries: Mapping[str, float]) -> list[Mention]:
    """Look up the names that have no place: each distinct name once, and what has one already never.

    Parameters
    ----------
    mentions : those of one text, resolved as far as they can be
    countries : share of each country (ISO 3166-1 alpha-3) among all in the text that brings a country to mind
    """
    known = [mention.place for mention in mentions if mention.status == "located" and mention.place is not None]
    hint = next((country for country, share in countries.items() if share > ABOVE_ALL), None)
    answers: dict[str, Sequence[Place] | GeocoderError] = {}
    done = []
    for mention in mentions:
        if _is_open(mention):
            name = " ".join(mention.text.split())
            if name not in answers:
                answers[name] = _answer(name, lookup, hint)
            mention = _with_answer(mention, answers[name], known, countries)
        done.append(mention)
    return done


def _is_open(mention: Mention) -> bool:
    plain = mention.expression is None and mention.role in ("place", "dateline")
    return plain and mention.place is None and mention.status in ("ambiguous", "unresolved")


def _answer(name: str, lookup: Lookup, hint: str | None) -> Sequence[Place] | GeocoderError:
    try:
        return tuple(lookup(name, hint))
    except GeocoderError as problem:
        return problem


def _with_answer(
    mention: Mention, answer: Sequence[Place] | GeocoderError, known: Sequence[Place], countries: Mapping[str, float]
) -> Mention:
    """A mention with the first place of an answer that fits; as it was, with the reason, when none does."""
    if isinstance(answer, GeocoderError):
        return msgspec.structs.replace(mention, why=f"{mention.why}; {answer}")
    if not answer:
        return msgspec.structs.replace(mention, why=f"{mention.why}; asked online, there is no such place either")
    best = next((place for place in answer if _fits(place, mention, known, countries)), None)
    others = (*(place for place in answer if place is not best), *mention.alternatives)
    if best is None:
        first = answer[0]
        why = f"{mention.why}; {_service(first)} offers '{first.name}', which is not known to be what is meant"
        return msgspec.structs.replace(mention, alternatives=others, why=why)
    return msgspec.structs.replace(
        mention,
        status="located",
        kind=best.kind if mention.kind == "city" else mention.kind,
        place=best,
        alternatives=others,
        why=f"{_service(best)}: '{best.name}' (asked online); {mention.why}",
    )


def _fits(place: Place, mention: Mention, known: Sequence[Place], countries: Mapping[str, float]) -> bool:
    """Whether an answer bears the name, or lies where the text is; a far namesake that was left out stays out."""
    far = _is_far(place, known, countries)
    if _bears(place, mention.text):
        return not (far and mention.status == "unresolved" and mention.alternatives)
    service = SERVICES.get(_service(place))
    return not far and (service is None or service.exact)


def _bears(place: Place, name: str) -> bool:
    """Whether the words of a name stand in the name of a place; a type word ('reef') may be missing."""
    words = f" {fold(place.name)} "
    spellings = (fold(name), fold(open_words().without_head(name)[0]))
    return any(spelling and f" {spelling} " in words for spelling in spellings)


def _is_far(place: Place, known: Sequence[Place], countries: Mapping[str, float]) -> bool:
    """Whether a place lies in no country of the text and far from all its places."""
    if place.country in countries:
        return False
    return all(distance_km(place.lon, place.lat, other.lon, other.lat) - other.radius_km > FAR_KM for other in known)


def _service(place: Place) -> str:
    return place.source.partition(":")[2] or place.source
