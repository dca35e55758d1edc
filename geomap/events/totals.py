"""A launch that is only the sum of others: 'six missiles', and then the six of a list."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.events.drafts import Draft


def without_totals(made: Sequence[Draft]) -> list[Draft]:
    """Leave out what is told again one by one; what was said of all of it is said of each."""
    kept = list(made)
    for group in dict.fromkeys(draft.item.group for draft in made if draft.item is not None):
        parts = [draft for draft in kept if draft.item is not None and draft.item.group == group]
        counts = [_count(draft) or 1 for draft in parts]
        for total in [draft for draft in kept if draft.item is None and not draft.background]:
            if len(parts) > 1 and _count(total) == sum(counts) and total.facts[0].span < parts[0].facts[0].span:
                kept.remove(total)
                for part in parts:
                    _inherit(part, total)
                break
    return kept


def _count(draft: Draft) -> int | None:
    return next((weapon.count for weapon in draft.weapons if weapon.count is not None), None)


def _inherit(part: Draft, total: Draft) -> None:
    part.actor = part.actor or total.actor
    if part.days is None:
        part.days, part.said = total.days, total.said
    part.launch = part.launch or list(total.launch)
    part.impact = part.impact or list(total.impact)
    part.kind = part.kind or total.kind
