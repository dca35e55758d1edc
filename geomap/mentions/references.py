"""Names that are said in short: 'the North' for North Korea, 'the cape' for the cape that was named before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from geomap.lexicon import Known
from geomap.mentions.names import Name
from geomap.tokens import Tokens

SIDES = {"North": "PRK", "South": "KOR"}
"""What 'the North' and 'the South' are in a text that speaks of Korea (ISO 3166-1 alpha-3)."""

_PENINSULA = "regions/korean-peninsula"
_THE_PENINSULA = re.compile(r"\b[Tt]he peninsula\b(?!['’]s)")
_SIDE = re.compile(r"\b[Tt]he (?P<side>North|South)(?=[’']s |[,.;:?!)]| [a-z])")
_THE_SIDE = re.compile("the (?:North|South)")
_AGAIN = re.compile(r"\b[Tt]he (?P<what>cape|island|peninsula|strait|atoll|line|base)\b(?! of|['’]s)")
_KINDS = {"peninsula": "region", "strait": "sea", "atoll": "island", "base": "facility"}


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


def back_references(names: Sequence[Name], tokens: Tokens) -> list[tuple[int, int, Name]]:
    """'The cape', 'the island', 'the line': start and end, and the last name of that kind in front of it."""
    found = []
    named = {offset for name in names for offset in range(name.start, name.end)}
    last: dict[str, Name] = {}
    coming = iter(names)
    name = next(coming, None)
    for match in _AGAIN.finditer(tokens.text):
        while name is not None and name.end <= match.start():
            for what in () if name.no_place else _called(name):
                last[what] = name
            name = next(coming, None)
        if (meant := last.get(match["what"])) is not None and match.start("what") not in named:
            found.append((match.start("what"), match.end("what"), meant))
    return found


def _called(name: Name) -> list[str]:
    """What a name may be called when it is spoken of again."""
    own = name.core.lower()
    short = [what for what, kind in _KINDS.items() if kind == name.kind and (what in own or what in name.head)]
    return [name.kind, *short]
