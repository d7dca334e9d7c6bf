"""What each speaker does in saying it: the cue says it, or else the first main clause that is not plain telling.

Word lists are in lexicons/acts.yaml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.records import Act, Attribution, Decided, Evidence, Span, Speaker, SpeakerKind
from onrecord.resolve.clauses import Clause, clauses, words_of
from onrecord.resolve.countries import demonyms
from onrecord.resolve.inflection import verb_forms
from onrecord.resolve.lexicon import lexicon
from onrecord.resolve.page import Page
from onrecord.resolve.phrases import Hit, Phrases, Token, from_lexicon, tokens
from onrecord.resolve.speakers import Speakers

COURT = re.compile(
    r"\b(?:court|tribunal|jury|judges?|magistrate)\b(?! (?:notice|document|filing|record)s?)", re.IGNORECASE
)
BODY = re.compile(
    r"\b(?:court|tribunal|jury|judge|magistrate|inquiry|inquest|commission|committee|council|parliament|assembly|"
    r"senate|congress|cabinet|board|panel|legislature|house|ministry|government|authority|bureau|agency|regime|"
    r"regulator|central bank|police|department|administration)\b",
    re.IGNORECASE,
)
FOLLOWING = 7  # words of the content that a cue may need to be understood: "asked | to leave"


OFFICE = re.compile(
    r"\b(?:minister|mayor|governor|president|spokes\w+|director|secretary|chief|premier|commissioner|chairman|chairwoman|"
    r"ceo|manager|king|queen|prince|amir|emir|sheikh|sultan|superintendent|ambassador|official|administrator|chancellor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    act: Act
    span: Span | None
    note: str


@cache
def _cues() -> Phrases[tuple[str, str]]:
    return from_lexicon(lexicon("acts")["cues"])


@cache
def _performed() -> Phrases[tuple[str, str]]:
    """Verbs that make an act in the first person, each with the act that it is as a cue."""
    listed = {" ".join(str(entry).split()) for entry in lexicon("acts")["performed"]}
    groups = {
        act: {"verbs": [verb for verb in kinds.get("verbs", ()) if verb in listed or verb.split()[0] in listed]}
        for act, kinds in lexicon("acts")["cues"].items()
        if act != "state"
    }
    return from_lexicon(groups)


@cache
def _predicates() -> Phrases[tuple[str, str]]:
    return from_lexicon({act: {"words": entries} for act, entries in lexicon("acts")["predicates"].items()})


@cache
def _withheld() -> frozenset[str]:
    return frozenset(form for verb in lexicon("acts")["withheld"] for form in verb_forms(verb))


@cache
def _light() -> frozenset[str]:
    return frozenset(form for verb in lexicon("acts")["light"] for form in verb_forms(verb))


def find_acts(page: Page, speakers: Sequence[Speakers]) -> list[Decided[Act]]:
    """The act of each attribution."""
    return [_decided(_find(page, one, who)) for one, who in zip(page.attributions, speakers, strict=True)]


def _decided(found: _Found) -> Decided[Act]:
    return Decided(found.act, (Evidence("act", "rule:acts", found.span, None, found.note),))


def _find(page: Page, one: Attribution, who: Speakers) -> _Found:
    cue = [token for span in one.cue for token in tokens(page.text, span.start, span.end)]
    after = [
        token for span in one.contents[:1] for token in tokens(page.text, span.start, min(span.end, span.start + 60))
    ][:FOLLOWING]
    said = _of_cue(cue, after, who)
    if said is not None and said.act is not Act.STATE:
        if any(COURT.search(speaker.name) for speaker in who):
            return _Found(Act.RULE, said.span, "a court rules, whatever the verb")
        return said
    return _of_content(page, one, who) or said or _Found(Act.STATE, None, "neither cue nor content says more")


def _of_cue(cue: Sequence[Token], after: Sequence[Token], who: Speakers) -> _Found | None:
    """What the words of the cue say, with the first words after them; None when they say nothing."""
    words = [token.word for token in (*cue, *after)]
    size = len(cue)
    negated = any(word in words_of("negations") for word in words[:size])
    if negated and any(word in _withheld() for word in words[:size]):
        return _Found(Act.REFUSE, cue[0].span, "something is withheld")
    light = any(word in _light() for word in words[:size])
    hits = [hit for hit in _cues().within(words) if hit.first < size or (light and hit.value[1] == "nouns")]
    hit = _telling(hits)
    if hit is None:
        return None
    act = _refined(Act(hit.value[0]), hit, words, size, who)
    place = (*cue, *after)[hit.first]
    note = f"the cue says {' '.join(words[hit.first : hit.end])!r}"
    return _Found(act, place.span, note)


def _telling(hits: Sequence[Hit[tuple[str, str]]]) -> Hit[tuple[str, str]] | None:
    """Of several words of a cue the one that tells most: a verb before a noun, the last, plain telling only alone."""
    ranked = [(hit.value[0] != "state", hit.value[1] != "nouns", hit.first, hit) for hit in hits]
    return max(ranked, key=lambda rank: rank[:3])[-1] if ranked else None


def _refined(act: Act, hit: Hit[tuple[str, str]], words: Sequence[str], size: int, who: Speakers) -> Act:
    """The act of a word whose meaning hangs on what follows it or on who speaks."""
    word, after = words[hit.first], words[size:]
    if act is Act.DENY and words_of("requested") & set(after):
        return Act.RULE if _is_body(who) else Act.REFUSE
    by_body = next((choice for stem, choice in BY_BODY.items() if word.startswith(stem)), None)
    if by_body is not None:
        return by_body[0] if _is_body(who) or not who else by_body[1]
    return _by_complement(act, word, words[hit.end : hit.end + 2], after, negated="not" in words[:size])


# Acts of those who may decide, or of nobody named, and of others.
BY_BODY = {
    "decid": (Act.RULE, Act.INTEND),
    "decision": (Act.RULE, Act.INTEND),
    "declar": (Act.RULE, Act.STATE),
    "found": (Act.RULE, Act.STATE),
    "find": (Act.RULE, Act.STATE),
}


def _by_complement(act: Act, word: str, following: Sequence[str], after: Sequence[str], *, negated: bool) -> Act:
    """The act of "ask", "tell", "want" and "agree" by what they are followed by."""
    if word.startswith("ask") and "to" in (*following, *after) and not words_of("asking") & {*following, *after}:
        return Act.DEMAND
    if word.startswith(("tell", "told")) and "to" in after[:2]:
        return Act.DEMAND
    if word.startswith("want") and after and "to" not in after[:1]:
        return Act.DEMAND if "to" in after else act
    if word.startswith("agree") and negated:
        return Act.REFUSE
    if (
        word.startswith(("assur", "reassur"))
        and "that" in (*following, *after[:1])
        and not words_of("future") & set(after)
    ):
        return Act.STATE
    return Act.STATE if word.startswith("agree") and "that" in (*following, *after[:1]) else act


def _is_body(who: Speakers) -> bool:
    """Whether a deciding body speaks."""
    return any(speaker.kind is SpeakerKind.GOVERNMENT or BODY.search(speaker.name) for speaker in who)


def _of_content(page: Page, one: Attribution, who: Speakers) -> _Found | None:
    """The act of the first main clause that is more than telling."""
    own = frozenset(word for speaker in who for word in _own_words(speaker))
    official = any(_is_official(speaker) for speaker in who)
    for clause in clauses(page.text, one.contents):
        found = _of_clause(clause, own, official=official)
        if found is not None:
            return found
    return None


def _is_official(speaker: Speaker) -> bool:
    """Whether somebody speaks for a body whose doings are then the speaker's own."""
    if speaker.kind in (SpeakerKind.GOVERNMENT, SpeakerKind.ORGANISATION):
        return True
    return speaker.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED) and bool(
        OFFICE.search(speaker.role or speaker.name)
    )


