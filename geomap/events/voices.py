"""Who speaks in a text: each office, person or capital that says something, where, and whether first or later."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from geomap import phrases, quantities
from geomap.events.speakers import Speaker, Talk
from geomap.events.whensaid import DAY, FIRST, FIRST_SAID, LATER_SAID, PART_OF_DAY, THEN, when_said
from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.tokens import open_tokens
from geomap.types import Mention, Record, Span
from geomap.words import Office, Words

_NAME = r"(?:[A-Z][\w’'&-]*(?:\.(?=[\w ]))?(?:\w\.)?)"
_BODIES = (
    "government|presidency|embassy|ministry|ministries|(prime )?minister|president|secretary|authorit(y|ies)",
    "military|army|navy|air force|coast guard|joint (staff|chiefs)|forces|command|headquarters|commander|general",
    "admiral",
    "officials?|spokes(man|woman|person)|sources?|analysts?|rebels|guards|police|lawmakers?|intelligence",
    "state (media|television|tv|radio)|media|(news )?agency|(news)?papers?|broadcaster|office|institute|dail(y|ies)",
)
_BODY, _A_BODY = phrases.source(*_BODIES), phrases.anywhere(*_BODIES)
_OF = rf"(?: (?:close to|of|for|in|at|from|with) (?:the )?{_NAME}(?: (?:of )?{_NAME}){{0,4}}(?: (?i:{_BODY})\b)?)?"
_SMALL = (
    r"(?:(?!(?:and|as|at|because|before|but|by|for|from|had|has|have|if|in|is|its|of|on|or|our|since|that|then|to|until|was|were|"
    r"what|when|where|whether|which|while|who|whose|with|after|said|says|told|the|an?)\b)[a-z][a-z-]* )"
)
_SOMEBODY = regex(
    rf"(?<![\w’'])(?:(?:[Tt]he|[Aa]n?|[Oo]ne|[Oo]ur) )?(?:[a-z]+[’']s )?(?:{_NAME} ){{0,4}}{_SMALL}{{0,2}}?"
    rf"(?i:{_BODY})\b{_OF}(?: {_NAME}){{0,3}}"
)
"""'Defense Minister Taro Yamada', "South Korea's military", 'a source close to the Chinese military'."""
_NAMED = regex(rf"(?<![\w’'.-])(?:{_NAME} ){{0,3}}{_NAME}")
_PRONOUN = regex(r"(?<!\w)(?:it|he|she|they|(?<=to )(?:him|her|them))(?!\w)", re.IGNORECASE)
_AND = regex(r"(?<!\w)(?:and|but)(?= \w)")
"""'Tokyo first said … but later said': the one who speaks in front of it."""
_NO_NAME = phrases.words(
    "It He She They We I You This That These Those There Here Who What Which Nobody None No Neither Both All Some",
    "Others One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Note When Where While But And As In On At",
    "By For From Until After Before Still Then Later Now Nothing Everything Each Many Most Our Its His Their The A An",
)
"""What begins a sentence with a capital and names nobody."""
_WHERE = regex(r"\b(?:in|at|of|near|from|to|with|for|on|off|over) (?:the )?$", re.IGNORECASE)
"""In front of a name: it is where somebody is, not who speaks."""
_NATION = regex(rf"(?:{_NAME}(?: {_NAME})? )$")
_WHOSE = regex(r"(?:[’']s|ese|an|ish|i|[A-Z]\.) $|(?:Japan|Taiwan|Norway|Iran) $")
_POSSESSIVE = regex(r"[’']s?$")
_ARTICLE = regex(r"^(?:the|an?|one|our) ", re.IGNORECASE)
_ARTICLE_BEFORE = regex(r"\b(?:the|an?) $", re.IGNORECASE)

_VERB = phrases.anywhere(
    # to say
    "sa(id|ys?|ying)|t(old|ells)|announc(ed|es?)|report(ed|s)|stat(ed|es)|add(ed|s)|not(ed|es)|wr(ote|ites?)",
    "acknowledg(ed|es)",
    "clai(med|ms)|insist(ed|s)|maintain(ed|s)|confirm(ed|s)|admit(ted|s)|den(ied|ies)",
    "spoke of|speaks? of|nam(ed|es)|g(ave|ives)",
    # to take for
    "estimat(ed|es)|believ(ed|es?)|th(inks?|ought)|presum(ed|es)|assess(ed|es)|judg(ed|es)|suspect(ed|s)|reckon(ed|s)",
    "conclud(ed|es)|calculat(ed|es)|analy[sz](ed|es)",
    "puts? (the|its|it|this|that|them|their)|plac(ed|es?) the|ha(s|d) it at|makes? it",
    # to see
    "count(ed|s)|detect(ed|s)|measur(ed|es)|track(ed|s)|record(ed|s)|spotted|observ(ed|es)|s(aw|ees?)|identif(ied|ies)|register(ed|s)",
    # to say otherwise
    "revis(ed|es)|correct(ed|s)|withdr(ew|aws)|retract(ed|s)|amend(ed|s)|updat(ed|es)",
    "(rais|lower|chang|cut|increas|reduc|halv)\\w{0,3} (the|its|his|her|their) .. "
    "(count|number|total|tally|figure|estimate|distance|height|altitude)",
    "took (that|this|it|(the|its|his|her) \\w+) back",
)
"""To say, to take for, to see: what is behind it is somebody's statement."""
_BETWEEN = regex(
    r"^(?: \([^)]{1,40}\))?(?:, (?!and |but |or |while )[^,;:.]{2,60},)?,?"
    rf"(?: (?:has|have|had|also|already|only|still|itself|again|would|\w+ly|{FIRST}|{THEN}|on [A-Z]\w+day|of))* $"
)
"""Between who speaks and the verb."""
_GOES_ON = frozenset({" ", ","})
_SAID_BY = (
    r"(?:sa(?:id|ys?)|added|adds|noted|notes|wrote|writes|"
    r"(?:announced|reported|confirmed|stated|estimated|counted|measured)(?: by)?) "
)
_INVERTED, _MAY_BE_INVERTED = regex(_SAID_BY + "$"), regex(_SAID_BY)
"""In front of who speaks: 'said the ministry', 'as counted by Tokyo'."""
_ACCORDING = regex(r"\b(?:according to|citing|quoting|in the words of) ", re.IGNORECASE)
_ACCOUNT = regex(
    r"^[’']s? (?:own |latest |first )?(?:count|figures?|estimate|account|reckoning|tally|numbers?|radars?)\b"
)
_ACCOUNTS = stems(
    "according", "citing", "quoting", "words", "count", "figures", "estimate", "account", "reckoning", "tally",
    "numbers", "radars",
)  # fmt: skip
"""Those who speak are known by a verb, by one of these words, or by a colon."""
_COLON = regex(r"^(?: \([^)]{1,30}\))?: ")
_GAP = regex(rf"^,? (?:put it at |at )?{quantities.HEDGE}?{quantities.NUMBER}\b", re.IGNORECASE)
_ANOTHER_CLAUSE = regex(r"[;,:—–] ?(?:and |while |but |whereas )?(?:the )?$|\b(?:and|while|but|whereas) (?:the )?$")
_STARTS = regex(r"^[\W\d]*(?:the )?$", re.IGNORECASE)
_TRAILS = regex(
    rf"^(?: (?:in a|the|a|late|early|on|this|that|in|its|same|statement|{PART_OF_DAY}|{DAY}|later|reporters|"
    r",? citing [\w ]+))*"
    r"\s*(?:[.,;!?”\"—–)]|$)"
)
_QUOTED = regex(r"[,”\"’—–]\s*(?:as )?$")
_NEAR = 48
_LONGEST = 2000
"""Characters of a sentence in which somebody speaks, at most."""
_ANTECEDENT = 3
"""Sentences in front in which 'he' and 'it' are looked for."""
_ONE_BY_ONE = 100
"""A text of more sentences is heard from its beginning: 'he said' may hang on 'he said', as deep as a text is long."""


