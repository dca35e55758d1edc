"""From the facts of sentences to launches: what belongs together, what is recalled, what is another launch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from geomap.events.clauses import Figures
from geomap.events.facts import Fact, is_launch_place, sharpness
from geomap.events.weapons import WeaponPhrase
from geomap.types import Claim, Mention
from geomap.words import open_words

_UNDER_WATER = re.compile(
    r"missile[^.]{0,60}\b(?:under ?water|(?:by|from|of) (?:a|its) submarine)\b|submarine[- ]launched|\bsubmarine missile|submarine [^.]{0,30}fired a \S+ missile",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:a|one|another) splash\b|\bone of (?:them|these|those|the)\b|\bone (?:came|fell|landed|hit)", re.IGNORECASE
)
_IDENTIFIES = re.compile(
    r"\b(?:identif\w+|regard\w+|believ\w+|assess\w+|takes? (?:it|the \w+) for|looks? (?:like|of)|describ\w+|suspect\w*|credited|is a (?:relative|variant)|"
    r"was an?|it a|calls? it|called|named|the name|type\b|from (?:an?|the) (?:same|new))",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:no|ban|forbid\w*|against|plan\w*|expect\w*|future|further|more|any|possible|warn\w*|all)\b[^.]{0,40}$",
    re.IGNORECASE,
)
_NOMINAL = re.compile(r"\b(?:tests?|test-firings?|launch(?:es)?|firings?) of (?:[a-z-]+ )?$", re.IGNORECASE)
_FAILED = re.compile(r"\b(?:fail(?:ed|ure|s)?|explod\w+|blew up|broke up|disintegrat\w+|lost the)\b", re.IGNORECASE)
_LOFTED = re.compile(r"\b(lofted|steep\w*|vertical\w*)\b", re.IGNORECASE)
_IRREGULAR = re.compile(
    r"\b(irregular\w*|pull-?up|figures? of eight|figure-?(?:8|eight)|ovals?|elliptical|evasive)\b", re.IGNORECASE
)
_PLATFORMS = (
    ("train", r"railway wagon|train|rail-(?:mobile|borne)"), ("submarine", r"submarine|under ?water"), ("silo", r"\bsilos?\b"),
    ("TEL", r"mobile launcher|transporter|\bTELs?\b|road-mobile"), ("ship", r"warship|destroyer|frigate|from a ship"),
    ("pad", r"launch ?pad|cosmodrome|spaceport|launch site|Launch Site|launch center"), ("airfield", r"\bairfield|airport\b"),
    ("aircraft", r"from (?:an|its) aircraft|bomber"),
)  # fmt: skip


@dataclass
class Draft:
    """A launch in the making."""

    actor: str | None
    facts: list[Fact] = field(default_factory=list)
    weapons: list[WeaponPhrase] = field(default_factory=list)
    day: tuple[str, str] | None = None
    said: Fact | None = None
    background: bool = False
    launch: list[Mention] = field(default_factory=list)
    impact: list[Mention] = field(default_factory=list)
    some: list[Mention] = field(default_factory=list)  # where one of several came down
    claims: list[Claim] = field(default_factory=list)

    @property
    def kind(self) -> str | None:
        """The class that the text's words name first, else that of a named system."""
        fired = [weapon for fact in self.facts if fact.launches for weapon in fact.weapons]
        first = next((weapon.kind for weapon in fired[:2] if weapon.kind and not weapon.by_system), None)
        told = " ".join(fact.text for fact in self.facts if fact.launches)
        if first is None and _UNDER_WATER.search(told) and not re.search("cruise", told):
            return "SLBM"
        own = next(
            (w.kind for w in self.weapons if w.kind not in (None, "artillery", "rocket") and not w.by_system), None
        )
        return first or own or next((weapon.kind for weapon in self.weapons if weapon.kind), None)


