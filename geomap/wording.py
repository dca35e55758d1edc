"""How records are said to people: numbers, positions, times, weapons, verdicts, in plain text for every exporter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta

from geomap.types import (
    Amount,
    Bearing,
    Claim,
    Document,
    Event,
    Location,
    Mention,
    MergedEvent,
    RangePolygon,
    Source,
    Span,
    Verdict,
    When,
)

UNSAID = "the text does not say"
"""What stands where an article is silent."""

SIDES = ("north", "east", "south", "west")
"""What a claim on a line may say."""

LONGEST_QUOTE = 240
"""Code points of a quotation before it is cut short."""

_BEGINNINGS = frozenset((
    "A", "An", "The", "This", "That", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
    "Another", "Several", "Some", "Many", "Multiple", "Dozens", "Missile", "Missiles", "Rocket", "Rockets",
    "Projectile", "Projectiles", "Artillery", "Ballistic", "Cruise", "Anti-ship", "Short-range", "Medium-range",
    "Intermediate-range", "Intercontinental", "Long-range", "Submarine-launched", "Unidentified", "Suspected",
))  # fmt: skip
"""What a sentence that tells of a launch may begin with, and is no name."""

MOST_REPORTS = 12
"""Reports of one launch that are quoted, one below the other."""


def number(value: float) -> str:
    """A number with a comma between thousands and no decimals that say nothing (``1,000``, ``0.6``)."""
    return f"{value:,.0f}" if abs(value) >= 10 or value == round(value) else f"{value:,.1f}"


def rough(value: float) -> str:
    """A number of which only the size matters, in two or three figures (``376.2`` is ``380``)."""
    for limit, step in ((100, 1), (1000, 10), (10_000, 50)):
        if abs(value) < limit:
            return number(round(value / step) * step)
    return number(round(value / 500) * 500)


def position(lon: float, lat: float) -> str:
    """A position as a chart prints it, latitude first as readers expect (``39.80°N, 130.00°E``)."""
    return f"{abs(lat):.2f}°{'N' if lat >= 0 else 'S'}, {abs(lon):.2f}°{'E' if lon >= 0 else 'W'}"


def spot(lon: float, lat: float, radius_km: float) -> str:
    """A best point and how sure it is, short (``39.80°N, 130.00°E, ± 250 km``)."""
    sure = f", ±\u00a0{rough(radius_km)}\u00a0km" if radius_km >= 0.5 else ""
    return position(lon, lat) + sure


def uncertainty(radius_km: float) -> str:
    """How far off the best point may be, in km; empty when it is exact."""
    return f"within about {rough(radius_km)} km of the point" if radius_km >= 0.5 else ""


def amount(value: Amount | None, unit: str = "km") -> str:
    """A length, or a time, with the interval that its wording leaves open (``about 800 km (750 to 850 km)``)."""
    if value is None:
        return ""
    said = value.said or f"{number(value.value)} {unit}"
    if value.low == value.high:
        return said if f"{number(value.value)} {unit}" in said else f"{said} ({number(value.value)} {unit})"
    return f"{said} ({number(value.low)} to {number(value.high)} {unit})"


def bearing(value: Bearing | None) -> str:
    """A direction with the sector that its wording leaves open."""
    if value is None:
        return ""
    return f"{value.said} ({value.low:.0f}° to {value.high:.0f}°)"


def when(value: When | None) -> str:
    """A time in the text's words and in UTC (``Wednesday (15 September 2021, 03:34 to 04:34 UTC)``)."""
    if value is None:
        return ""
    said = interval(value)
    return f"{value.said} ({said})" if value.said and said else value.said or said


def interval(value: When | None) -> str:
    """A time without the text's words (``15 September 2021, 03:34 to 04:34 UTC``); empty when it is none.

    Whole days that do not begin at midnight UTC are days of local time, and said as such.
    """
    span = _span(value)
    if span is None:
        return ""
    start, end = span
    if end - start <= timedelta(minutes=1):
        return f"{day(start)}, {start:%H:%M} UTC"
    if start.date() == end.date():
        return f"{day(start)}, {start:%H:%M} to {end:%H:%M} UTC"
    if start.time() == end.time() and not start.hour and not start.minute:
        last = end - timedelta(days=1)
        return (day(start) if last == start else f"{day(start)} to {day(last)}") + " UTC"
    if start.time() == end.time():
        return f"{_local_days(start, end)}, local time"
    return utc(value)