def _own_words(speaker: Speaker) -> Iterator[str]:
    """Words by which speakers name themselves and their own side: "Chinese" of China's ambassador."""
    yield from (word.lower() for word in speaker.name.split()[-1:])
    if speaker.affiliation and len(speaker.affiliation.split()) <= 2:
        yield from (word.lower() for word in speaker.affiliation.split() if word[:1].isupper())
    if speaker.country:
        yield from demonyms(speaker.country)


def _of_clause(clause: Clause, own: frozenset[str], *, official: bool) -> _Found | None:
    """The act of one clause; None when it only tells."""
    words = clause.words
    if clause.asks:
        return _Found(Act.ASK, clause.sentence, "the sentence is a question")
    subject = _subject(words)
    performed = _performed().at(words, subject) if subject is not None else None
    if performed is not None and subject is not None:
        act = Act(performed.value[0])
        return _Found(act, clause.tokens[subject].span, f"the speaker says {' '.join(words[: performed.end][-4:])!r}")
    return _of_predicate(clause, words, own) or _of_modal(clause, words, own, official=official)


def _subject(words: Sequence[str]) -> int | None:
    """Where the verb stands whose subject is the speaker, auxiliaries and adverbs passed over; None without one."""
    for place, word in enumerate(words[:4]):
        if word in words_of("own"):
            at = place + 1
            while at < len(words) and (words[at].endswith("ly") or words[at] in words_of("passed_over")):
                at += 1
            return at if at < len(words) else None
    return None


