"""What the column beside the map tells: the launches with their claims and verdicts, and when areas are closed."""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from geomap.export.qgis import words
from geomap.export.qgis.items import SOFT, Box, add_label, letters, tall
from geomap.stage import Card, Scene
from geomap.tables import CLOSED

_SIZE, _BETWEEN = 6.5, 1.6
_MOST = 6
"""Of more claims on one launch the first are told."""

Block = tuple[list[str], list[str]]


def add_told(layout: ET.Element, scene: Scene, place: Box) -> None:
    """Tell what has room, from the bottom of the column upwards."""
    x, top, wide, high = place
    narrow, fitting = letters(wide, _SIZE, bold=True), letters(wide, _SIZE)
    blocks = [(_lines(heading, narrow), _lines(said, fitting)) for heading, said in _blocks(scene)]
    kept: list[Block] = []
    for block in blocks:
        if sum(map(_height, [*kept, block])) + _height(_more(len(blocks))) > high:
            break
        kept.append(block)
    if len(kept) < len(blocks):
        kept.append(_more(len(blocks) - len(kept)))
    y = top + high - sum(map(_height, kept)) + _BETWEEN if kept else top
    for number, (heading, said) in enumerate(kept, 1):
        for name, lines, bold in ((f"told {number}", heading, True), (f"told {number}, more", said, False)):
            if lines:
                box = (x, y, wide, len(lines) * tall(_SIZE) + 0.3)
                add_label(layout, name, "\n".join(lines), box, _SIZE, bold=bold, **({} if bold else {"tone": SOFT}))
                y += len(lines) * tall(_SIZE)
        y += _BETWEEN


def _blocks(scene: Scene) -> Iterator[tuple[str, str]]:
    """A heading and what is said below it, in lines."""
    for card in scene.cards:
        if not card.recalled:
            yield card.headline, "\n".join(_facts(card))
    for table in scene.tables:
        if table.key == "timeline":
            yield from ((row[1], row[0]) for row in table.rows if row[1].startswith(CLOSED))


def _facts(card: Card) -> Iterator[str]:
    for fact in card.facts:
        if fact.name == "When" and not fact.silent:
            yield next(iter(fact.more), fact.said)
    claims = [claim for contest in card.contests for claim in contest.claims if not claim.corrected]
    for claim in claims[:_MOST]:
        yield f"{claim.line}: {claim.verdict}"
    if len(claims) > _MOST:
        yield f"and {len(claims) - _MOST} more claims"


def _more(count: int) -> Block:
    return [f"and {count} more, in the tables"], []


def _height(block: Block) -> float:
    heading, said = block
    return (len(heading) + len(said)) * tall(_SIZE) + _BETWEEN


def _lines(text: str, fitting: int) -> list[str]:
    return [row for line in words.plain(text).splitlines() for row in textwrap.wrap(line, fitting)]
