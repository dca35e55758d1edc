"""Names that are said in short: 'the North' for North Korea, 'the cape' for the cape that was named before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from geomap import phrases
from geomap.lexicon import Known
from geomap.mentions.names import Name
from geomap.patterns import regex
from geomap.tokens import Tokens

SIDES = {"North": "PRK", "South": "KOR"}
"""What 'the North' and 'the South' are in a text that speaks of Korea (ISO 3166-1 alpha-3)."""

_PENINSULA = "regions/korean-peninsula"
_THE_PENINSULA = regex(r"\b[Tt]he peninsula\b(?!['’]s)")
_SIDE = regex(r"\b[Tt]he (?P<side>North|South)(?=[’']s |[,.;:?!)]| [a-z])")
_THE_SIDE = regex("the (?:North|South)")
_KINDS = {
    **dict.fromkeys(("base", "site", "airfield", "airport", "cosmodrome", "spaceport", "pad"), "facility"),
    **dict.fromkeys(("strait", "bay", "gulf", "channel", "lake"), "sea"),
    **dict.fromkeys(("city", "town", "port", "village"), "city"),
    **dict.fromkeys(("province", "peninsula", "desert"), "region"),
    **dict.fromkeys(("island", "atoll", "archipelago"), "island"),
    **{"cape": "cape", "line": "line"},
}
"""What a place may be called when it is spoken of again, and the kind that it then is."""
_ANY = phrases.words("base site pad cosmodrome spaceport airfield city town port island cape line village province")
"""Words for any place of their kind; the others want the word in its name ('the strait' is no bay)."""
_PENINSULAS = phrases.words("crimea kamchatka sinai kola chukotka istria jutland iberia hel florida yucatan")
"""Names of peninsulas that do not say so."""
_AGAIN = regex(
    rf"\b(?:[Tt]he|[Tt]his)(?: same| launch)? (?P<what>{'|'.join(_KINDS)})\b(?! of|['’]s|-| [A-Z])"
    r"|\b(?<=of |om )(?:there|here)\b|(?<=(?:north|south|.east|.west) of )it\b"
)
_LED_IN = regex(r"\b(?:in|at|on|near|from|over|around|inside|outside|towards?|across|through|above|out of|off) $")
"""In front of 'the site': something is or happens there."""
_NEAR = 700
"""Characters between a name and the words that mean it again."""


def with_koreas(names: Sequence[Name], tokens: Tokens) -> list[Name]:
    """Take 'the North' and 'the South' for the Koreas, in a text that speaks of one of them."""
    about = {name.country for name in names if not name.no_place}
    if about.isdisjoint(SIDES.values()):
        return [name for name in names if not _THE_SIDE.fullmatch(name.core)]
    starts, extra = [name.start for name in names], []
    for match in _SIDE.finditer(tokens.text):
        side, start = match["side"], match.start("side")
        last = bisect_right(starts, match.end() - 1) - 1
        if last >= 0 and names[last].end > start:
            continue  # it is part of a name
        country = SIDES[side]
        known = Known(feature=f"countries/{country}", kind="country", country=country, form="name", name=side)
        extra.append(Name(start=start, end=match.end(), core=side, kind="country", known=(known,)))
    if not any("peninsula" in name.core.lower() for name in names):
        known = Known(feature=_PENINSULA, kind="region", country=None, form="name", name="Korean Peninsula")
        for match in _THE_PENINSULA.finditer(tokens.text):
            start = match.start()
            extra.append(Name(start=start, end=match.end(), core="peninsula", kind="region", known=(known,)))
    return sorted([*names, *extra], key=lambda name: name.start)


def back_references(names: Sequence[Name], tokens: Tokens, datelines: Collection[int]) -> list[tuple[int, int, Name]]:
    """'The cape', 'the island', 'of there': start and end, and the last name of that kind in front of it.

    Parameters
    ----------
    datelines : offsets of the names that stand in a dateline; 'here' is where the report was filed
    """
    found = []
    named = {offset for name in names for offset in range(name.start, name.end)}
    last: dict[str, Name] = {}
    filed = next((name for name in names if name.start in datelines), None)
    coming = iter(names)
    name = next(coming, None)
    for match in _AGAIN.finditer(tokens.text):
        while name is not None and name.end <= match.start():
            for what in () if name.no_place else _called(name):
                last[what] = name
            name = next(coming, None)
        said = match["what"] or match[0]
        start, end = match.span("what" if match["what"] else 0)
        meant = filed if said == "here" else last.get("there" if said == "it" else said)
        if meant is None or start in named:
            continue
        if meant is filed or match.start() - meant.end < _NEAR:
            found.append((start, end, meant))
    return found


def is_led_in(start: int, tokens: Tokens) -> bool:
    """Whether something is or happens at 'the site', whose noun starts at an offset."""
    front = tokens.text[max(0, start - 16) : start]
    return front.endswith("the ") and _LED_IN.search(front.removesuffix("the ")) is not None


def _called(name: Name) -> list[str]:
    """What a name may be called when it is spoken of again."""
    if name.is_people or name.forms == {"seat"}:
        return []
    own = name.core.lower()
    kind = "city" if "capital" in name.forms else name.kind
    said = f"{own} {name.head} peninsula" if own in _PENINSULAS else f"{own} {name.head}"
    words = [what for what, of in _KINDS.items() if (of == kind and what in _ANY) or what in said.split()]
    return words if kind in ("country", "sea", "line", "zone") else [*words, "there"]
