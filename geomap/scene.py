"""What will be drawn, in order, with credits: the only thing that exporters see.

The layers of a scene lie in the order of their styles, the lowest first. What the article says is never mixed with
what comes from elsewhere: known launch sites have a layer of their own, which says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geomap import analyst, chronicle, frames, margins, wording
from geomap.cards import make_cards
from geomap.catalog import Feature, Layers
from geomap.credits import caveats_of, credits_of, made_of, used_layers
from geomap.ground import View, make_ground, view_about
from geomap.naming import Namer, namer
from geomap.stage import Scene, SceneLayer, Table
from geomap.story import merge, shown as once
from geomap.style import STYLES, range_style
from geomap.tables import make_tables
from geomap.types import Mention, Reading, hazard_of

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

_LAUNCH_KINDS = frozenset({"spaceport", "missile test range", "launch area"})
NEAR_KM = 400.0
"""Zones that a shape does not touch are drawn when its best point lies within so many km of their edge."""

OUTLINED_KM = 700.0
"""Larger parts of the world are named on the map, but their outline says nothing."""

LABELLED = 8
"""Of more economic zones than these only the claimed ones are labelled; the others are named when they are touched."""

Columns = tuple[tuple[str, str], ...]

_PLACE: Columns = (
    ("kind", "Kind"), ("position", "Position"), ("uncertainty", "Uncertainty"), ("why", "Why"), ("source", "Source"),
    ("article", "Article"),
)  # fmt: skip
_LOCATION: Columns = (
    ("actor", "Fired by"), ("when", "When"), ("rule", "Rule"), ("why", "Why"), ("position", "Best point"),
    ("uncertainty", "Uncertainty"), ("claims", "Claims"), ("reports", "Reports"), ("source", "Source"),
    ("article", "Article"),
)  # fmt: skip
_TRACK: Columns = (
    ("actor", "Fired by"), ("when", "When"), ("distance", "Distance"), ("rule", "Rule"), ("reports", "Reports"),
    ("article", "Article"),
)  # fmt: skip
_RANGE: Columns = (("class", "Class"), ("scheme", "Scheme"), ("source", "Source"), ("article", "Article"))
_HAZARD: Columns = (
    ("windows", "Closed"), ("doubtful", "Doubtful"), ("touches", "Touches"), ("height", "Height"), ("edges", "Shape"),
    ("notes", "Notes"), ("authority", "Authority"), ("article", "Article"), ("source", "Source"),
)  # fmt: skip
_ZONE: Columns = (
    ("claims", "Claims"), ("tolerance", "Error of its edge"), ("status", "Status"), ("source", "Source"),
)  # fmt: skip
_SITE: Columns = (
    ("kind", "Kind"), ("position", "Position"), ("uncertainty", "Uncertainty"), ("source", "Source"),
    ("confidence", "Confidence"),
)  # fmt: skip


def make_scene(readings: Sequence[Reading], layers: Layers, *, title: str | None = None) -> Scene:
    """Put together what a map of one or several readings shows: a launch that several report is drawn once.

    Parameters
    ----------
    title : headline of the map; that of the article when left out

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    names = namer(layers)
    story = merge(readings, layers)
    drawn = _drawn(story.readings)
    told = once(story, layers)
    readings = told.readings
    where = frames.locations(readings, names)
    tracks, hazards = frames.tracks(readings, names), frames.hazards(readings, names)
    places, ranges = frames.places(readings), frames.ranges(readings, names)
    view = _view(where, tracks, hazards, places, ranges, more=analyst.spots(readings))
    found = [
        *ground_layers(layers, view, without=_named_countries(readings)),
        *_zone_layers(readings, layers, names),
        *_range_layers(ranges),
        *_location_layers(where),
        *_place_layers(places, layers, drawn),
        _layer("tracks", "track", tracks, _TRACK),
        *_hazard_layers(hazards),
        _layer("sites", "site-known", _sites(readings, layers, names), _SITE, label=None),
        *analyst.marks(readings, names),
        *margins.marks(readings, layers, names),
    ]
    shown = tuple(sorted((layer for layer in found if len(layer.frame)), key=lambda layer: STYLES[layer.style].order))
    used = used_layers(readings, shown)
    differing = chronicle.conflicts(readings, story.conflicts, told.homes, names)
    return Scene(
        title=title or _title(readings),
        subtitle=_subtitle(readings),
        layers=shown,
        tables=_with_story(make_tables(readings, names), chronicle.timeline(readings, names), differing),
        cards=make_cards(readings, names, margins.drawn(shown)),
        bounds=view.bounds,
        credits=credits_of(layers, used),
        caveats=(*story.notes, *caveats_of(readings, layers, used)),
        made=made_of(readings, layers, used),
        language="en",
    )