# The first of these that a clause says is its act.
ORDER = ("deny", "regret", "pledge", "intend", "believe", "accuse", "demand", "condemn", "warn", "praise", "predict")


def _of_predicate(clause: Clause, words: Sequence[str], own: frozenset[str]) -> _Found | None:
    hits = _predicates().within(words)
    for act in ORDER:
        for hit in hits:
            if hit.value[0] == act and _holds(act, hit, words, own):
                note = f"the content says {' '.join(words[hit.first : hit.end])!r}"
                ours = "going" in words[hit.first : hit.end] and {"i", "we"} & set(words[: hit.first + 1])
                return _Found(Act.PLEDGE if ours else Act(act), clause.tokens[hit.first].span, note)
    return None


def _holds(act: str, hit: Hit[tuple[str, str]], words: Sequence[str], own: frozenset[str]) -> bool:
    """Whether a predicate makes the act of its clause where it stands."""
    before = words[max(0, hit.first - 4) : hit.first]
    if act in ("predict", "pledge", "believe", "regret"):
        return True
    if any(word in words_of("negations") for word in before) and act != "demand":
        return False
    if act == "demand":
        return words[0] not in ("i", "we") and "no" not in before
    if act == "intend":
        return any(word in words_of("own") or word in own for word in words[: hit.first])
    if act in lexicon("acts")["of_something"]:
        return hit.first < 2 or any(word in words_of("be") for word in before)
    return True


def _of_modal(clause: Clause, words: Sequence[str], own: frozenset[str], *, official: bool) -> _Found | None:
    for place, word in enumerate(words[:20]):
        if word in words_of("future"):
            act = Act.PLEDGE if _binds(words, place, own, official=official) else Act.PREDICT
            return _Found(act, clause.tokens[place].span, f"the content says {word!r}")
        if word in words_of("possibility") and clause.is_modal(place):
            return _Found(Act.PREDICT, clause.tokens[place].span, f"the content says {word!r}")
    return None


def _binds(words: Sequence[str], place: int, own: frozenset[str], *, official: bool) -> bool:
    """Whether "will" at `place` is about the speaker's own doing: what "we" do, or what an office has done."""
    before = words[max(0, place - 4) : place]
    after = [
        word for word in words[place + 1 : place + 5] if not word.endswith("ly") and word not in words_of("negations")
    ]
    verb = after[0] if after else ""
    ours = any((subject in words_of("own") and subject != "it") or subject in own for subject in before)
    if verb in ("be", "have"):
        passive = len(after) > 1 and bool(re.match(lexicon("clauses")["participle"], after[1]))
        return official and passive
    if verb in words_of("stative"):
        return False
    return ours or (official and verb not in words_of("effects"))
