"""What an analyst writes: ``e1:launch=Yangdok,distance=800km`` and ``m3=2``, as records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geomap.additions import GIVEN
from geomap.assume.values import understand
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.patterns import regex
from geomap.types import Record

LONGEST = 200
"""Characters of a value: no name of a place or system is longer."""
_MARK = r"(?:a(?P<article>[1-9]\d{0,5}):)?"
_NEXT = regex(r",(?=\s*(?:a\d+:)?(?:e\d+:)?\s*[A-Za-z]+\s*=)")
"""Between two assumptions; a comma within a value ('39.2, 126.8', 'Paris, Texas') has no key behind it."""
_ASSUMPTION = regex(rf"{_MARK}(?:(?P<event>e[1-9]\d{{0,5}}):)?\s*(?P<key>[A-Za-z]+)\s*=(?P<value>.*)", re.DOTALL)
_PICK = regex(rf"{_MARK}(?P<mention>m[1-9]\d{{0,5}})\s*=\s*(?P<choice>[1-9]\d{{0,3}}|none|auto)", re.IGNORECASE)
_LOOKS = "e1:launch=Yangdok,distance=800km"


class Assumption(Record, kw_only=True):
    """One thing that an analyst assumes of an event.

    Parameters
    ----------
    article : number of the article from 1, None when there is only one
    event : id of the event, None for the only current one
    key : one of `geomap.additions.GIVEN`
    value : as written; empty takes the assumption back
    """

    article: int | None = None
    event: str | None = None
    key: str
    value: str

    @property
    def said(self) -> str:
        """The assumption as it may be written again."""
        return f"{self.key}={self.value}"


class Pick(Record, kw_only=True):
    """Another candidate for a mention.

    Parameters
    ----------
    article : as of an `Assumption`
    mention : id of the mention
    choice : number of the alternative from 1, ``none`` for no place at all, ``auto`` takes the pick back
    """

    article: int | None = None
    mention: str
    choice: int | str

    @property
    def said(self) -> str:
        """The pick as it may be written again."""
        return f"{self.mention}={self.choice}"


class Wishes(Record, kw_only=True):
    """All that an analyst asks for in one run."""

    assumptions: tuple[Assumption, ...] = ()
    picks: tuple[Pick, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.assumptions or self.picks)

    def __iter__(self) -> Iterator[Assumption | Pick]:
        return iter((*self.assumptions, *self.picks))

    def check(self, *, several: bool) -> None:
        """Check that each says which article it is about, where there are several.

        Raises
        ------
        InputError
            if one does not
        """
        vague = next((wish for wish in self if several and wish.article is None), None)
        if vague is not None:
            event = vague.event if isinstance(vague, Assumption) else None
            said = f"{event}:{vague.said}" if event else vague.said
            message = f"several articles are read, so {said!r} has to say which it is about: a1:{said} for the first"
            raise InputError(message)

    def of(self, article: int) -> Wishes:
        """Those for one article, by its number from 1."""

        def mine(wish: Assumption | Pick) -> bool:
            return wish.article in (None, article)

        return Wishes(assumptions=tuple(filter(mine, self.assumptions)), picks=tuple(filter(mine, self.picks)))

    def beyond(self, articles: int) -> InputError | None:
        """What is wrong when some are about an article after the last."""
        far = next((wish for wish in self if (wish.article or 0) > articles), None)
        if far is None:
            return None
        were = "1 article was" if articles == 1 else f"{articles} articles were"
        return InputError(f"a{far.article}:{far.said} is about article {far.article}, but {were} read")


def parse_assumptions(text: str, layers: Layers) -> tuple[Assumption, ...]:
    """Read ``launch=Yangdok,system=KN-23``; a name of an event or article holds for what follows in the same text.

    Raises
    ------
    InputError
        if it is no such thing, or a value makes no sense: what would be right
    """
    found: list[Assumption] = []
    article: int | None = None
    event: str | None = None
    for part in map(str.strip, _NEXT.split(text)):
        match = _ASSUMPTION.fullmatch(part)
        if match is None:
            message = f"{_short(part)} is no assumption; write {_LOOKS}"
            raise InputError(message)
        if match["article"]:
            article, event = int(match["article"]), None
        event = match["event"] or event
        key, value = match["key"].lower(), match["value"].strip()
        if key not in GIVEN:
            message = f"{_short(match['key'])} cannot be assumed; what can is {', '.join(GIVEN)}"
            raise InputError(message)
        if len(value) > LONGEST:
            message = f"{key}={_short(value)} is too long: at most {LONGEST} characters"
            raise InputError(message)
        if value:
            understand(key, value, layers)
        found.append(Assumption(article=article, event=event, key=key, value=value))
    return tuple(found)


def parse_picks(text: str) -> tuple[Pick, ...]:
    """Read ``m3=2``, ``m3=none``, ``m3=auto``; several are separated by commas.

    Raises
    ------
    InputError
        if it is no such thing
    """
    return tuple(_picks(text.split(",")))


def _picks(parts: Iterable[str]) -> Iterator[Pick]:
    for part in map(str.strip, parts):
        match = _PICK.fullmatch(part)
        if match is None:
            message = f"{_short(part)} picks nothing; write m3=2 for the second runner-up of m3, m3=none, or m3=auto"
            raise InputError(message)
        choice = match["choice"].lower()
        yield Pick(
            article=int(match["article"]) if match["article"] else None,
            mention=match["mention"].lower(),
            choice=int(choice) if choice.isdecimal() else choice,
        )


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else f"{words[:59]}…")
