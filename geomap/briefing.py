"""What a briefing says of a scene: the same for slides and for documents, so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap import wording
from geomap.stage import Card, Scene, Table, Tested
from geomap.types import Record

NOT_SAID = "not said"
"""What stands in a cell where an article is silent."""

LAUNCHES = ("What", "Fired by", "How many", "When", "Launched from", "Came down", "Distance", "Apogee")
CLAIMS = ("Claim", "Who says so", "Verdict", "Margin", "Why", "Launch")
HAZARDS = ("Closed area", "Closed", "Touches", "Doubts and notes", "Article")
DIFFERENCES = ("What", "Who", "Says", "Launch")
UNLOCATED = ("What", "Why", "Words")
ASSUMED = ("What", "Launch", "Assumed", "Where", "Why")

_FROM_EVENTS = ("Weapon", "Fired by", "Number", "When", "Launched from", "Came down", "Distance", "Apogee")
_KINDS = {"conflict": "Conflict", "doubt": "Doubt", "apart": "Does not fit the rest", "note": "Note"}
_TOLD_IN_ALT, _LONGEST_ALT = 4, 900
_SOURCES = 3


class Entry(Record, kw_only=True):
    """A row of a table, with what it rests on.

    Parameters
    ----------
    verdict : ``agrees``, ``contradicts``, ``cannot tell`` or ``not tested``, for a row that has one
    muted : it is only recalled, cancelled, or was corrected later
    head : what the row is about, in a line
    words : the article's words that it rests on
    source : whose words they are
    places : positions, one each
    """

    cells: tuple[str, ...]
    verdict: str = ""
    muted: bool = False
    head: str = ""
    words: str = ""
    source: str = ""
    places: tuple[str, ...] = ()


class Sheet(Record, kw_only=True):
    """A table of the briefing; ``chip`` is the column in which a verdict stands."""

    key: str
    title: str
    headings: tuple[str, ...]
    entries: tuple[Entry, ...]
    chip: int | None = None


class Launch(Record, kw_only=True):
    """A launch in paragraphs: its words, what the text says of it, doubts, and who says what where they differ."""

    headline: str
    recalled: bool
    words: str
    source: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]


class Briefing(Record, kw_only=True):
    """All that a briefing says.

    Parameters
    ----------
    alt : the map in words, for those who cannot see it
    sources : a line for the foot of a page
    figures : a number and what there are so many of, for the first slide
    articles : the articles that it rests on
    """

    title: str
    subtitle: str
    alt: str
    sources: str
    figures: tuple[tuple[str, str], ...]
    launches: tuple[Launch, ...]
    sheets: tuple[Sheet, ...]
    articles: tuple[str, ...]
    credits: tuple[str, ...]
    caveats: tuple[str, ...]
    made: tuple[str, ...]


def make_briefing(scene: Scene) -> Briefing:
    """Put together what a briefing of a scene says."""
    tables = {table.key: table for table in scene.tables}
    launches = _launches(scene.cards, tables.get("events"))
    sheets = [
        Sheet(key="launches", title="Launches", headings=LAUNCHES, entries=launches),
        Sheet(key="claims", title="Claims and what the geometry says", headings=CLAIMS, entries=_claims(scene.cards),
              chip=CLAIMS.index("Verdict")),
        Sheet(key="hazards", title="Closed areas", headings=HAZARDS, entries=tuple(_hazards(tables.get("hazards")))),
        _plain("conflicts", "Where reports differ", DIFFERENCES, tables),
        _plain("unlocated", "Not located", UNLOCATED, tables),
        _plain("assumed", "Added by the analyst, not in the article",
               ("What", "Event", "Assumed", "Where", "Why"), tables, ASSUMED),
    ]  # fmt: skip
    told = [_dense(sheet) for sheet in sheets if sheet.entries]
    articles = _articles(scene)
    return Briefing(
        title=scene.title,
        subtitle=scene.subtitle,
        alt=_alt(scene, launches),
        sources=_sources(articles, scene),
        figures=tuple(_figures(scene.cards, tables)),
        launches=tuple(map(_launch, scene.cards)),
        sheets=tuple(told),
        articles=articles,
        credits=scene.credits,
        caveats=scene.caveats,
        made=tuple(f"{name}: {value}" for name, value in scene.made.items()),
    )


def note(entry: Entry) -> str:
    """What a row rests on, in paragraphs: the words, whose they are, and positions."""
    quoted = f"“{entry.words}”" if entry.words else ""
    said = " – ".join(part for part in (quoted, entry.source) if part)
    return "\n".join(part for part in (entry.head, said, *entry.places) if part)


# ------------------------------------------------------------------------------------------------------- tables


def _launches(cards: Sequence[Card], table: Table | None) -> tuple[Entry, ...]:
    """The launches, each from its row of the events and its card, which lie in the same order."""
    if table is None:
        return ()
    found = []
    for row, card in zip(table.rows, cards, strict=True):
        said = dict(zip(table.headings, row, strict=True))
        cells = [NOT_SAID if said[name] == wording.UNSAID else said[name] for name in _FROM_EVENTS]
        cells[0] += " (earlier, only recalled)" if card.recalled else ""
        places = [f"{name}: {said[name]}" for name in ("Launched from", "Came down") if said[name] != wording.UNSAID]
        entry = Entry(
            cells=tuple(cells),
            muted=card.recalled,
            head=card.headline,
            words=card.words,
            source=card.source,
            places=tuple(places),
        )
        found.append(entry)
    return tuple(found)


def _claims(cards: Sequence[Card]) -> tuple[Entry, ...]:
    return tuple(
        _claim(card, claim, disputed=contest.disputed)
        for card in cards
        for contest in card.contests
        for claim in contest.claims
    )


def _claim(card: Card, claim: Tested, *, disputed: bool) -> Entry:
    marked = " (later corrected)" if claim.corrected else " (disputed)" if disputed else ""
    when = f", {claim.when}" if claim.when else ""
    why = claim.why or (claim.geometry if claim.geometry != claim.verdict else "")
    return Entry(
        cells=(
            claim.claimed + marked,
            claim.by + when,
            claim.verdict.replace(" ", "\u00a0"),
            claim.far,
            why,
            card.headline,
        ),
        verdict=claim.verdict,
        muted=claim.corrected,
        head=f"{claim.line} – {claim.verdict}",
        words=claim.words,
        source=card.source,
        places=tuple(
            f"{name}: {value}"
            for name, value in (
                ("The geometry", claim.geometry),
                ("By", claim.layer),
                ("What would change the verdict", claim.change),
                ("If it is right", claim.left),
            )
            if value
        ),
    )


def _hazards(table: Table | None) -> Iterator[Entry]:
    for row in table.rows if table else ():
        assert table is not None
        said = dict(zip(table.headings, row, strict=True))
        doubts = "; ".join(part for part in (said["Doubtful"], said["Notes"]) if part)
        height = f"Height: {said['Height']}" if said["Height"] else ""
        yield Entry(
            cells=(
                said["Closed area"],
                said["Closed"] or "no time given",
                said["Touches"].replace(" %", "\u00a0%"),
                doubts,
                said["Article"],
            ),
            muted="(cancelled)" in said["Closed area"],
            head=said["Closed area"],
            words=said["Words"],
            source=said["Article"],
            places=tuple(part for part in (said["Shape"], height) if part),
        )


def _plain(
    key: str, title: str, wanted: Sequence[str], tables: dict[str, Table], headings: Sequence[str] | None = None
) -> Sheet:
    """Some columns of a table of the scene as they are."""
    table = tables.get(key)
    entries = []
    for row in table.rows if table else ():
        assert table is not None
        said = dict(zip(table.headings, row, strict=True))
        cells = tuple(said[name] for name in wanted)
        source = said.get("Article", "")
        entries.append(Entry(cells=cells, head=cells[0], words=said.get("Words", ""), source=source))
    return Sheet(key=key, title=title, headings=tuple(headings or wanted), entries=tuple(entries))


def _dense(sheet: Sheet) -> Sheet:
    """The table without the columns in which nothing stands, and without the launch where there is only one."""
    full = [
        place
        for place, name in enumerate(sheet.headings)
        if place == 0 or any(entry.cells[place] not in ("", NOT_SAID) for entry in sheet.entries) or name in _KEPT
    ]
    launch = sheet.headings.index("Launch") if "Launch" in sheet.headings else None
    if launch is not None and len({entry.cells[launch] for entry in sheet.entries}) == 1:
        full = [place for place in full if place != launch]
    chip = full.index(sheet.chip) if sheet.chip is not None else None
    entries = tuple(
        Entry(
            cells=tuple(entry.cells[place] for place in full),
            verdict=entry.verdict,
            muted=entry.muted,
            head=entry.head,
            words=entry.words,
            source=entry.source,
            places=entry.places,
        )
        for entry in sheet.entries
    )
    headings = tuple(sheet.headings[place] for place in full)
    return Sheet(key=sheet.key, title=sheet.title, headings=headings, entries=entries, chip=chip)


_KEPT = ("Fired by", "How many", "When", "Launched from", "Came down", "Verdict", "Closed")
"""Columns that stand even where nobody says anything: that is news, too."""


# ----------------------------------------------------------------------------------------------------- launches


def _launch(card: Card) -> Launch:
    facts = [(fact.name, " · ".join((fact.said, *fact.more))) for fact in card.facts]
    notes = [(_KINDS[one.kind], one.text) for one in card.notes]
    for topic in card.topics:
        if topic.differ or any(saying.corrected for saying in topic.sayings):
            said = "; ".join(
                f"{one.by}{f' ({one.when})' if one.when else ''}: “{one.said}”"
                + (" (later corrected)" if one.corrected else "")
                for one in topic.sayings
            )
            notes.append((f"On {topic.about}", said))
    if card.estimate is not None:
        taken = f" (taken for granted: {'; '.join(card.estimate.assumptions)})" if card.estimate.assumptions else ""
        notes.append(("Estimate, computed and not read", card.estimate.text + taken))
    return Launch(
        headline=card.headline,
        recalled=card.recalled,
        words=card.words,
        source=card.source,
        facts=tuple(facts),
        notes=tuple(notes),
    )


def _figures(cards: Sequence[Card], tables: dict[str, Table]) -> Iterator[tuple[str, str]]:
    """What there is, counted."""
    current = sum(not card.recalled for card in cards)
    recalled = len(cards) - current
    verdicts = [claim.verdict for card in cards for contest in card.contests for claim in contest.claims]
    if current:
        yield str(current), "launch" if current == 1 else "launches"
    if recalled:
        yield str(recalled), "earlier, only recalled"
    if verdicts:
        counted = ", ".join(f"{verdicts.count(one)} {_VERBS[one]}" for one in _VERBS if one in verdicts)
        yield str(len(verdicts)), f"{'claim' if len(verdicts) == 1 else 'claims'} on a zone: {counted}"
    for key, one, several in (("hazards", "closed area", "closed areas"), ("conflicts", "", "")):
        count = len(tables[key].rows) if key in tables and one else 0
        if count:
            yield str(count), one if count == 1 else several
    if not cards and "places" in tables:
        yield str(len(tables["places"].rows)), "places named"


_VERBS = {
    "agrees": "agreed with",
    "contradicts": "contradicted",
    "cannot tell": "cannot be settled",
    "not tested": "not tested",
}


# ------------------------------------------------------------------------------------------------- words about it


def _alt(scene: Scene, launches: Sequence[Entry]) -> str:
    """The map in words."""
    said = [f"Map: {scene.title}."]
    current = [entry for entry in launches if not entry.muted] or list(launches)
    for entry in current[:_TOLD_IN_ALT]:
        where = "; ".join(entry.places) or "the text does not say where"
        said.append(f"{entry.head}: {where}.")
    if len(current) > _TOLD_IN_ALT:
        said.append(f"And {len(current) - _TOLD_IN_ALT} more launches.")
    seen = dict.fromkeys(layer.group for layer in scene.layers if layer.group and layer.shown)
    if seen:
        said.append(f"It shows: {', '.join(seen)}.")
    text = " ".join(said)
    return text if len(text) <= _LONGEST_ALT else text[:_LONGEST_ALT].rpartition(" ")[0] + " …"


def _articles(scene: Scene) -> tuple[str, ...]:
    """Whose words the scene rests on, each once."""
    if "article 2" not in scene.made:
        return (" · ".join(part for part in (scene.title, scene.subtitle) if part),)
    found = [
        row[table.headings.index("Article")]
        for table in scene.tables
        if table.key in ("places", "unlocated", "hazards")
        for row in table.rows
    ]
    return tuple(dict.fromkeys([one for one in found if one] or [card.source for card in scene.cards if card.source]))


def _sources(articles: Sequence[str], scene: Scene) -> str:
    told = [wording.few(articles, _SOURCES)] if articles else []
    return f"Sources: {'; '.join([*told, *(one.rstrip('.') for one in scene.credits)])}. geomap {scene.made['geomap']}"