def listen(text: str, mentions: Sequence[Mention], countries: Mapping[str, str], words: Words) -> Talk:
    """Find all who speak in a text.

    Parameters
    ----------
    countries : country (ISO 3166-1 alpha-3) that a mention brings to mind, by the mention's id
    """
    sentences = open_tokens(text).sentences
    states = [(mention.start, mention.end, countries[mention.id]) for mention in mentions if mention.id in countries]
    starts = [first for first, _, _ in states]
    offices = words.offices(text)
    begins, ends = [at for at, _, _ in offices], [to for _, to, _ in offices]
    heard: dict[int, tuple[Speaker, ...]] = {}

    def hear(number: int) -> tuple[Speaker, ...]:
        if number not in heard:
            start, end = sentences[number]
            goes_on = number > 0 and text[max(0, start - 9) : start].rstrip()[-1:] == ";" and bool(hear(number - 1))
            own = states[bisect_left(starts, start) : bisect_left(starts, end)]
            official = offices[bisect_right(ends, start) : bisect_left(begins, end)]
            before = partial(last_before, number)
            heard[number] = tuple(_speakers(text, (start, end), before, own, official, words, goes_on=goes_on))
        return heard[number]

    def last_before(number: int) -> Speaker | None:
        near = range(number - 1, max(0, number - _ANTECEDENT) - 1, -1)
        return next((spoken[-1] for at in near if (spoken := hear(at))), None)

    if len(sentences) > _ONE_BY_ONE:
        for number in range(len(sentences)):
            hear(number)
    return Talk(text, sentences, hear)


