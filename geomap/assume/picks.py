"""An analyst's picks: another candidate for a name, or none; and back again.

The mention takes the other place; the one that it had stands among the alternatives in its stead, so that all others
keep their numbers. What it was before is kept in ``assumed``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from geomap.additions import ANALYST, Addition, Before, additions_of, write_addition
from geomap.assume.options import Pick
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.places import follow_places, led_to
from geomap.types import Mention, Place, Reading

_PICKED = "picked by the analyst: "
_LED = "; measured from what the analyst picked"
"""Behind the reason of a phrase that leads to a picked place."""
_MOST_NAMED = 3


def take_picks(reading: Reading, picks: Sequence[Pick], layers: Layers) -> Reading:
    """Take the places that an analyst picked, and measure anew the phrases that lead to them.

    A number holds for the same name with the same candidates wherever the text has it, as a name means the same
    throughout a text; ``none`` holds for the one mention.

    Raises
    ------
    InputError
        if there is no such mention, or no such alternative
    """
    mentions = {mention.id: mention for mention in reading.mentions}
    taken, others = _sorted(reading)
    changed: set[str] = set()
    for pick in picks:
        if pick.mention not in mentions:
            last = f"; the last one is {reading.mentions[-1].id}" if reading.mentions else ""
            message = f"{pick.said}: there is no mention {pick.mention}{last}"
            raise InputError(message)
        for name in _picked_with(pick, taken):
            mentions[name] = _restored(mentions[name], taken.pop(name))
            changed.add(name)
        if pick.choice == "auto":
            continue
        for mention in _alike(pick, mentions, taken):
            mentions[mention.id], taken[mention.id] = _taken(mention, pick)
            changed.add(mention.id)
    ordered = [write_addition(taken[name]) for name in mentions if name in taken]
    new = tuple(mentions[mention.id] if mention.id in changed else mention for mention in reading.mentions)
    reading = msgspec.structs.replace(reading, mentions=new, assumed=(*ordered, *others))
    return _marked(follow_places(_unmarked(reading), changed, layers, fixed=taken), taken)


def _marked(reading: Reading, taken: Collection[str]) -> Reading:
    """The reading whose phrases say that they are measured from what was picked, and so all that is built on them."""
    led = led_to(reading.mentions, taken) - set(taken)
    mentions = (msgspec.structs.replace(one, why=one.why + _LED) if one.id in led else one for one in reading.mentions)
    return msgspec.structs.replace(reading, mentions=tuple(mentions))


def _unmarked(reading: Reading) -> Reading:
    """The reading without these words; a line from elsewhere may call a mention located that has no place."""
    mentions = (
        msgspec.structs.replace(
            one,
            why=one.why.removesuffix(_LED),
            status="unresolved" if one.status == "located" and one.place is None else one.status,
        )
        for one in reading.mentions
    )
    return msgspec.structs.replace(reading, mentions=tuple(mentions))


def _sorted(reading: Reading) -> tuple[dict[str, Addition], list[dict[str, object]]]:
    """The picks that a reading keeps, by the id of their mention, and the other entries of ``assumed``."""
    taken, others = {}, []
    for entry, addition in zip(reading.assumed, additions_of(reading), strict=True):
        if addition.is_ours and addition.what == "pick" and addition.mention is not None and addition.was is not None:
            taken[addition.mention] = addition
        else:
            others.append(entry)
    return taken, others


def _picked_with(pick: Pick, taken: dict[str, Addition]) -> list[str]:
    """The mentions whose pick a new one undoes: its own, and those that went along with it."""
    leader = f"{pick.mention}="
    return [name for name, one in taken.items() if name == pick.mention or one.said.startswith(leader)]


def _alike(pick: Pick, mentions: dict[str, Mention], taken: dict[str, Addition]) -> list[Mention]:
    """The mention of a pick, and for a number the same name with the same candidates elsewhere."""
    own = mentions[pick.mention]
    if pick.choice == "none":
        return [own]

    def kind(mention: Mention) -> tuple[object, ...]:
        return mention.text, mention.status, mention.place, mention.alternatives

    return [one for one in mentions.values() if one is own or (one.id not in taken and kind(one) == kind(own))]


def _taken(mention: Mention, pick: Pick) -> tuple[Mention, Addition]:
    """A mention with what was picked for it, and the entry that says so."""
    place, alternatives, told = _choice(mention, pick)
    had = f"; geomap had taken {mention.place.name} ({mention.place.source})" if mention.place else ""
    also = f", as for {pick.mention}" if mention.id != pick.mention else ""
    why = f"{_PICKED}{told}{also}{had}"
    addition = Addition(
        what="pick",
        by=ANALYST,
        said=pick.said,
        given=True,
        name=f"“{' '.join(mention.text.split())}” is {place.name if place else 'no place'}",
        lon=place.lon if place else None,
        lat=place.lat if place else None,
        radius_km=place.radius_km if place else None,
        why=why,
        source=place.source if place else "",
        mention=mention.id,
        was=Before(status=mention.status, kind=mention.kind, why=mention.why, place=mention.place),
    )
    picked = msgspec.structs.replace(
        mention,
        status="located" if place else "not_mapped",
        kind=place.kind if place else mention.kind,
        place=place,
        alternatives=alternatives,
        why=why,
    )
    return picked, addition


def _choice(mention: Mention, pick: Pick) -> tuple[Place | None, tuple[Place, ...], str]:
    """The place that is picked, the alternatives to it, and words for it."""
    if not isinstance(pick.choice, int):
        return None, mention.alternatives, "not a place, or not to be mapped"
    count = len(mention.alternatives)
    if pick.choice > count:
        listed = "; ".join(f"{number} {one.name}" for number, one in enumerate(mention.alternatives[:_MOST_NAMED], 1))
        some = f"it has {count}: {listed}" + (" …" if count > _MOST_NAMED else "")
        message = f"{pick.said}: {mention.text!r} has no alternative {pick.choice}; {some if count else 'it has none'}"
        raise InputError(message)
    at = pick.choice - 1
    place = mention.alternatives[at]
    return place, _with(mention.alternatives, at, mention.place), f"{place.name} ({place.source})"


def _with(places: tuple[Place, ...], at: int, place: Place | None) -> tuple[Place, ...]:
    """The places with another one, or none, at a position."""
    return (*places[:at], *((place,) if place is not None else ()), *places[at + 1 :])


def _restored(mention: Mention, pick: Addition) -> Mention:
    """A mention as it was before it was picked."""
    was = pick.was
    assert was is not None  # only such picks are kept apart
    alternatives = mention.alternatives
    number = pick.said.partition("=")[2]
    if number.isdecimal() and mention.place is not None:
        at = int(number) - 1
        front, behind = alternatives[:at], alternatives[at + (was.place is not None) :]
        alternatives = (*front, mention.place, *behind)
    return msgspec.structs.replace(
        mention, status=was.status, kind=was.kind, why=was.why, place=was.place, alternatives=alternatives
    )
