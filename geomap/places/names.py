"""Plain names to places: what each may mean, and which of that the rest of the text makes likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

import msgspec

from geomap.catalog import Layers
from geomap.geodesy import distance_km
from geomap.lexicon import Lexicon
from geomap.patterns import regex
from geomap.places.coherence import gains
from geomap.places.rank import candidates, holding, in_order, is_ambiguous, of_kind, only, plus, ranked, shown
from geomap.types import Mention, Place, Reading
from geomap.words import NAMELESS, open_words

_SMALL_KM = 3.9  # the radius of a town of about 15,000
_FAR_KM = 3000.0
"""A place so far from all others of a text has nothing to do with them."""
_ALTERNATIVES = 100
"""No name of the gazetteer but a few saints' has more candidates."""
_PASSES = 2
"""What other names make likely is computed so often: the second time from what it has made of them."""
_AREA = r"(?:the )?(?P<names>(?:[A-Z][\w.’'-]+ ?){1,3})"
_BEHIND_COMMA = regex(rf", (?:off |on |in )?{_AREA}")
_BEHIND = regex(rf"(?:, (?:off |on |in )?| in ){_AREA}")
_LONGEST_BEHIND = 40
_KIND_OF = regex(
    r"\b(?:[Tt]he|[Aa]n?) (?:(?P<city>[Tt]own|[Cc]ity|[Vv]illage|[Pp]ort)|(?P<island>[Ii]sland|[Ii]sle|[Aa]toll)"
    r"|(?P<region>[Pp]rovince|[Rr]egion|[Gg]overnorate|[Oo]blast|[Pp]refecture|[Ss]tate|[Dd]istrict|[Cc]ounty)) of $"
)
_LONGEST_KIND = 20
_NAMED = frozenset({"name", "abbreviation"})
_AREA_LAYERS = frozenset({"countries", "regions", "landmarks"})
_COUNTRY_LAYERS = frozenset({"countries", "sites", "regions", "landmarks"})

Key: TypeAlias = tuple[str, tuple[str, ...], str]
"""A name as in the text, what stands behind its comma or 'in', and the kind that it has to be (empty for any)."""


def resolved(reading: Reading, lexicon: Lexicon, layers: Layers) -> list[Mention]:
    """Resolve plain names, each in the light of all others.

    What is no place ('Chinese officials', 'Troy University') gets the place that its name means too, as evidence of
    which country is meant: its status stays ``not_mapped``.
    """
    keys = _keys(reading, lexicon)
    options = {
        key: of_kind(candidates(key[0], lexicon, open_words(), layers, within=key[1]), key[2])
        for key in set(keys.values())
    }
    for name, front, areas in _areas(reading, keys):
        own = only(options[keys[name]], holding(options[keys[front]], areas, layers))
        if own:
            keys[name] = (keys[name][0], areas, "area")
            options[keys[name]] = tuple(own)
    countries = _countries(reading.mentions, lexicon)
    orders = {key: _Order(order) for key, order in _orders(options, countries, lexicon).items()}
    spots = [order.sure for order in orders.values() if order.sure is not None and order.sure.kind != "country"]
    return [
        _decided(mention, orders[keys[mention.id]], countries, spots) if mention.id in keys else mention
        for mention in reading.mentions
    ]


class _Order:
    """The candidates of a name in order, best first, and what all mentions of the name have in common."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.is_ambiguous = is_ambiguous(places)

    @property
    def sure(self) -> Place | None:
        """The best of them, None when there is none or when it is in doubt."""
        return None if self.is_ambiguous or not self.places else self.places[0]

    @cached_property
    def shown(self) -> tuple[Place, ...]:
        """The best ones as readings have them: one more than a mention has alternatives."""
        return tuple(map(shown, self.places[: _ALTERNATIVES + 1]))


def _keys(reading: Reading, lexicon: Lexicon) -> dict[str, Key]:
    """What each plain name of a text is looked up by; a name means the same wherever a text has it."""
    text = reading.document.text
    wanted = [m for m in reading.mentions if m.expression is None and not _is_nameless(m)]
    behind = {mention.id: _lies_in(text, mention, lexicon) for mention in wanted}
    said: dict[str, set[tuple[str, ...]]] = {}
    for mention in wanted:
        if behind[mention.id]:
            said.setdefault(mention.text, set()).add(behind[mention.id])
    keys = {}
    for mention in wanted:
        within = behind[mention.id]
        if not within and len(said.get(mention.text, ())) == 1:
            (within,) = said[mention.text]
        kind = "city" if mention.role == "dateline" else _kind_in_front(text, mention.start)
        keys[mention.id] = mention.text, within, kind
    return keys


def _kind_in_front(text: str, start: int) -> str:
    """The kind of place that the words in front of a name make it ('the town of', 'the province of')."""
    if not text.endswith("of ", 0, start):
        return ""
    match = _KIND_OF.search(text, max(0, start - _LONGEST_KIND), start)
    return next((kind for kind in ("city", "region", "island") if match[kind]), "") if match else ""


def _areas(reading: Reading, keys: Mapping[str, Key]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each mention behind a comma, the one in front of it, and what it may be so that it can hold that one."""
    ends = {mention.end: mention.id for mention in reading.mentions if mention.id in keys}
    found = []
    for mention in reading.mentions:
        front = ends.get(mention.start - len(", "))
        if front is not None and mention.id in keys and keys[front][1]:
            found.append((mention.id, front, keys[front][1]))
    return found


