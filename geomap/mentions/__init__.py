"""From a text to mentions: names, the part they play, and the phrases built on them."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions.bind import Binder, Cue
from geomap.mentions.coordinates import find_coordinates
from geomap.mentions.grammar import SIGNS, Found, find_phrases
from geomap.mentions.names import Name, find_names
from geomap.mentions.roles import find_datelines, role_of
from geomap.tokens import Tokens
from geomap.types import Expression, Mention, Named, Node, Reading
from geomap.words import Words, open_words

__all__ = ["find_mentions"]

_FIELD = re.compile(r"^@\d+$")
_AGAIN = re.compile(r"\b[Tt]he (?P<what>cape|island|peninsula|strait|atoll|line|base)\b(?! of|['’]s)")
_SIDES = {"North": "PRK", "South": "KOR"}


def find_mentions(reading: Reading, layers: Layers) -> Reading:
    """Find all mentions of places in a document.

    Parameters
    ----------
    reading : its document is read, its mentions are replaced
    layers : where the names are from

    Returns
    -------
    Reading
        with mentions in the order of the text; an outer phrase comes before the names inside it
    """
    text = reading.document.text
    words, lexicon = open_words(), open_lexicon(layers, open_gazetteer(layers))
    tokens = Tokens(text)
    coordinates = find_coordinates(text)
    names = [name for name in find_names(tokens, lexicon, words) if not _inside(name.start, coordinates)]
    names = _north_and_south(names, tokens)
    datelines = find_datelines(names, tokens)
    roles = {name.start: role_of(name, tokens, words, datelines) for name in names}
    nodes: dict[int, Expression] = {name.start: Named(f"@{name.start}") for name in names}
    owners: dict[str, str | None] = {f"@{name.start}": name.country for name in names}
    binder = Binder(tokens, _cues(names, tokens, words, roles), owners)
    masked = _masked(text, names, roles)
    for start, end, name in _back_references(names, tokens):
        nodes[start] = Named(f"@{name.start}")
        masked = masked[:start] + SIGNS["L" if name.kind == "line" else "P"] * (end - start) + masked[end:]
    phrases = find_phrases(masked, nodes, binder)
    return msgspec.structs.replace(reading, mentions=_mentions(text, names, roles, [*phrases, *coordinates]))


def _inside(offset: int, found: list[Found]) -> bool:
    return any(item.start <= offset < item.end for item in found)


def _north_and_south(names: list[Name], tokens: Tokens) -> list[Name]:
    """Take 'the North' and 'the South' for the Koreas, in a text that speaks of one of them."""
    about = {name.country for name in names if not name.no_place}
    if not about & {"PRK", "KOR"}:
        return [name for name in names if not re.fullmatch("the (?:North|South)", name.core)]
    taken = {offset for name in names for offset in range(name.start, name.end)}
    from geomap.lexicon import Known

    extra = []
    for match in re.finditer(r"\b[Tt]he (?P<side>North|South)(?=[’']s |[,.;:?!)]| [a-z])", tokens.text):
        if any(offset in taken for offset in range(match.start("side"), match.end())):
            continue
        country = _SIDES[match["side"]]
        known = Known(feature=f"countries/{country}", kind="country", country=country, form="name", name=match["side"])
        extra.append(
            Name(start=match.start("side"), end=match.end(), core=match["side"], kind="country", known=(known,))
        )
    return sorted([*names, *extra], key=lambda name: name.start)


def _back_references(names: list[Name], tokens: Tokens) -> list[tuple[int, int, Name]]:
    """'The cape', 'the island', 'the line': the last name of that kind in front of it."""
    found = []
    for match in _AGAIN.finditer(tokens.text):
        kind = {"peninsula": "region", "strait": "sea", "atoll": "island", "base": "facility"}.get(
            match["what"], match["what"]
        )
        before = [
            name for name in names
            if name.end <= match.start() and not name.no_place and name.kind == kind
            and (kind == match["what"] or match["what"] in name.core.lower() or match["what"] in name.head)
        ]  # fmt: skip
        if before:
            found.append((match.start("what"), match.end("what"), before[-1]))
    return found


def _cues(names: list[Name], tokens: Tokens, words: Words, roles: dict[int, tuple[str, str]]) -> list[Cue]:
    """What brings a country to mind, and which of it is an office that makes statements."""
    cues = []
    offices = words.offices(tokens.text)
    for name in names:
        if (
            name.country
            and roles[name.start][0] != "dateline"
            and (not name.no_place or "organisation" in name.no_place)
        ):
            office = any(start <= name.start < end or 0 <= start - name.end <= 4 for start, end, _ in offices)
            adjective = name.forms <= {"adjective", "demonym"}
            cues.append(
                Cue(offset=name.start, country=name.country, subject=not adjective and not office, claimant=office)
            )
    for start, _, office in offices:
        if office.state and not any(abs(cue.offset - start) < 30 and cue.claimant for cue in cues):
            cues.append(Cue(offset=start, country=office.state, subject=False, claimant=True))
    return sorted(cues, key=lambda cue: cue.offset)


def _masked(text: str, names: list[Name], roles: dict[int, tuple[str, str]]) -> str:
    signs = list(text)
    for name in names:
        role = roles[name.start][0]
        if role == "embedded" or role == "dateline" or name.forms == {"seat"}:
            continue
        signs[name.start : name.end] = SIGNS[_sign(name)] * (name.end - name.start)
    return "".join(signs).replace("\n", " ").replace("\u00a0", " ")


def _sign(name: Name) -> str:
    if name.kind == "country" and "name" in name.forms:
        return "C"
    if name.known and name.forms <= {"adjective", "demonym"}:
        return "A"
    return {"sea": "S", "line": "L", "zone": "L"}.get(name.kind, "P")


def _mentions(
    text: str, names: list[Name], roles: dict[int, tuple[str, str]], phrases: list[Found]
) -> tuple[Mention, ...]:
    """Put names and phrases in order, number them, and let the trees point at the numbers."""
    anchors = {int(key[1:]) for phrase in phrases for key in _named(phrase.node) if _FIELD.match(key)}
    items: list[tuple[int, int, Name | Found]] = [(name.start, name.end, name) for name in names]
    items += [(phrase.start, phrase.end, phrase) for phrase in phrases]
    items.sort(key=lambda item: (item[0], -item[1], isinstance(item[2], Name)))
    ids = {f"@{start}": f"m{number}" for number, (start, _, item) in enumerate(items, 1) if isinstance(item, Name)}
    mentions = []
    for number, (start, end, item) in enumerate(items, 1):
        if isinstance(item, Found):
            role, why, kind, node = "place", f"read as {item.row!r}", item.kind, _renamed(item.node, ids)
        else:
            role, why = roles[start]
            if role == "actor" and start in anchors and not item.forms <= {"adjective", "demonym", "seat"}:
                role, why = "place", "a phrase measures from it"
            kind = "city" if "capital" in item.forms else item.kind
            node = Named(item.known[0].feature) if item.known and item.core in _SIDES else None
        mentions.append(
            Mention(
                id=f"m{number}",
                start=start,
                end=end,
                text=text[start:end],
                kind=kind,
                role=role,
                status="unresolved" if role in ("place", "dateline") else "not_mapped",
                why=why,
                expression=node,
            )
        )
    return tuple(mentions)


def _named(node: Any) -> list[str]:
    if isinstance(node, Named):
        return [node.id]
    if isinstance(node, Node):
        return [key for field in node.__struct_fields__ for key in _named(getattr(node, field))]
    return []


def _renamed(node: Any, ids: dict[str, str]) -> Any:
    if isinstance(node, Named):
        return Named(ids.get(node.id, node.id))
    if isinstance(node, Node):
        changed = {field: _renamed(getattr(node, field), ids) for field in node.__struct_fields__}
        return msgspec.structs.replace(node, **changed)
    return node
