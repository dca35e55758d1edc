"""A launch in the making: what the sentences about it have said so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from geomap import phrases
from geomap.events.facts import Fact
from geomap.events.falls import FLEW_TO, launch_places, places_of_impact, targets_of
from geomap.events.segments import Item
from geomap.events.sharpness import sharpness
from geomap.events.weapons import WeaponPhrase
from geomap.patterns import regex
from geomap.types import Mention

_UNDER_WATER = regex(
    r"missile[^.]{0,60}\b(?:under ?water|(?:by|from|of) (?:a|its) submarine)\b"
    r"|submarine[- ]launched|\bsubmarine missile"
    r"|submarine [^.]{0,30}fired a \S+ missile",
    re.IGNORECASE,
)
"""A missile of no class that a submarine fired is an SLBM."""
_CRUISE = regex("cruise")
_ORBIT = phrases.anywhere(
    "orbit*|satellites?|payloads?|(upper|first|second|third) stage|spacecraft|space (cent(er|re)|launch|"
    "agency)|spaceport|cosmodrome"
)
"""Said of a rocket: it is to put something into space."""
_SOME = "one|two|three|four|five|six|seven|eight|nine|ten|some|most"
ONE_OF = phrases.anywhere(
    "(a|one|another) splash", f"({_SOME}) of (them|these|those|the)", "one (came|fell|landed|hit)"
)
"""Where some of several came down."""
GOES_ON_ABOUT = phrases.anywhere("launch*", "firing point", "left", "stood", "tak(e|ing) off", "took off", "fired from")
_FIRED_INTO = phrases.anywhere("into", "off", "onto", "in the direction")
_BARE = 60
_VAGUE_KM = 60.0
_VAGUE = (None, "artillery", "rocket")
_REGION, _FIRST = 2, 2
_MOST = 150
"""Sentences that are read for one launch at most."""


def _sharper(new: Mention, old: Mention) -> bool:
    """Whether a launch place says much more exactly what a vague one said before."""
    if new.place is None or old.place is None:
        return False
    return old.place.radius_km > _VAGUE_KM and new.place.radius_km < old.place.radius_km / 2


@dataclass
class Draft:
    """A launch in the making.

    Parameters
    ----------
    actor : ISO 3166-1 alpha-3, or a group's name
    background : whether the text only recalls it
    item : the item of a list that tells of it
    days, said : first and last day (ISO), and the sentence that gives them
    launch, impact : places where it started and came down, as the text gives them; the first launch place counts
    some : places where one of several came down
    target : places that it was fired at
    kind : the class that the text's words name first, else that of a named system
    told_kind, told_weapons, under_water, cruise : what the sentences that tell of the launch say of the class
    """

    actor: str | None
    background: bool = False
    item: Item | None = None
    facts: list[Fact] = field(default_factory=list)
    weapons: list[WeaponPhrase] = field(default_factory=list)
    days: tuple[str, str] | None = None
    said: Fact | None = None
    launch: list[Mention] = field(default_factory=list)
    impact: list[Mention] = field(default_factory=list)
    some: list[Mention] = field(default_factory=list)
    target: list[Mention] = field(default_factory=list)
    kind: str | None = None
    told_kind: str | None = None
    told_weapons: int = 0
    under_water: bool = False
    cruise: bool = False

    @property
    def end(self) -> int:
        """Offset at which the last sentence about it ends."""
        return self.facts[-1].span[1]

    @property
    def several(self) -> bool:
        """Whether the text counts more than one of what was fired."""
        return any(weapon.count and weapon.count > 1 for weapon in self.weapons)

    def take(self, fact: Fact, *, launches: bool) -> None:
        """Add what a sentence says.

        Parameters
        ----------
        launches : whether it tells of the launch, or goes on about it
        """
        if len(self.facts) >= _MOST:
            return
        self.facts.append(fact)
        left = launch_places(fact)
        if launches:
            self.actor = self.actor or fact.actor
            self.weapons.extend(fact.weapons)
            if self.days is None and fact.days:
                self.days, self.said = fact.days, fact
            if left and not self.launch:
                self.launch = [max(left, key=lambda mention: (sharpness(mention) != _REGION, -mention.start))]
        else:
            self.weapons.extend(weapon for weapon in fact.weapons if self._says_more(weapon, fact))
            if left and GOES_ON_ABOUT.search(fact.text) and (not self.launch or _sharper(left[0], self.launch[0])):
                self.launch = [left[0], *self.launch]
        if fact.launches:
            self._note_kind(fact)
        self.kind = self._kind()
        if launches:
            self.target.extend(targets_of(fact))
        if fact.impacts or (launches and _FIRED_INTO.search(fact.text)) or FLEW_TO.search(fact.text):
            fallen = places_of_impact(fact, self.launch, launches=launches)
            (self.some if self.several and ONE_OF.search(fact.text) else self.impact).extend(fallen)

    def _says_more(self, weapon: WeaponPhrase, fact: Fact) -> bool:
        """Whether a weapon in a sentence that goes on about the launch says more of what was fired."""
        missiles = any("missile" in one.text.lower() for one in self.weapons)
        if weapon.kind == "artillery" and missiles:
            return False
        return bool(weapon.kind or weapon.system or (len(fact.text) < _BARE and weapon.count))

    def _kind(self) -> str | None:
        kind = self._told()
        orbit = kind == "rocket" and any(_ORBIT.search(fact.text) for fact in self.facts)
        return "SLV" if orbit or (kind == "rocket" and any(w.kind == "SLV" for w in self.weapons)) else kind

    def _told(self) -> str | None:
        if self.told_kind is not None:
            return self.told_kind
        if self.under_water:
            return "SLBM"
        own = (weapon.kind for weapon in self.weapons if weapon.kind not in _VAGUE and not weapon.by_system)
        return next(own, None) or next((weapon.kind for weapon in self.weapons if weapon.kind), None)

    def _note_kind(self, fact: Fact) -> None:
        """Note what a sentence that tells of the launch says of the class: the first two weapons in it count."""
        for weapon in fact.weapons[: _FIRST - self.told_weapons]:
            if weapon.kind and not weapon.by_system:
                self.told_kind = self.told_kind or weapon.kind
        self.told_weapons = min(_FIRST, self.told_weapons + len(fact.weapons))
        self.cruise = self.cruise or _CRUISE.search(fact.text) is not None
        self.under_water = (self.under_water or _UNDER_WATER.search(fact.text) is not None) and not self.cruise