def drafts(facts: Sequence[Fact], issue: str | None) -> list[Draft]:
    """Put the sentences of a text together into launches.

    Parameters
    ----------
    issue : ISO day of issue, None when unknown
    """
    made: list[Draft] = []
    current: Draft | None = None
    for number, fact in enumerate(facts):
        recalled = _is_recalled(fact, made, issue)
        if fact.launches and not (fact.dated is None and _is_title(fact, number)):
            draft = _matching(made, fact, recalled)
            if draft is None:
                draft = Draft(actor=fact.actor, background=recalled)
                made.append(draft)
            _take(draft, fact, launches=True)
            if not draft.background or current is None:
                current = draft
            made.extend(_recalled_tests(fact, draft))
            continue
        made.extend(_recalled_tests(fact, None))
        target = _target(made, fact, current, recalled)
        if target is not None:
            _take(target, fact, launches=False)
    for draft in made:
        draft.actor = draft.actor or _host(draft) or _only_actor(made)
    return [draft for draft in made if _is_something(draft)]


def _recalled_tests(fact: Fact, told: Draft | None) -> list[Draft]:
    """Launches that a sentence only mentions by a noun: 'two days after a test of a new long-range cruise missile'."""
    found = []
    for weapon in fact.weapons:
        before = fact.text[: weapon.start - fact.span[0]]
        other = told is None or (weapon.kind and weapon.kind != told.kind)
        if weapon.new and other and weapon.kind and _NOMINAL.search(before) and not _NOT_YET.search(before):
            alone = msgspec.structs.replace(
                fact,
                weapons=(weapon,),
                dated=None,
                places=(),
                zones=(),
                figures=Figures(),
                launches=False,
                impacts=False,
            )
            found.append(Draft(actor=fact.actor or fact.subject, facts=[alone], weapons=[weapon], background=True))
    return found


def _is_something(draft: Draft) -> bool:
    """A launch needs a weapon and somebody who fired, or a place."""
    return bool(draft.weapons) and bool(draft.actor or draft.impact or draft.launch)


def _is_title(fact: Fact, number: int) -> bool:
    return (
        number < 2
        and "\n" not in fact.text
        and len(fact.text) < 90
        and not fact.text.rstrip().endswith((".", "”", '"'))
    )


def _day(fact: Fact) -> tuple[str, str] | None:
    if fact.dated is None or fact.dated.first is None or fact.dated.last is None:
        return None
    return fact.dated.first, fact.dated.last


def _is_recalled(fact: Fact, made: Sequence[Draft], issue: str | None) -> bool:
    """Whether a sentence tells of something earlier than the news."""
    main = next((draft.day for draft in made if not draft.background and draft.day), None)
    day = _day(fact)
    reference = main[0] if main else issue
    if day and fact.dated is not None and reference and (fact.launches or fact.dated.grain != "year"):
        if day[1] < reference and not (
            fact.dated.grain == "day" and _days_apart(day[1], reference) <= (1 if main else 8)
        ):
            return True
        if fact.dated.grain != "day" and main and not (day[0] <= reference <= day[1]):
            return True
        if fact.dated.grain == "day" and main and _days_apart(day[1], reference) > 1:
            return True
        if day[0] <= reference <= day[1] and fact.dated.grain == "day":
            return False
    if made and fact.earlier and not (day and main and day[0] == main[0]):
        return True
    return False


def _days_apart(a: str, b: str) -> int:
    from datetime import date

    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def _matching(made: Sequence[Draft], fact: Fact, recalled: bool) -> Draft | None:
    """The launch that a sentence tells again, None when it is another one."""
    kind = next((weapon.kind for weapon in fact.weapons if weapon.kind), None)
    for draft in reversed(made):
        if draft.background != recalled:
            continue
        if fact.actor and draft.actor and fact.actor != draft.actor:
            continue
        day = _day(fact)
        if day and draft.day and (day[1] < draft.day[0] or draft.day[1] < day[0]):
            continue
        if recalled and (not day or not draft.day) and (day or draft.day or not _same_words(fact, draft)):
            continue
        if kind and draft.kind and not _compatible(kind, draft.kind):
            continue
        if kind and not draft.kind and _counts_differ(fact, draft):
            continue
        places = {mention.text for mention in fact.places if is_launch_place(fact, mention)}
        known = {mention.text for mention in draft.launch}
        if places and known and not recalled and not (places & known) and any(weapon.new for weapon in fact.weapons):
            continue
        return draft
    return None


