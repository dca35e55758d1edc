"""Which name of a sea is shown where the sides call it differently: both, or that of one side.

The names stand in the column ``shown`` of the layer ``seas`` (``both=Sea of Japan (East Sea)|japan=Sea of Japan``).
What the article itself says is never changed, only what the map calls the sea.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.types import Location, Mention, Reading


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
    known = sides(layers)
    if side not in known:
        message = f"no sea has names of {side!r}; there are: {', '.join(known)}"
        raise InputError(message)
    rows = [(f"seas/{row['key']}", str(row["name"]), _names(row.get("shown"))) for row in layers.rows("seas")]
    return {feature: (name, names[side]) for feature, name, names in rows if names.get(side, name) != name}


def renamed(readings: Sequence[Reading], layers: Layers, side: str) -> list[Reading]:
    """Call the seas of readings as a side does, in places and in the rules of what was derived from them.

    Raises
    ------
    InputError
        if no sea has a name of that side
    """
    names = shown_names(layers, side)
    return [_renamed(reading, names) for reading in readings]


def _renamed(reading: Reading, names: Mapping[str, tuple[str, str]]) -> Reading:
    def text(words: str) -> str:
        for old, new in names.values():
            if new not in words:
                words = words.replace(old, new)
        return words

    def mention(one: Mention) -> Mention:
        if one.place is None:
            return one
        place = msgspec.structs.replace(one.place, name=text(one.place.name))
        return msgspec.structs.replace(one, place=place)

    def location(one: Location | None) -> Location | None:
        return None if one is None else msgspec.structs.replace(one, rule=text(one.rule))

    events = tuple(
        msgspec.structs.replace(
            event,
            launch=location(event.launch),
            impact=location(event.impact),
            impacts=tuple(msgspec.structs.replace(one, rule=text(one.rule)) for one in event.impacts),
        )
        for event in reading.events
    )
    return msgspec.structs.replace(reading, mentions=tuple(map(mention, reading.mentions)), events=events)


def _names(shown: object) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in str(shown or "").split("|") if "=" in pair)
    return {side: name for side, _, name in pairs}
