"""Who fired, when the sentence of a launch does not say it: the rest of the text may."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.events.drafts import Draft
from geomap.events.facts import Fact
from geomap.words import open_words


def name_actors(made: Sequence[Draft], facts: Sequence[Fact]) -> None:
    """Complete the actors of launches from the rest of the text.

    A state in which one armed group of the text operates is that group. Who is not named is the state that it was fired
    from, the only one that fires in the text, the maker of the system if the text speaks of that state, or the one
    whose forces alone are spoken of.
    """
    groups = {group.name: group.countries for group in open_words().groups}
    named = dict.fromkeys(name for fact in facts for name in fact.groups)
    spoken = {state for fact in facts for state in fact.states}
    forces = {state for fact in facts for state in fact.forces}
    for draft in made:
        own = [name for name in named if draft.actor in groups[name]]
        if draft.actor is not None and len(own) == 1:
            draft.actor = own[0]
    only = _only_actor(made) or _of_headline(facts)
    alone = len(forces) == 1 and not any(draft.actor for draft in made)
    for draft in made:
        if draft.actor is None:
            makers = {weapon.maker for weapon in draft.weapons if weapon.maker} & spoken
            draft.actor = _host(draft, groups) or (only if not _elsewhere(draft, only) else None)
            draft.actor = draft.actor or (makers.pop() if len(makers) == 1 else None)
            draft.actor = draft.actor or (next(iter(forces)) if alone else None)


def _of_headline(facts: Sequence[Fact]) -> str | None:
    """Who fires in the headline."""
    return facts[0].actor if facts and facts[0].launches else None


def _host(draft: Draft, groups: dict[str, tuple[str, ...]]) -> str | None:
    """The state from whose territory it was fired, where no armed group fires too."""
    grouped = {country for countries in groups.values() for country in countries}
    countries = [mention.place.country for mention in draft.launch if mention.place and mention.place.country]
    return countries[0] if countries and countries[0] not in grouped else None


def _elsewhere(draft: Draft, actor: str | None) -> bool:
    """Whether it was fired from another state than the one that fires in the rest of the text."""
    country = draft.launch[0].place.country if draft.launch and draft.launch[0].place else None
    return bool(country and actor and len(actor) == len(country) and country != actor)


def _only_actor(made: Sequence[Draft]) -> str | None:
    """The one that fires in all of the text, None when there are several or none."""
    actors = {draft.actor for draft in made if draft.actor}
    return actors.pop() if len(actors) == 1 else None
