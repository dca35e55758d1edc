"""Which name of a sea is shown where the sides call it differently: both, or that of one side.

The names stand in the column ``shown`` of the layer ``seas`` (``both=Sea of Japan (East Sea)|japan=Sea of Japan``).
What the article itself says is never changed, only what the map calls the sea.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.types import Event, Location, Mention, Place, Reading


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
    names = dict(shown_names(layers, side).values())
    if not names:
        return list(readings)
    known = sorted({*names, *names.values()}, key=len, reverse=True)  # what is renamed already stays
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")(?!\w)")

    def text(words: str) -> str:
        return pattern.sub(lambda match: names.get(match[0], match[0]), words)

    return [_renamed(reading, text) for reading in readings]


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

    def location(one: Location) -> Location:
        return msgspec.structs.replace(one, rule=text(one.rule), why=text(one.why))

    def event(one: Event) -> Event:
        return msgspec.structs.replace(
            one,
            launch=one.launch and location(one.launch),
            impact=one.impact and location(one.impact),
            impacts=tuple(map(location, one.impacts)),
            conflicts=tuple(map(text, one.conflicts)),
            checks=tuple(map(text, one.checks)),
            notes=tuple(map(text, one.notes)),
        )

    return msgspec.structs.replace(
        reading,
        mentions=tuple(map(mention, reading.mentions)),
        events=tuple(map(event, reading.events)),
        notes=tuple(map(text, reading.notes)),
    )


def _names(shown: object) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in str(shown or "").split("|") if "=" in pair)
    return {side: name for side, _, name in pairs}