class _Body(Record, kw_only=True):
    """Words that may name a speaker; ``known`` when they are an office, a person with a title, or a state."""

    start: int
    end: int
    by: str
    state: str | None
    bare: bool
    known: bool
    pronoun: bool = False


def _speakers(
    text: str,
    span: Span,
    before: Callable[[], Speaker | None],
    states: Sequence[tuple[int, int, str]],
    offices: Sequence[tuple[int, int, Office]],
    words: Words,
    *,
    goes_on: bool,
) -> list[Speaker]:
    """Who speaks in a sentence, in the order of the text.

    Parameters
    ----------
    goes_on : whether it is the second half of a sentence in which somebody spoke
    before : who spoke last in the sentences in front, for 'he said'
    states, offices : start, end and country of what brings one to mind in it, and those of offices
    """
    start = span[0]
    if span[1] - start > _LONGEST or not (goes_on or _may_speak(text[start : span[1]])):
        return []
    bodies = _bodies(text, span, states, offices, words)
    found: dict[int, Speaker] = {}
    for body in bodies:
        for verb_start, verb_end in _frames(text, span, body, bodies, spoken=goes_on or bool(found)):
            first = min(body.start, verb_start)
            last = max(body.end, verb_end)
            if any(one.start < last and first < one.end for one in found.values()):
                continue
            if body.pronoun:
                inside = [one for one in found.values() if one.start < body.start]
                if _AND.fullmatch(text[body.start : body.end]) and not found:
                    continue
                first_of_all = next(
                    (one for one in bodies if one.known and _STARTS.match(text[start : one.start])), None
                )
                meant: _Body | Speaker | None
                if inside:
                    meant = inside[-1]
                elif first_of_all is not None and first_of_all.start < body.start:
                    meant = first_of_all
                else:
                    meant = before()
                if meant is None:
                    continue
                body = _Body(
                    start=body.start, end=body.end, by=meant.by, state=meant.state, bare=meant.bare, known=True
                )
            found[first] = _made(text, span, body, (verb_start, verb_end))
    return [found[at] for at in sorted(found)]


def _may_speak(sentence: str) -> bool:
    """Whether somebody may speak in a sentence, by its words."""
    by_words = _VERB.may_be_in(sentence) or may_have(sentence, _ACCOUNTS)
    return by_words or ": " in sentence or _MAY_BE_INVERTED.search(sentence) is not None


