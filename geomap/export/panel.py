"""The text of the page: what was reported, the tables, the sources, escaped by jinja2."""

from __future__ import annotations

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

from geomap.export.setting import Setting
from geomap.export.sheet import resource
from geomap.language import fill
from geomap.stage import Scene, Table
from geomap.tables import CLOSED, RECALLED

_IN_BLOCKS = ("events", "claims", "hazards", "unlocated", "timeline", "conflicts", "rings")
"""The tables that the page shows in a way of their own."""


def make_body(scene: Scene, setting: Setting, hatches: Collection[str]) -> str:
    """Make the HTML of the page's body, in which ``<!--map-->`` stands where the map goes.

    Parameters
    ----------
    hatches : keys of the styles whose areas are hatched
    """
    tables = {table.key: table for table in scene.tables}
    others = [_dense(table) for table in scene.tables if table.key not in _IN_BLOCKS]
    words = SimpleNamespace(**setting.language.page)
    return _render(
        "panel.html",
        scene,
        setting,
        hatches,
        current=[card for card in scene.cards if not card.recalled],
        recalled=[card for card in scene.cards if card.recalled],
        closed=_cards(tables.get("hazards")),
        timeline=[{**one, "kind": _kind(one)} for one in _cards(tables.get("timeline"))],
        conflicts=_conflicts(tables.get("conflicts")),
        unlocated=_cards(tables.get("unlocated")),
        rings=_cards(tables.get("rings")),
        events_table=_dense(tables["events"]) if "events" in tables else None,
        others=others,
        chips={"agrees": "agrees", "contradicts": "contradicts"},
        settled={
            "agrees": words.agrees,
            "contradicts": words.contradicts,
            "cannot tell": words.cannot_tell,
            "not tested": words.not_tested,
        },
        kinds={"conflict": words.conflict, "doubt": words.doubt, "apart": words.apart, "note": words.note},
    )


def make_archive_body(scene: Scene, setting: Setting, hatches: Collection[str]) -> str:
    """The same for the launches of an archive, which the page's script tells of: filters, and room for its list."""
    return _render("archive.html", scene, setting, hatches)


def _render(name: str, scene: Scene, setting: Setting, hatches: Collection[str], **told: Any) -> str:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.loader = FunctionLoader(resource)
    environment.filters |= {"fill": fill, "label": setting.language.label}
    words = SimpleNamespace(**setting.language.page)
    return environment.get_template(name).render(
        t=words, scene=scene, embed=setting.embed, brand=setting.brand, hatches=hatches, **told
    )


def _dense(table: Table) -> Table:
    """The table without the columns in which nothing stands."""
    full = [i for i, _ in enumerate(table.headings) if i == 0 or any(row[i] for row in table.rows)]
    return Table(
        key=table.key,
        title=table.title,
        headings=tuple(table.headings[i] for i in full),
        rows=tuple(tuple(row[i] for i in full) for row in table.rows),
        open=table.open,
    )


def _cards(table: Table | None) -> list[dict[str, Any]]:
    """A table's rows as heading, cells that are not empty, and the marks that show them."""
    if table is None:
        return []
    marks = table.marks or ((),) * len(table.rows)
    return [
        {
            "heading": row[0],
            "cells": {name: cell for name, cell in zip(table.headings[1:], row[1:], strict=True) if cell},
            "marks": " ".join(shown),
        }
        for row, shown in zip(table.rows, marks, strict=True)
    ]


def _kind(entry: dict[str, Any]) -> str:
    """Of what kind an entry of the timeline is: a launch, one that is only recalled, or a closure."""
    said = entry["cells"]["Launch"]
    return "recalled" if RECALLED in said else "closure" if said.startswith(CLOSED) else "launch"


def _conflicts(table: Table | None) -> list[dict[str, Any]]:
    """What reports differ in, each with those who say something of it; rows of one thing follow each other."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row, shown in zip(table.rows, table.marks, strict=True) if table else ():
        what, who, says, launch = row
        one = found.setdefault(
            (what, launch), {"heading": what, "launch": launch, "said": [], "marks": " ".join(shown)}
        )
        one["said"].append((who, says))
    return list(found.values())
