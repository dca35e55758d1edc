"""What an analyst assumes of a reading's events, kept in ``assumed`` with all that follows; the events stay as read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError

from geomap import wording
from geomap.additions import ANALYST, GIVEN, Addition, additions_of, write_addition
from geomap.assume.follow import Case, consequences, located
from geomap.assume.options import Assumption
from geomap.assume.values import System, understand
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.naming import Namer, namer
from geomap.places.shapes import PRINTED
from geomap.types import Amount, Bearing, Event, Location, Reading, Shape

Said = dict[str, str]
"""What is assumed of one event: the values as written, by their keys."""


def assume(reading: Reading, assumptions: Sequence[Assumption], layers: Layers) -> Reading:
    """Add an analyst's assumptions to those that a reading keeps, and compute anew all that follows.

    Only ``assumed`` changes. An assumption with an empty value takes the one of that key back.

    Raises
    ------
    InputError
        if one is about an event that is not there, or its value means nothing
    """
    names = namer(layers)
    kept, others = _sorted(reading)
    if not assumptions and not kept:
        return reading
    for one in assumptions:
        said = kept.setdefault(_event_of(one, reading.events, names), {})
        said.pop(one.key, None)
        if one.value:
            said[one.key] = one.value
    gone = next((name for name, said in kept.items() if said and name not in {e.id for e in reading.events}), None)
    if gone is not None:
        message = f"{gone}:{_written(kept[gone])}: {_no_event(gone, reading.events, names)}"
        raise InputError(message)
    added = [
        write_addition(addition)
        for event in reading.events
        if kept.get(event.id)
        for addition in _additions(event, kept[event.id], names, layers)
    ]
    return msgspec.structs.replace(reading, assumed=(*others, *added))


def _sorted(reading: Reading) -> tuple[dict[str, Said], list[dict[str, Any]]]:
    """What a reading keeps of earlier assumptions, by event; and its other entries. What followed is left out."""
    kept: dict[str, Said] = {}
    others = []
    for entry, addition in zip(reading.assumed, additions_of(reading), strict=True):
        if not addition.is_ours or addition.what == "pick" or addition.event is None:
            others.append(entry)
        elif addition.given and addition.what in GIVEN:
            kept.setdefault(addition.event, {})[addition.what] = addition.said.partition("=")[2]
    return kept, others


def _event_of(assumption: Assumption, events: Sequence[Event], names: Namer) -> str:
    """The id of the event that an assumption is about."""
    if assumption.event is not None:
        if assumption.event not in {event.id for event in events} and assumption.value:
            message = f"{assumption.said}: {_no_event(assumption.event, events, names)}"
            raise InputError(message)
        return assumption.event
    current = [event for event in events if not event.background] or list(events)
    if len(current) == 1:
        return current[0].id
    if not current:
        message = f"{assumption.said}: the text reports no launch that it could be assumed of"
        raise InputError(message)
    message = (
        f"{assumption.said}: say of which launch, as in {current[0].id}:{assumption.said}; {_listed(events, names)}"
    )
    raise InputError(message)


def _no_event(name: str, events: Sequence[Event], names: Namer) -> str:
    return f"there is no launch {name}; {_listed(events, names) if events else 'the text reports none'}"


def _listed(events: Sequence[Event], names: Namer) -> str:
    def called(event: Event) -> str:
        who = f"{names(event.actor)}: " if event.actor else ""
        return f"{event.id} ({who}{wording.weapon(event)}{', only recalled' if event.background else ''})"

    return f"the text has {', '.join(map(called, events))}"


def _additions(event: Event, said: Said, names: Namer, layers: Layers) -> Iterator[Addition]:
    """The entries of one event: what was said, in a fixed order, and what follows."""
    values = {key: understand(key, said[key], layers) for key in GIVEN if key in said}
    try:
        case = _case(event, values, said, layers)
        following = list(consequences(case, names, layers))
        for key in values:
            yield _given(case, key, layers)
    except (ValueError, ShapelyError, ProjError) as problem:
        message = f"{event.id}:{_written(said)}: what follows cannot be computed: {problem}"
        raise InputError(message) from None
    yield from following


def _case(event: Event, values: Mapping[str, Any], said: Said, layers: Layers) -> Case:
    """The event as it would be if what is assumed were so."""
    places = {
        key: located(values[key], said[key], f"assumed by the analyst: {key}={said[key]}", layers)
        for key in ("launch", "impact")
        if key in values
    }
    system: System | None = values.get("system")
    kind = values.get("class") or (system.kind if system else None) or event.weapon.kind
    weapon = msgspec.structs.replace(event.weapon, system=system.name if system else event.weapon.system, kind=kind)
    supposed = msgspec.structs.replace(
        event,
        actor=values.get("actor", event.actor),
        weapon=weapon,
        launch=places.get("launch", event.launch),
        impact=places.get("impact", event.impact),
        distance_km=values.get("distance", event.distance_km),
        apogee_km=values.get("apogee", event.apogee_km),
        bearing_deg=values.get("bearing", event.bearing_deg),
        background=False,
    )
    return Case(event=event, supposed=supposed, said=said)


def _given(case: Case, key: str, layers: Layers) -> Addition:
    """The entry of one thing that the analyst said."""
    value = getattr(case.supposed, _FIELDS[key]) if key in _FIELDS else None
    told = Addition(
        event=case.event.id, what=key, by=ANALYST, said=f"{key}={case.said[key]}", given=True, name=case.said[key],
        why=f"assumed by the analyst; {_text_says(case.event, key)}", source=ANALYST,
    )  # fmt: skip
    if isinstance(value, Location):
        return msgspec.structs.replace(
            told, lon=value.lon, lat=value.lat, radius_km=value.radius_km, geometry=value.geometry,
            source=_source(understand(key, case.said[key], layers), layers),
        )  # fmt: skip
    if isinstance(value, Amount | Bearing):
        return msgspec.structs.replace(told, value=value.value, low=value.low, high=value.high)
    if key == "system":
        return msgspec.structs.replace(told, name=case.supposed.weapon.system or told.name)
    if key in ("actor", "class", "date"):
        return msgspec.structs.replace(told, name=str(understand(key, case.said[key], layers)))
    return told


_FIELDS = {
    "launch": "launch", "impact": "impact", "distance": "distance_km", "apogee": "apogee_km", "bearing": "bearing_deg",
}  # fmt: skip
"""The field of an event that holds a place, a length or a bearing."""


def _source(shape: Shape, layers: Layers) -> str:
    """Where a place that was said comes from: a layer, the gazetteer, the analyst's own position, or a phrase."""
    if shape.feature:
        return layers.feature(shape.feature).layer.source_id
    if shape.geometry.geom_type == "Point":
        return ANALYST if shape.rule == PRINTED else "gazetteer"
    return "derived"


def _text_says(event: Event, key: str) -> str:
    """What the text itself says of that, so that nobody takes the one for the other."""
    told = {
        "launch": event.launch.text if event.launch else "",
        "impact": event.impact.text if event.impact else "",
        "system": event.weapon.system or "",
        "class": event.weapon.kind or "",
        "distance": event.distance_km.said if event.distance_km else "",
        "apogee": event.apogee_km.said if event.apogee_km else "",
        "bearing": event.bearing_deg.said if event.bearing_deg else "",
        "actor": event.actor or "",
        "date": event.when.said if event.when else "",
    }[key]
    if not told:
        return "the text does not say"
    return f"the text says “{told}”" if key in _FIELDS else f"read from the text: {told}"


def _written(said: Said) -> str:
    return ",".join(f"{key}={value}" for key, value in said.items())