def _counts_differ(fact: Fact, draft: Draft) -> bool:
    """'About ten missiles' and 'three short-range ballistic missiles' are two statements on different things."""
    new = {weapon.count for weapon in fact.weapons if weapon.count}
    old = {weapon.count for weapon in draft.weapons if weapon.count}
    return bool(new and old) and not new & old and min(new | old) > 1


def _compatible(a: str, b: str) -> bool:
    return a == b or {a, b} <= {"rocket", "SLV"} or {a, b} <= {"artillery", "rocket"}


def _same_words(fact: Fact, draft: Draft) -> bool:
    return (
        bool(draft.facts)
        and draft.facts[-1].span[1] + 3 >= fact.span[0]
        and not any(weapon.new for weapon in fact.weapons)
    )


def _host(draft: Draft) -> str | None:
    """The state from whose territory it was fired, where no armed group fires too."""
    grouped = {country for group in open_words().groups for country in group.countries}
    country = draft.launch[0].place.country if draft.launch and draft.launch[0].place else None
    return country if country and country not in grouped else None


def _only_actor(made: Sequence[Draft]) -> str | None:
    """The one that fires in all of the text, None when there are several or none."""
    actors = {draft.actor for draft in made if draft.actor}
    return actors.pop() if len(actors) == 1 else None


def _target(made: Sequence[Draft], fact: Fact, current: Draft | None, recalled: bool) -> Draft | None:
    """The launch that a sentence without a launch in it goes on about."""
    named = bool(fact.weapons) and bool(_IDENTIFIES.search(fact.text))
    speaks = fact.impacts or fact.zones or named or fact.figures.distance or fact.figures.apogee
    if not speaks or not made:
        return None
    last = made[-1]
    if (
        fact.pronoun
        and fact.figures != Figures()
        and current is not None
        and current.facts[-1].span[1] + 30 > fact.span[0]
    ):
        return current
    if fact.subject and current is not None and not recalled and fact.subject != current.actor:
        same = [draft for draft in made if draft.actor == fact.subject and not draft.background]
        if same:
            return same[-1]
    if recalled:
        fits = (
            last.background
            and last.facts
            and last.facts[-1].span[1] + 3 >= fact.span[0]
            and (not _day(fact) or _day(fact) == last.day)
        )
        return last if fits else None
    if (
        last is not current
        and last.background
        and last.facts[-1].span[1] + 2 >= fact.span[0]
        and not fact.start_of_block
    ):
        return last
    return current


def _take(draft: Draft, fact: Fact, *, launches: bool) -> None:
    """Add what a sentence says to a launch."""
    draft.facts.append(fact)
    if launches:
        draft.actor = draft.actor or fact.actor
        draft.weapons.extend(fact.weapons)
        if draft.day is None and _day(fact):
            draft.day, draft.said = _day(fact), fact
        starts = [mention for mention in fact.places if is_launch_place(fact, mention)]
        if starts and not draft.launch:
            draft.launch = [max(starts, key=lambda mention: (sharpness(mention) != 2, -mention.start))]
    else:
        draft.weapons.extend(weapon for weapon in fact.weapons if weapon.kind or weapon.system)
        if not draft.launch and re.search(r"\blaunch|firing point|\bleft\b|\bstood\b", fact.text):
            starts = [mention for mention in fact.places if is_launch_place(fact, mention)]
            draft.launch = starts[:1]
    if fact.impacts or (launches and re.search(r"\b(?:into|off|onto|in the direction)\b", fact.text)):
        fallen = _fallen(fact, draft, launches=launches)
        (draft.some if _ONE_OF.search(fact.text) and _many(draft) else draft.impact).extend(fallen)