def _orders(
    options: Mapping[Key, Sequence[Place]], countries: Mapping[str, Counter[str]], lexicon: Lexicon
) -> dict[Key, list[Place]]:
    """Put the candidates of every name in order, by themselves and by what the other names make likely."""
    keys = sorted(options)
    said = {name for words in countries.values() for name in words}
    others = _shares("", countries)  # for a name that brings no country to mind
    shares = [_shares(key[0], countries) if key[0] in said else others for key in keys]
    alone = [
        ranked(options[key], share, capital_of=_capital(key[0], lexicon))
        for key, share in zip(keys, shares, strict=True)
    ]
    return {
        key: in_order([plus(place, gain) for place, gain in zip(places, more, strict=True)])
        for key, places, more in zip(keys, alone, gains(alone, _PASSES), strict=True)
    }


def _capital(name: str, lexicon: Lexicon) -> str | None:
    """The country (ISO 3166-1 alpha-3) whose capital has that name."""
    return next((known.country for known in lexicon.known(name) if known.form == "capital"), None)


def _is_nameless(mention: Mention) -> bool:
    """Whether words only look like the name of a place: they are a person's or a ship's."""
    return mention.role == "embedded" and any(reason in mention.why for reason in NAMELESS)


def _decided(mention: Mention, order: _Order, countries: Collection[str], spots: Sequence[Place]) -> Mention:
    """A mention with its place, or with the reason why it has none."""
    places = order.places
    if mention.status == "not_mapped":
        return msgspec.structs.replace(mention, place=order.shown[0]) if order.sure is not None else mention
    if not places:
        why = f"{mention.text!r} is in no layer and not in the gazetteer"
        return msgspec.structs.replace(mention, status="unresolved", why=why)
    others = order.shown
    if order.is_ambiguous:
        two = " and ".join(f"{_called(place)} at {place.lat:.2f}, {place.lon:.2f}" for place in places[:2])
        why = f"{len(places)} places bear the name {mention.text!r}, and {two} (latitude, longitude) fit equally well"
        return msgspec.structs.replace(mention, status="ambiguous", alternatives=others[:_ALTERNATIVES], why=why)
    if _is_far_namesake(places[0], countries, spots):
        far = f"{_called(places[0])}, {places[0].country}"
        why = f"only a small place far from the story bears the name {mention.text!r}: {far}"
        return msgspec.structs.replace(mention, status="unresolved", alternatives=others[:_ALTERNATIVES], why=why)
    best = others[0]
    of = f" of {len(places)} candidates" if len(places) > 1 else ""
    return msgspec.structs.replace(
        mention,
        status="located",
        kind=best.kind if mention.kind == "city" else mention.kind,
        place=best,
        alternatives=others[1:],
        why=f"{best.name} ({best.source}) fits best{of}; {mention.why}",
    )


def _called(place: Place) -> str:
    """The name of a place, with that of its province."""
    return f"{place.name} ({place.division})" if place.division else place.name


def _is_far_namesake(place: Place, countries: Collection[str], spots: Sequence[Place]) -> bool:
    """Whether a place is a small town in a country that nothing else in the text brings to mind, and far from all."""
    small = place.source.startswith("gazetteer:") and place.radius_km < _SMALL_KM
    if not small or not countries or place.country in countries:
        return False
    return all(
        distance_km(place.lon, place.lat, spot.lon, spot.lat) - spot.radius_km > _FAR_KM
        for spot in spots
        if spot.source != place.source
    )


def _countries(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[str, Counter[str]]:
    """How often each country (ISO 3166-1 alpha-3) is brought to mind, and by which words."""
    times = Counter(m.text for m in mentions if m.expression is None and not _is_nameless(m))
    found: dict[str, Counter[str]] = {}
    for name, count in times.items():
        known = (entry.country for entry in lexicon.known(name) if entry.layer in _COUNTRY_LAYERS)
        if country := next(filter(None, known), None):
            found.setdefault(country, Counter())[name] = count
    return found


def shares_of(mentions: Sequence[Mention], lexicon: Lexicon) -> dict[str, float]:
    """Share of each country (ISO 3166-1 alpha-3) among all words that bring one to mind."""
    return _shares("", _countries(mentions, lexicon))


def _shares(name: str, countries: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Share of each country among all words that bring one to mind, but for a name itself: it is no evidence."""
    counts = {country: sum(words.values()) - words.get(name, 0) for country, words in countries.items()}
    total = sum(counts.values())
    return {country: count / total for country, count in counts.items() if count}


def _lies_in(text: str, mention: Mention, lexicon: Lexicon) -> tuple[str, ...]:
    """What a name lies in: countries, regions ('Paris, Texas', 'Mokha, Yemen', 'Tripoli in Lebanon').

    Behind an actor 'in' says where it acts ('Moscow in Syria').
    """
    pattern = _BEHIND if mention.role == "place" else _BEHIND_COMMA
    match = pattern.match(text, mention.end, mention.end + _LONGEST_BEHIND)
    words = match["names"].strip().split(" ") if match else []
    for count in range(len(words), 0, -1):
        spelling = " ".join(words[:count])
        found: dict[str, None] = {}
        for name in (spelling, spelling.rstrip("."), f"{spelling} state", f"{spelling} prefecture"):
            for entry in lexicon.known(name):
                if entry.country and entry.form in _NAMED and entry.layer in _AREA_LAYERS:
                    found[entry.feature if entry.layer == "regions" else entry.country] = None
        if found:
            return tuple(found)
    return ()
