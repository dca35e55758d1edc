"""The launches of an archive on one map: ten thousand as well as one, each with its reports, without their articles.

What a batch prints (`geomap.types.Launch`) becomes a `Scene` as articles do, so that every exporter draws it. A launch
that has no place is in the tables and counted, never drawn.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap import frames, wording
from geomap.archive.marks import Told, areas_apart, locations, tell, tracks
from geomap.archive.tables import make_tables
from geomap.catalog import Layers
from geomap.credits import caveats_of, credits_of, made_of
from geomap.ground import View, view_about
from geomap.naming import namer
from geomap.scene import ground_layers
from geomap.stage import Scene, SceneLayer
from geomap.style import STYLES
from geomap.types import Launch

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["make_archive"]

Columns = tuple[tuple[str, str], ...]

_LOCATION: Columns = (
    ("actor", "Fired by"), ("when", "When"), ("rule", "Rule"), ("why", "Why"), ("position", "Best point"),
    ("uncertainty", "Uncertainty"), ("claims", "Claims"), ("reports", "Reports"), ("conflicts", "Reports differ"),
    ("source", "Source"), ("article", "Article"), ("links", "Addresses"),
)  # fmt: skip
_TRACK: Columns = (
    ("actor", "Fired by"), ("when", "When"), ("distance", "Distance"), ("rule", "Rule"), ("reports", "Reports"),
    ("conflicts", "Reports differ"), ("article", "Article"), ("links", "Addresses"),
)  # fmt: skip
_NAMES = 4096
"""Features and actors whose names are kept: an archive speaks of some hundreds, again and again."""


def make_archive(launches: Iterable[Launch], layers: Layers, *, title: str | None = None) -> Scene:
    """Put together what a map of launches shows.

    Parameters
    ----------
    launches : in any order; of two with the same id the later one counts
    title : headline of the map; how many launches it shows when left out

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    names = lru_cache(maxsize=_NAMES)(namer(layers))
    latest = {launch.event.id: launch for launch in launches}
    told = [tell(launch, names) for launch in sorted(latest.values(), key=_order)]
    where, flown = locations(told), tracks(told)
    view = _view(where)
    found = [
        *ground_layers(layers, view, wide=True),
        *_location_layers(where),
        *(_layer(style, style, frame, _LOCATION) for style, frame in areas_apart(told, names)),
        _layer("tracks", "track", flown, _TRACK),
    ]
    used = _used(told)
    return Scene(
        title=title or (f"{wording.number(len(told))} launch{'' if len(told) == 1 else 'es'}" if told else "No launch"),
        subtitle=_subtitle(told, where),
        layers=tuple(sorted((one for one in found if len(one.frame)), key=lambda one: STYLES[one.style].order)),
        tables=make_tables(told, names),
        bounds=view.bounds,
        credits=credits_of(layers, used),
        caveats=caveats_of((), layers, used),
        made=made_of((), layers, used) | {"launches": _digest(told)},
        archive=True,
    )


def _order(launch: Launch) -> tuple[str, str]:
    """By time, those without one last."""
    when = launch.event.when
    return when.start if when else "9999", launch.event.id


def _used(told: Sequence[Told]) -> list[str]:
    """The layers whose features the launches name; towns may be from the gazetteer, of which launches do not tell."""
    events = [one.event for one in told]
    places = [place for event in events for place in (event.launch, event.impact, *event.impacts) if place is not None]
    features = {claim.zone for event in events for claim in event.claims} | {place.feature or "" for place in places}
    named = {feature.partition("/")[0] for feature in features if "/" in feature}
    return sorted({"basemap", *named, *(["gazetteer"] if places else [])})


def _digest(told: Sequence[Told]) -> str:
    """What tells these launches from any others."""
    ids = "\n".join(one.event.id for one in told)
    return f"{len(told)}, sha256:{hashlib.sha256(ids.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _view(where: GeoDataFrame) -> View:
    """Where the map opens: about the best points of all."""
    return view_about(list(frames.best_points(where).geometry) if len(where) else [])


def _layer(
    key: str, style: str, frame: GeoDataFrame, columns: Columns, *, label: str | None = None, group: str = ""
) -> SceneLayer:
    title = STYLES[style].title
    return SceneLayer(
        key=key, title=title, style=style, frame=frame, columns=columns, label=label, group=group or title
    )


def _location_layers(where: GeoDataFrame) -> Iterator[SceneLayer]:
    recalled = where["background"] == True  # noqa: E712 - a frame without rows has another type
    for key, group, area, point, chosen in (
        ("launch", "Launched from", "launch-area", "launch-point", (where["what"] == "launch") & ~recalled),
        ("impact", "Came down", "impact", "impact-point", (where["what"] == "impact") & ~recalled),
        ("earlier", "Earlier, only recalled", "background-area", "background-point", recalled),
    ):
        frame = where[chosen].reset_index(drop=True)
        yield _layer(f"{key}-areas", area, frames.areas(frame), _LOCATION, group=group)
        yield _layer(f"{key}-points", point, frames.best_points(frame), _LOCATION, label="words", group=group)


def _subtitle(told: Sequence[Told], where: GeoDataFrame) -> str:
    """How many reports of how many outlets, from when to when, and how many launches have no place."""
    reports = sum(len(one.event.sources) for one in told)
    outlets = len({source.outlet for one in told for source in one.event.sources})
    days = [day for one in told if one.event.when and (day := wording.interval(one.event.when))]
    first, last = (re.split(r",| to | UTC", day)[0] for day in (days[0], days[-1])) if days else ("", "")
    lost = len(told) - (where["event"].nunique() if len(where) else 0)
    parts = [
        f"{wording.number(reports)} report{'' if reports == 1 else 's'} of {wording.number(outlets)} "
        f"outlet{'' if outlets == 1 else 's'}" if reports else "",
        first if first == last else f"{first} to {last}",
        f"{wording.number(lost)} not on the map: no place is given" if lost else "",
    ]  # fmt: skip
    return " · ".join(part for part in parts if part)