def _many(draft: Draft) -> bool:
    return any(weapon.count and weapon.count > 1 for weapon in draft.weapons)


def _fallen(fact: Fact, draft: Draft, *, launches: bool) -> list[Mention]:
    """The places of a sentence at which something came down."""
    from geomap.events.clauses import _SPOT, IMPACT, LAUNCH

    impact = IMPACT.search(fact.text) or _SPOT.search(fact.text)
    start = fact.span[0]
    fell_at = impact.start() if impact else 0  # a question or heading in front may have asked where it fell
    found = []
    for mention in fact.places:
        if mention in draft.launch or is_launch_place(fact, mention) or mention.kind == "country":
            continue
        if any(
            other is not mention
            and other.expression is not None
            and other.start <= mention.start
            and mention.end <= other.end
            for other in fact.places
        ):
            continue  # an anchor within a phrase
        before = fact.text[: mention.start - start]
        if re.search(r"\b(?:lies|lie|is|are|situated|located|stands|which belongs to) $", before):
            continue  # 'the cape, which lies north of Baengnyeong'
        if launches and any(other.end + 2 == mention.start for other in fact.places if is_launch_place(fact, other)):
            continue  # 'from Abdul Kalam Island, off Dhamra' says where the island is
        near = before[-34:]
        if (
            re.search(
                r"\b(?:toward|towards|over|in the direction of|aimed at|past|across|belongs to|(?<!mouth )(?<!waters )(?<!middle )of|far from|between)(?: (?:the|its))? $",
                near,
            )
            and mention.expression is None
        ):
            continue
        offshore = mention.expression is not None and re.match(
            r"(?:the |into |in )?(?:\w+ )?(?:seas?|waters?|off)\b", mention.text
        )
        into = (
            re.search(r"\b(?:into|in|on|onto|near|at|off|to|inside|and)(?: \w+){0,4} $", near)
            or mention.expression is not None
        )
        after_impact = fact.impacts and mention.start - start >= fell_at - 4
        launch = LAUNCH.search(fact.text)
        fired_off = (
            launches
            and launch is not None
            and mention.start - start > launch.start()
            and (offshore or re.search(r"\binto (?:the )?$", near))
        )
        as_well = mention.kind == "sea" and bool(found) and bool(re.search(r"\band (?:the )?$", near))
        if (after_impact and into) or fired_off or as_well or (fact.impacts and sharpness(mention) >= 7):
            found.append(mention)
    struck = [m for m in fact.places if re.search(r"\b(?:hit|struck|reached) (?:the )?$", fact.text[: m.start - start])]
    return struck or found


def chosen_impact(mentions: Sequence[Mention]) -> list[Mention]:
    """The places that make the impact zone: the sharpest, and the rings and areas that go with it."""
    unique: list[Mention] = []
    for mention in mentions:
        if all(mention.text.lower() != other.text.lower() for other in unique):
            unique.append(mention)
    order = sorted(unique, key=lambda mention: -sharpness(mention))
    if not order:
        return []
    best = sharpness(order[0])
    if best == 3:  # whole seas: all that are named, since none of them is sharper than the other
        return [mention for mention in order if sharpness(mention) == 3]
    return order if best in (7, 5) else [m for m in order if sharpness(m) >= 7] if best >= 7 else order[:1]


def platform_of(draft: Draft) -> str | None:
    """What it was fired from, when the sentences of the launch say so."""
    text = " ".join(fact.text for fact in draft.facts if fact.launches)
    return next((platform for platform, pattern in _PLATFORMS if re.search(pattern, text)), None)


def outcome_of(draft: Draft) -> str | None:
    """``failure`` when the sentences of the launch say so."""
    return "failure" if any(_FAILED.search(fact.text) for fact in draft.facts) else None


def trajectory_of(draft: Draft) -> str | None:
    """``lofted`` or ``irregular`` when the text says so."""
    text = " ".join(fact.text for fact in draft.facts)
    return "lofted" if _LOFTED.search(text) else "irregular" if _IRREGULAR.search(text) else None