def _drawn(readings: Sequence[Reading]) -> set[str]:
    """The mentions that say where something started, came down or is closed: that has a mark, they need none."""
    closed = {
        wording.prefix(number if len(readings) > 1 else None) + mention.id
        for number, one in enumerate(readings)
        for mention in one.mentions
        if _is_closed(mention, one)
    }
    return closed | {
        wording.prefix(number if len(readings) > 1 else None) + spot.mention
        for number, one in enumerate(readings)
        for event in one.events
        for spot in (event.launch, *_impacts(event), *event.dropped)
        if spot and spot.mention
    }


def _is_closed(mention: Mention, reading: Reading) -> bool:
    """Whether a mention gives corners of a closed area, or a region in the message itself, which only says for whom."""
    if mention.kind == "coordinates":
        return hazard_of(mention, reading.hazards) is not None
    spans = [hazard.notice for hazard in reading.hazards if hazard.notice is not None]
    wide = mention.place is not None and mention.place.geometry is not None
    return wide and any(start <= mention.start < end for start, end in spans)


def _with_story(tables: Sequence[Table], *others: Table | None) -> tuple[Table, ...]:
    """The tables of what articles tell together, behind that of the events."""
    return (*tables[:1], *(table for table in others if table is not None), *tables[1:])


def ground_layers(
    layers: Layers, view: View, *, without: Collection[str] = (), wide: bool = False
) -> Iterator[SceneLayer]:
    """The land, its coasts and borders, and the countries' labels, which every map begins with.

    Parameters
    ----------
    without : names of countries that need no label
    wide : the land of a large view is fine, too
    """
    ground = make_ground(layers, view, without=without, wide=wide)
    land = [{"id": key, "title": name, "geometry": shape} for key, name, shape in ground.land]
    yield _ground("land", land)
    for key, line in (("coast", ground.coast), ("border", ground.border)):
        yield _ground(key, [] if line.is_empty else [{"id": key, "title": STYLES[key].title, "geometry": line}])
    labels = [{"id": f"label/{name}", "title": name, "geometry": point} for name, point in ground.labels]
    yield _ground("country-label", labels)


def _ground(style: str, rows: list[dict[str, Any]]) -> SceneLayer:
    frame = frames.make_frame(rows, frames.GROUND)
    label = "title" if style == "country-label" else None
    return SceneLayer(key=style, title=STYLES[style].title, style=style, frame=frame, label=label)


def _layer(
    key: str, style: str, frame: GeoDataFrame, columns: Columns, *, label: str | None = "title", shown: bool = True,
    title: str = "", group: str = "",
) -> SceneLayer:  # fmt: skip
    title = title or STYLES[style].title
    frame = frame.reset_index(drop=True)
    return SceneLayer(
        key=key, title=title, style=style, frame=frame, columns=columns, label=label, shown=shown, group=group or title
    )


def _location_layers(where: GeoDataFrame) -> Iterator[SceneLayer]:
    for what, area, point in (("launch", "launch-area", "launch-point"), ("impact", "impact", "impact-point")):
        group = STYLES[area].title
        chosen = where[(where["what"] == what) & ~where["background"]].reset_index(drop=True)
        yield _layer(f"{what}-areas", area, frames.areas(chosen), _LOCATION, label=None, group=group)
        yield _layer(f"{what}-points", point, frames.best_points(chosen), _LOCATION, label="words", group=group)
    earlier = where[where["background"]].reset_index(drop=True)
    yield _layer("earlier-areas", "background-area", frames.areas(earlier), _LOCATION, label=None)
    yield _layer("earlier-points", "background-point", frames.best_points(earlier), _LOCATION, label="words")