def utc(value: When | None) -> str:
    """A time as it begins and ends in UTC (``14 September 2021, 15:00, to 15 September 2021, 15:00 UTC``)."""
    span = _span(value)
    if span is None:
        return ""
    start, end = span
    if end - start <= timedelta(minutes=1):
        return f"{day(start)}, {start:%H:%M} UTC"
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{day(end)}, {end:%H:%M}"
    return f"{day(start)}, {start:%H:%M}{'' if start.date() == end.date() else ','} to {last} UTC"


def _span(value: When | None) -> tuple[datetime, datetime] | None:
    if value is None:
        return None
    try:
        start = datetime.fromisoformat(value.start).astimezone(UTC)
        end = datetime.fromisoformat(value.end).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (start, end) if MINYEAR < start.year <= end.year < MAXYEAR else None  # room for the days of local time


def _local_days(start: datetime, end: datetime) -> str:
    """The local days of an interval that begins and ends at local midnight."""
    since_midnight = timedelta(hours=start.hour, minutes=start.minute)
    ahead = timedelta(days=1) - since_midnight if since_midnight > timedelta(hours=12) else -since_midnight
    first, last = start + ahead, end + ahead - timedelta(days=1)
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def day(date: datetime) -> str:
    """A day in words (``15 September 2021``)."""
    return f"{date.day} {date:%B %Y}"


def published(document: Document) -> str:
    """The day of issue in words, empty when it is unknown."""
    if not document.published:
        return ""
    try:
        return day(datetime.fromisoformat(document.published))
    except ValueError:
        return document.published


def weapon(event: Event) -> str:
    """What was fired: the text's words, with class and system where the text gives them."""
    known = [part for part in (event.weapon.kind, event.weapon.system) if part and part not in event.weapon.text]
    return f"{event.weapon.text} ({', '.join(known)})" if known else event.weapon.text


def quote(text: str, spans: Iterable[Span]) -> str:
    """The words at some spans of a text, one after the other, cut short where they are long."""
    parts = [" ".join(text[start:end].split()) for start, end in spans]
    joined = " … ".join(dict.fromkeys(part for part in parts if part))
    if len(joined) <= LONGEST_QUOTE:
        return joined
    kept = joined[:LONGEST_QUOTE]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ….,;:") + " …"


def repeated(texts: Iterable[str]) -> str:
    """Words that a text uses again and again, each once (``Seoul (×3) · the capital``)."""
    return " · ".join(f"{text} (×{times})" if times > 1 else text for text, times in Counter(texts).items())


def doubt(mention: Mention) -> str:
    """Why a name could not be located."""
    several = mention.status == "ambiguous"
    return mention.why or ("several places fit" if several else "no place of that name is known")


def location(value: Location | None) -> str:
    """Where something happened: the words, the best point and how sure it is."""
    return UNSAID if value is None else f"“{value.text}” ({spot(value.lon, value.lat, value.radius_km)})"


def verdict(value: Verdict | None) -> str:
    """A verdict in a word or two: ``agrees``, ``contradicts``, ``cannot tell`` or ``not tested``."""
    if value is None:
        return "not tested"
    if value.agrees is None:
        return "cannot tell"
    return "agrees" if value.agrees else "contradicts"


def margin(value: Verdict | None) -> str:
    """How far the best point lies from the zone's edge, and the tolerance (``44 km outside, ± 60 km``)."""
    if value is None or value.margin_km is None:
        return ""
    side = "inside" if value.margin_km >= 0 else "outside"
    if value.relation in SIDES:  # of a line
        side = f"to the {value.relation}"
    tolerance = f", ±\u00a0{rough(value.tolerance_km)}\u00a0km" if value.tolerance_km is not None else ""
    return f"{rough(abs(value.margin_km))} km {side}{tolerance}"


def geometry(value: Verdict | None) -> str:
    """What the geometry says, in full (``inside, 44 km from the edge, ± 60 km, 100 % of the impact zone``)."""
    if value is None:
        return "not tested"
    if value.margin_km is None:
        return f"{value.relation}: {value.why}" if value.why else value.relation
    parts = [f"±\u00a0{rough(value.tolerance_km)}\u00a0km"] if value.tolerance_km is not None else []
    whole = value.relation in ("inside", "outside", *SIDES)
    if value.share is not None:
        part = 1 - value.share if value.relation == "outside" else value.share
        parts.append(f"{share(part)} of the impact zone".replace(" %", "\u00a0%") + ("" if whole else " inside"))
    far = f"{rough(abs(value.margin_km))}\u00a0km"
    if whole:
        return ", ".join([value.relation, f"{far} from the {'line' if value.relation in SIDES else 'edge'}", *parts])
    return ", ".join([f"{value.relation}: best point {far} {'inside' if value.margin_km >= 0 else 'outside'}", *parts])


