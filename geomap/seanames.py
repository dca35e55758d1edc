"""Which name of a sea is shown where the sides call it differently: both, or that of one side.

The names stand in the column ``shown`` of the layer ``seas`` (``both=Sea of Japan (East Sea)|japan=Sea of Japan``).
What the article itself says is never changed, only what the map calls the sea.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.types import Event, Launch, Location, Mention, Place, Reading

E = TypeVar("E", bound=Event)


def sides(layers: Layers) -> tuple[str, ...]:
    """All sides whose names can be asked for, ``both`` first."""
    found = {side for row in layers.rows("seas") for side in _names(row.get("shown"))}
    return ("both", *sorted(found - {"both"}))


def shown_names(layers: Layers, side: str) -> dict[str, tuple[str, str]]:
    """Find the seas that a side calls otherwise than the layer does.

    Returns
    -------
    dict
        the layer's name and the side's name by feature (``seas/sea-of-japan``)

    Raises
    ------
    InputError
        if no sea has a name of that side
    """
    known, side = sides(layers), side.strip().casefold()
    if side not in known:
        message = f"no sea has names of {side!r}; there are: {', '.join(known)}"
        raise InputError(message)
    rows = [(f"seas/{row['key']}", str(row["name"]), _names(row.get("shown"))) for row in layers.rows("seas")]
    return {feature: (name, names[side]) for feature, name, names in rows if names.get(side, name) != name}


def renamed(readings: Sequence[Reading], layers: Layers, side: str) -> list[Reading]:
    """Call the seas of readings as a side does, in all that geomap says; what the article says stays as it is.

    Raises
    ------
    InputError
        if no sea has a name of that side
    """
    text = _text(layers, side)
    return [_renamed(reading, text) for reading in readings]


def renamed_launches(launches: Sequence[Launch], layers: Layers, side: str) -> list[Launch]:
    """The same for launches without their articles.

    Raises
    ------
    InputError
        if no sea has a name of that side
    """
    text = _text(layers, side)
    return [msgspec.structs.replace(launch, event=_event(launch.event, text)) for launch in launches]


def _text(layers: Layers, side: str) -> Callable[[str], str]:
    """What calls the seas in a text as a side does."""
    names = dict(shown_names(layers, side).values())
    if not names:
        return str
    known = sorted({*names, *names.values()}, key=len, reverse=True)  # what is renamed already stays
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")(?!\w)")

    def text(words: str) -> str:
        return pattern.sub(lambda match: names.get(match[0], match[0]), words)

    return text


def _renamed(reading: Reading, text: Callable[[str], str]) -> Reading:
    def place(one: Place) -> Place:
        return msgspec.structs.replace(one, name=text(one.name))

    def mention(one: Mention) -> Mention:
        return msgspec.structs.replace(
            one,
            place=one.place and place(one.place),
            alternatives=tuple(map(place, one.alternatives)),
            why=text(one.why),
        )

    return msgspec.structs.replace(
        reading,
        mentions=tuple(map(mention, reading.mentions)),
        events=tuple(_event(event, text) for event in reading.events),
        notes=tuple(map(text, reading.notes)),
    )


def _event(event: E, text: Callable[[str], str]) -> E:
    def location(one: Location) -> Location:
        return msgspec.structs.replace(one, rule=text(one.rule), why=text(one.why))

    return msgspec.structs.replace(
        event,
        launch=event.launch and location(event.launch),
        impact=event.impact and location(event.impact),
        impacts=tuple(map(location, event.impacts)),
        conflicts=tuple(map(text, event.conflicts)),
        checks=tuple(map(text, event.checks)),
        notes=tuple(map(text, event.notes)),
    )


def _names(shown: object) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in str(shown or "").split("|") if "=" in pair)
    return {side: name for side, _, name in pairs}