def _place_layers(places: GeoDataFrame, layers: Layers, drawn: set[str]) -> Iterator[SceneLayer]:
    if places.empty:  # pandas gives empty text columns other types
        return
    derived = places[places["derived"] & ~places["id"].isin(drawn) & (places["role"] == "place")]
    yield _layer("relative", "relative", frames.areas(derived), _PLACE)
    seas, regions = _outlined(places, layers, "seas"), _outlined(places, layers, "regions")
    yield _layer("seas", "sea", frames.make_frame(seas, frames.PLACES), _PLACE)
    yield _layer("regions", "region", frames.make_frame(regions, frames.PLACES), _PLACE, label=None)
    kept = {row["id"] for row in seas}
    rest = places[~places["derived"] & ~places["id"].isin(kept | drawn)]
    points = frames.best_points(rest[~rest["feature"].str.match(r"(eez|belts|lines|zones)/")])
    wide = points["kind"].isin(["country", "region", "sea", "zone", "relative"])
    dateline = points["role"] == "dateline"
    yield _layer("datelines", "dateline", points[dateline], _PLACE)
    yield _layer("areas", "area", points[wide & ~dateline], _PLACE)
    yield _layer("places", "place", points[~wide & ~dateline], _PLACE)


def _outlined(places: GeoDataFrame, layers: Layers, layer: str) -> list[dict[str, Any]]:
    """The places that are features of a layer, with their own outline; what is vague or very large has none."""
    chosen = places[places["feature"].str.startswith(f"{layer}/") & (places["role"] == "place")]
    rows = []
    for row in chosen.to_dict("records"):
        shape = _polygon(layers, row["feature"])
        known = layers.feature(row["feature"]).properties if shape is not None else {}
        vague = known.get("outline") == "circle" or (layer == "regions" and known["radius_km"] > OUTLINED_KM)
        if shape is not None and not vague:
            rows.append({**row, "geometry": shape})
    return rows


def _hazard_layers(hazards: GeoDataFrame) -> Iterator[SceneLayer]:
    """Closed areas; what is doubtful or cancelled is drawn so."""
    if hazards.empty:
        return
    doubtful = (hazards["doubtful"] != "") & ~hazards["cancelled"]
    sound = ~doubtful & ~hazards["cancelled"]
    yield _layer("hazards-cancelled", "hazard-cancelled", hazards[hazards["cancelled"]], _HAZARD, label="label")
    yield _layer("hazards", "hazard", hazards[sound], _HAZARD, label="label")
    yield _layer("hazards-doubtful", "hazard-doubtful", hazards[doubtful], _HAZARD, label="label")


def _range_layers(ranges: GeoDataFrame) -> Iterator[SceneLayer]:
    once = ranges.drop_duplicates(subset=["title"])
    for number, row in enumerate(once.to_dict("records")):
        style = range_style(row["class"] or None, stated=row["stated"])
        frame = once[once["id"] == row["id"]].reset_index(drop=True)
        yield _layer(f"range-{number + 1}", style, frame, _RANGE, title=row["title"])


def _zone_layers(readings: Sequence[Reading], layers: Layers, names: Namer) -> Iterator[SceneLayer]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for feature, zone in _zones(readings).items():
        layer = feature.partition("/")[0]
        if layer not in ("eez", "belts", "zones", "lines") or not layers.has(feature):
            continue
        shape, known = layers.geometry(feature), layers.feature(feature).properties
        tolerance, told = known.get("tolerance_km"), layers.feature(feature).layer
        style = ("eez" if layer == "eez" else "zone") + ("-claimed" if zone["claims"] else "")
        row = {
            "id": feature,
            "title": wording.capital(names(feature)),
            "words": " · ".join(dict.fromkeys(zone["words"])),
            "article": " · ".join(dict.fromkeys(zone["articles"])),
            "source": f"{known.get('source') or told.source} (layer {layer} {told.version})",
            "feature": feature,
            "name": names(feature),
            "claims": "; ".join(dict.fromkeys(zone["claims"])),
            "claimed": bool(zone["claims"]),
            "tolerance": f"± {wording.rough(float(tolerance))} km" if tolerance else "",
            "status": known.get("status") if known.get("status") != "eez" else "",
            "caveat": told.caveat,
            "geometry": shape,
        }
        rows.setdefault("line" if shape.geom_type.endswith("LineString") else style, []).append(row)
    for style, drawn in rows.items():
        label = None if style == "eez" and len(drawn) > LABELLED else "title"
        yield _layer(style, style, frames.make_frame(drawn, frames.ZONES), _ZONE, label=label)


