"""Plain names to places: what each may mean, and which of that the rest of the text makes likely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from geomap.catalog import Layers
from geomap.geodesy import distance_km
from geomap.lexicon import Lexicon
from geomap.places.rank import Story, candidates, is_ambiguous, ranked
from geomap.types import Mention, Place, Reading
from geomap.words import open_words

_SMALL_KM = 3.9  # the radius of a town of about 15,000
_FAR_KM = 3000.0
_ALTERNATIVES = 5
_CERTAIN = 0.6
"""Score from which on a place helps to tell what other names mean."""
_CERTAIN_KINDS = frozenset({"island", "facility", "cape", "region", "city"})
_CERTAIN_KM = 600.0
_MOST_ANCHORS = 100
"""So many certain places tell enough."""
_BEHIND = re.compile(r", (?P<names>(?:[A-Z][\w.’'-]+ ?){1,3})")
_LONGEST_BEHIND = 40
_COUNTRY_LAYERS = frozenset({"countries", "sites", "regions", "landmarks"})


def resolved(reading: Reading, lexicon: Lexicon, layers: Layers) -> list[Mention]:
    """Resolve plain names: first with the countries of the text, then again with the places that are certain."""
    text, known = reading.document.text, {}
    wanted = [m for m in reading.mentions if m.expression is None and m.role in ("place", "dateline")]
    options = {}
    for mention in wanted:
        key = (mention.text, _behind_comma(text, mention.end, lexicon))
        if key not in known:
            known[key] = candidates(mention.text, lexicon, open_words(), layers, within=key[1])
        options[mention.id] = known[key]
    story = Story(countries=_countries(reading.mentions, lexicon))
    certain = _certain(wanted, options, story, lexicon)
    done = []
    for mention in reading.mentions:
        if mention.id in options:
            own = {(place.lon, place.lat) for place in options[mention.id]}
            anchors = tuple(anchor for anchor in certain if anchor not in own)
            near = msgspec.structs.replace(story, anchors=anchors)
            mention = _decided(mention, _order(mention, options[mention.id], near, lexicon), near)
        done.append(mention)
    return done


def _certain(
    wanted: Sequence[Mention], options: Mapping[str, Sequence[Place]], story: Story, lexicon: Lexicon
) -> tuple[tuple[float, float], ...]:
    """Positions (lon, lat in degrees) of the places that nothing is in doubt about."""
    found: dict[tuple[float, float], None] = {}
    for mention in wanted:
        order = _order(mention, options[mention.id], story, lexicon)
        if mention.role != "place" or not order or is_ambiguous(order):
            continue
        best = order[0]
        if best.kind in _CERTAIN_KINDS and best.radius_km < _CERTAIN_KM and (best.score or 0) > _CERTAIN:
            found[best.lon, best.lat] = None
            if len(found) == _MOST_ANCHORS:
                break
    return tuple(found)


def _order(mention: Mention, options: Sequence[Place], story: Story, lexicon: Lexicon) -> list[Place]:
    capital_of = next((known.country for known in lexicon.known(mention.text) if known.form == "capital"), None)
    return ranked(options, story, capital_of=capital_of)


def _decided(mention: Mention, order: Sequence[Place], story: Story) -> Mention:
    """A mention with its place, or with the reason why it has none."""
    if not order:
        why = f"{mention.text!r} is in no layer and not in the gazetteer"
        return msgspec.structs.replace(mention, status="unresolved", why=why)
    if is_ambiguous(order):
        two = " and ".join(f"{_called(place)} at {place.lat:.2f}, {place.lon:.2f}" for place in order[:2])
        why = f"{len(order)} places bear the name {mention.text!r}, and {two} (latitude, longitude) fit equally well"
        return msgspec.structs.replace(mention, status="ambiguous", alternatives=tuple(order[:_ALTERNATIVES]), why=why)
    if _is_far_namesake(order[0], story):
        far = f"{_called(order[0])}, {order[0].country}"
        why = f"only a small place far from the story bears the name {mention.text!r}: {far}"
        return msgspec.structs.replace(mention, status="unresolved", alternatives=tuple(order[:_ALTERNATIVES]), why=why)
    best, others = order[0], tuple(order[1 : _ALTERNATIVES + 1])
    of = f" of {len(order)} candidates" if others else ""
    return msgspec.structs.replace(
        mention,
        status="located",
        kind=best.kind if mention.kind == "city" else mention.kind,
        place=best,
        alternatives=others,
        why=f"{best.name} ({best.source}) fits best{of}; {mention.why}",
    )


def _called(place: Place) -> str:
    """The name of a place, with that of its province."""
    return f"{place.name} ({place.division})" if place.division else place.name


def _is_far_namesake(place: Place, story: Story) -> bool:
    """Whether a place is a small town in a country that nothing else in the text brings to mind, and far from all."""
    small = place.source.startswith("gazetteer:") and place.radius_km < _SMALL_KM
    if not small or not story.countries or place.country in story.countries:
        return False
    return all(distance_km(place.lon, place.lat, *anchor) > _FAR_KM for anchor in story.anchors)


def _countries(mentions: Sequence[Mention], lexicon: Lexicon) -> Mapping[str, float]:
    """Share of each country (ISO 3166-1 alpha-3) among the words that bring one to mind."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        if mention.expression is None:
            known = (entry.country for entry in lexicon.known(mention.text) if entry.layer in _COUNTRY_LAYERS)
            if country := next(filter(None, known), None):
                counts[country] += 1
    return {country: count / counts.total() for country, count in counts.items()}


def _behind_comma(text: str, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """What stands behind a comma may be: countries, regions ('Paris, Texas', 'Mokha, Yemen', 'Columbus, Georgia')."""
    match = _BEHIND.match(text, end, end + _LONGEST_BEHIND)
    words = match["names"].strip().split(" ") if match else []
    for count in range(len(words), 0, -1):
        spelling = " ".join(words[:count])
        found: dict[str, None] = {}
        for name in (spelling, spelling.rstrip("."), f"{spelling} state"):
            for entry in lexicon.known(name):
                if entry.country and entry.form == "name" and entry.layer in ("countries", "regions", "landmarks"):
                    found[entry.feature if entry.layer == "regions" else entry.country] = None
        if found:
            return tuple(found)
    return ()