def _bodies(
    text: str,
    span: Span,
    states: Sequence[tuple[int, int, str]],
    offices: Sequence[tuple[int, int, Office]],
    words: Words,
) -> list[_Body]:
    """The words of a sentence that may name a speaker; of two that overlap the one that is known better, or longer."""
    start, end = span
    sentence = text[start:end]
    found: list[_Body] = []

    def add(first: int, last: int, state: str | None, *, known: bool, bare: bool = False) -> None:
        for at, to, country in states if state is None else ():
            whole = to - at >= last - first - len("the ")
            if first <= at and to <= last and (known or whole):  # a person may be called like a state
                state, bare = state or country, whole
        known = known or state is not None
        if any(one.start < last and first < one.end and one.known >= known for one in found):
            return
        by = _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(text[first:last].split())))
        found.append(_Body(start=first, end=last, by=by, state=state, bare=bare, known=known))

    somebody = list(_SOMEBODY.finditer(sentence)) if _A_BODY.may_be_in(sentence) else []
    for at, to, office in ((at - start, to - start, office) for at, to, office in offices if start <= at and to <= end):
        nation = _NATION.search(sentence[max(0, at - _NEAR) : at])
        first = at - len(nation[0]) if nation and _WHOSE.search(nation[0]) else at
        longer = next((m for m in somebody if m.start() <= first and to <= m.end()), None)
        if longer is not None:
            first, to = longer.span()
        add(start + first, start + to, office.state, known=True)
    for match in somebody:
        add(start + match.start(), start + match.end(), None, known=True)
    for match in _NAMED.finditer(sentence):
        first = match.start()
        name = match[0]
        while name.partition(" ")[0] in _NO_NAME or words.is_calendar(name.partition(" ")[0]):
            gone, _, name = name.partition(" ")
            first += len(gone) + 1
            if not name:
                break
        where = _WHERE.search(sentence[max(0, first - _NEAR) : first])
        if name and not where and not words.is_calendar(name.rpartition(" ")[2]):
            add(start + first, start + match.end(), None, known=False)
    for match in (*_PRONOUN.finditer(sentence), *_AND.finditer(sentence)):
        first, last = start + match.start(), start + match.end()
        found.append(_Body(start=first, end=last, by="", state=None, bare=False, known=False, pronoun=True))
    return sorted(found, key=lambda one: one.start)


def _frames(text: str, span: Span, body: _Body, bodies: Sequence[_Body], *, spoken: bool) -> Iterator[Span]:
    """The verbs with which somebody speaks; a span without length where there is none ('Seoul: 700 km').

    Parameters
    ----------
    spoken : whether somebody spoke in the sentence in front of it
    """
    start, end = span
    front, behind = text[max(start, body.start - _NEAR) : body.start], text[body.end : min(end, body.end + 2 * _NEAR)]
    for spoken_by in _VERB.finditer(text, body.end, min(end, body.end + 2 * _NEAR)) if behind[:1] in _GOES_ON else ():
        if _BETWEEN.match(text[body.end : spoken_by.start()]):
            yield spoken_by.span()
            return
    ahead = _ARTICLE_BEFORE.sub("", front)
    offset = body.start - len(front)
    if found := next((m for m in _ACCORDING.finditer(ahead) if m.end() == len(ahead)), None):
        at = offset + found.start()
        yield at, at + len(found[0].rstrip())
        return
    if body.pronoun:
        return
    if verb := _INVERTED.search(ahead):
        at = offset + verb.start()
        if not any(other.end <= at and _BETWEEN.match(text[other.end : at]) for other in bodies if other is not body):
            yield at, offset + verb.end() - 1
            return
    if body.known and (
        _ACCOUNT.match(behind) or (behind[:1] == " " and _ACCOUNT.match("’s" + behind) and body.by[-1:] == "s")
    ):
        yield body.end, body.end
    elif (
        body.known
        and _COLON.match(behind)
        and (_STARTS.match(text[start : body.start]) or _ANOTHER_CLAUSE.search(front))
    ):
        if not text[body.start : body.end].isupper() or len(body.by) < 5:
            yield body.end, body.end
    elif (
        body.known
        and spoken
        and _GAP.match(behind)
        and (_ANOTHER_CLAUSE.search(front) or _STARTS.match(text[start : body.start]))
    ):
        yield body.end, body.end


def _made(text: str, span: Span, body: _Body, verb: Span) -> Speaker:
    start, end = span
    first, last = min(body.start, verb[0]), max(body.end, verb[1])
    front, behind = _ARTICLE_BEFORE.sub("", text[start:first]), text[last:end]
    inverted = verb[0] < body.start
    quoted = _QUOTED.search(front) is not None or (inverted and bool(front.strip()))
    leads = not (quoted and (inverted or _TRAILS.match(behind) is not None))
    spoken = text[body.end : verb[1]] if verb[1] > body.end else text[verb[0] : verb[1]]
    said = when_said(front[-_NEAR:] if leads else "", spoken, behind[:_NEAR], text[verb[0] : verb[1]])
    told = f"{said or ''} {spoken}"
    return Speaker(
        start=first,
        end=last,
        by=body.by,
        state=body.state,
        bare=body.bare,
        leads=leads,
        verb=text[verb[0] : verb[1]].lower(),
        said=said,
        first=FIRST_SAID.search(told) is not None,
        later=LATER_SAID.search(told) is not None,
    )
