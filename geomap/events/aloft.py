"""What a text says of a flight besides places and lengths: its hour, salvos, time in the air, and what it flew over."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from geomap.catalog import Layers
from geomap.events.airtime import by_the_clock, flight_time
from geomap.events.drafts import Draft
from geomap.events.facts import Fact
from geomap.events.hours import Page, Site, narrowed, times_of
from geomap.events.overflight import overflown
from geomap.events.salvos import salvos_of
from geomap.types import Event

_STRAY = frozenset({"irregular"})
_NO_ARC = frozenset({"cruise", "artillery", "SLV"})
"""What need not fly along a great circle to where it fell: of a space rocket that is where a stage did."""


def with_flight(
    event: Event, draft: Draft, about: Sequence[Fact], page: Page, layers: Layers, *, shared: bool
) -> Event:
    """The launch with its hour, salvos, time in the air, and what it flew over.

    Parameters
    ----------
    about : the sentences that speak of it
    page : the dates of the document, and which times are only those of its posts
    shared : whether one of its sentences tells of another launch, too
    """
    dated = draft.said.dated if draft.said is not None else None
    minutes = next((amount for fact in about if (amount := flight_time(fact.text)) is not None), None)
    if minutes is None and not shared:
        minutes = by_the_clock(times_of(about, page, "launch"), times_of(about, page, "fall"))
    home = frozenset({f"countries/{event.actor}"}) if event.actor else frozenset[str]()
    places, doubts = overflown(
        about,
        event.launch,
        event.impact,
        event.track,
        layers,
        straight=event.weapon.kind not in _NO_ARC and event.trajectory not in _STRAY,
        without=home,
    )
    return msgspec.structs.replace(
        event,
        when=narrowed(event.when, dated, about, page, _site(event, draft), shared=shared),
        flight_min=minutes,
        salvos=() if shared else salvos_of([fact for fact in about if fact.launches], page, event.count),
        overflown=places,
        checks=(*event.checks, *doubts),
    )


def _site(event: Event, draft: Draft) -> Site:
    """Whose time counts: that of the launch place, else of who fired, else of where it came down."""
    place = draft.launch[0].place if draft.launch else None
    states = (place.country if place else None, event.actor)
    nearest = event.launch if event.launch or any(states) else event.impact
    return Site(states=states, lon=nearest.lon if nearest else None)