def share(value: float | None) -> str:
    """A part of one in per cent (``0.034`` is ``3 %``, what is more than nothing is never ``0 %``)."""
    if value is None:
        return ""
    if 0 < value < 0.01:
        return "less than 1 %"
    if 0.99 < value < 1:
        return "more than 99 %"
    return f"{value:.0%}".replace("%", " %")


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text as it reads within a sentence: a common word at its beginning has no capital, a name keeps its own."""
    return text[:1].lower() + text[1:] if text.partition(" ")[0] in _BEGINNINGS else text


def claim(value: Claim, name: str) -> str:
    """A claim in one line (``Japan Coast Guard: outside the EEZ of Japan``); ``name`` is the zone's."""
    if value.zone.startswith("lines/"):
        said = f"{value.relation} of the" if value.relation in SIDES else f"{value.relation} the"
        return f"{value.by or 'Unattributed'}: {said} {name}"
    return f"{value.by or 'Unattributed'}: {value.relation} {'the ' if name.startswith('EEZ') else ''}{name}"


def zone(name: str, feature: str) -> str:
    """A zone's name, short enough for a map: ``Japan's EEZ``, or ``EEZ of Japan`` where the layer says ``Japan``.

    What several states claim keeps the name that says so.
    """
    if feature.partition("/")[0] != "eez":
        return name
    short = name.replace("exclusive economic zone", "EEZ")
    return short if any(word in short for word in ("EEZ", "claimed", "zone")) else f"EEZ of {short}"


def band(low_km: float | None, high_km: float | None) -> str:
    """A range in km with what is open or one number in it (``at least 5,500 km``, ``1,000 to 3,000 km``)."""
    if high_km is None:
        return f"at least {number(low_km or 0)} km"
    if low_km == high_km:
        return f"{number(high_km)} km"
    return f"{number(low_km)} to {number(high_km)} km" if low_km else f"up to {number(high_km)} km"


def compass(bearing_deg: float) -> str:
    """A bearing in degrees with the nearest of the sixteen points of the compass, on one line (``147° SSE``)."""
    points = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
    return f"{round(bearing_deg) % 360}°\u00a0{points[round(bearing_deg / 22.5) % 16]}"


def reach(value: RangePolygon, origin: str) -> str:
    """The label of a range polygon: what, how far, from where, and that it is from anywhere when no place is given.

    Parameters
    ----------
    origin : what the launch place or the actor's territory is called
    """
    what = ", ".join(part for part in (value.kind, value.system) if part) or "Range"
    far = value.said or band(value.low_km, value.high_km)
    if value.origin == "area":
        return f"{what}, {far}, from anywhere in {origin}: the text names no launch place"
    return f"{what}, {far}, from {origin}"


def prefix(number: int | None) -> str:
    """What tells the ids of one of several articles from those of the others (``a2:``); empty for a single article."""
    return "" if number is None else f"a{number + 1}:"


def event_id(number: int | None, event: Event) -> str:
    """The id of an event among those of several articles (``a2:e1``)."""
    return prefix(number) + event.id


def few(texts: Iterable[str], most: int = 3) -> str:
    """The first of some texts, each once, and how many more there are (``Kyodo, Yonhap and 12 more``)."""
    known = list(dict.fromkeys(texts))
    more = len(known) - most
    return f"{', '.join(known[:most])} and {more} more" if more > 0 else ", ".join(known)


def reports(event: Event) -> str:
    """Who reports a launch of several articles, and in which words: a line each, the first ones only."""
    if not isinstance(event, MergedEvent) or len(event.sources) < 2:
        return ""
    lines = [_report(source) for source in event.sources[:MOST_REPORTS]]
    more = len(event.sources) - len(lines)
    return "\n".join([*lines, f"and {more} more"] if more else lines)


def article(document: Document, event: Event) -> str:
    """The title of the article that tells of a launch, and how many others do."""
    others = len(event.sources) - 1 if isinstance(event, MergedEvent) else 0
    if others < 1:
        return document.title
    return f"{document.title} and {others} other{'s' if others > 1 else ''}"


def _report(source: Source) -> str:
    said = dict.fromkeys(words for about, words in source.said.items() if about not in ("platform", "outcome"))
    return f"• {source.outlet}: {' · '.join(f'“{words}”' for words in said)}"