def _zones(readings: Sequence[Reading]) -> dict[str, dict[str, list[str]]]:
    """The features that matter to the story: claimed, touched or near, or named; with what is said of each."""
    found: dict[str, dict[str, list[str]]] = {}

    def zone(feature: str) -> dict[str, list[str]]:
        return found.setdefault(feature, {"claims": [], "words": [], "articles": []})

    documents = {reading.document.id: reading.document for reading in readings}
    for reading in readings:
        for event in reading.events:
            for claim in event.claims:
                one, document = zone(claim.zone), documents.get(claim.document or "", reading.document)
                said = f"{claim.by or 'Unattributed'}: {claim.relation} – {wording.verdict(claim.verdict)}"
                one["claims"].append(said)
                one["words"].append(wording.quote(document.text, [(claim.start, claim.end)]))
                one["articles"].append(document.title)
        for crossing in reading.crossings:
            far = crossing.margin_km is not None and crossing.margin_km < -NEAR_KM
            if crossing.relation != "disjoint" or not far:
                zone(crossing.feature)
        for mention in reading.mentions:
            if mention.status == "located" and mention.place is not None and mention.place.feature:
                one = zone(mention.place.feature)
                one["words"].append(mention.text)
                one["articles"].append(reading.document.title)
    return found


def _sites(readings: Sequence[Reading], layers: Layers, names: Namer) -> GeoDataFrame:
    actors = {event.actor for reading in readings for event in reading.events if event.actor}
    told = {m.place.feature for one in readings for m in one.mentions if m.status == "located" and m.place is not None}
    rows = []
    for feature in _features(layers, "sites"):
        properties, shape = feature.properties, feature.geometry
        if properties.get("country") not in actors or shape is None or feature.id in told or not _launches(properties):
            continue
        point = shape.centroid
        rows.append(
            {
                "id": feature.id,
                "title": properties.get("name") or feature.id,
                "words": "",
                "article": "not from this article",
                "source": properties.get("source"),
                "country": names(str(properties["country"])),
                "kind": properties.get("sitekind") or properties.get("kind"),
                "position": wording.position(point.x, point.y),
                "uncertainty": wording.uncertainty(float(properties.get("radius_km") or 0)),
                "confidence": properties.get("confidence"),
                "geometry": point,
            }
        )
    return frames.make_frame(rows, frames.SITES)


def _launches(site: Mapping[str, Any]) -> bool:
    """Whether missiles or rockets start at a site: an air base or a port is none of the known launch sites."""
    return site.get("sitekind") in _LAUNCH_KINDS or "missile" in str(site.get("name")).lower()


def _features(layers: Layers, name: str) -> list[Feature]:
    return layers.features(name) if name in layers else []


def _impacts(event: Any) -> tuple[Any, ...]:
    return event.impacts or (event.impact,)


def _polygon(layers: Layers, feature: str) -> Any:
    shape = layers.geometry(feature) if layers.has(feature) else None
    return shape if shape is not None and shape.geom_type.endswith("Polygon") else None


def _named_countries(readings: Sequence[Reading]) -> set[str]:
    """Names of countries that have a mark of their own, and need no label on the ground."""
    located = (m for one in readings for m in one.mentions if m.status == "located" and m.role == "place" and m.place)
    return {mention.place.name for mention in located if mention.place and mention.place.kind == "country"}


def _view(*candidates: GeoDataFrame, more: Sequence[BaseGeometry] = ()) -> View:
    """Where the map opens: the events' places, else their tracks, closed areas, places, or ranges.

    Parameters
    ----------
    more : what has to be in sight besides
    """
    where, *others = candidates
    for frame in (where[~where["background"]], where, *others):
        if len(frame):
            return view_about([*frame.geometry, *more])
    return view_about(more)


def _title(readings: Sequence[Reading]) -> str:
    if len(readings) == 1:
        return readings[0].document.title or "Untitled article"
    return f"{len(readings)} articles on launches" if readings else "No article"


def _shown(source: str) -> str:
    """A source for readers: an address as it is, of a file its name, since folders tell about the analyst's machine."""
    return source if "://" in source else source.replace("\\", "/").rpartition("/")[2]


def _subtitle(readings: Sequence[Reading]) -> str:
    if len(readings) == 1:
        document = readings[0].document
        day = wording.published(document)
        return " · ".join(
            part for part in (day or "day of issue unknown", _shown(document.source)) if part not in ("", "-")
        )
    days = sorted(
        {
            one.document.published[:10]: wording.published(one.document) for one in readings if one.document.published
        }.items()
    )
    if not days:
        return "days of issue unknown"
    return days[0][1] if len(days) == 1 else f"{days[0][1]} to {days[-1][1]}"
