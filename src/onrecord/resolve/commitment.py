"""How far each speaker stands behind what is said. After FactBank: polarity and certainty of the main clause.

Word lists are in lexicons/commitment.yaml and lexicons/clauses.yaml.
"""

from collections.abc import Sequence
from functools import cache

from onrecord.records import Act, Attribution, Certainty, Commitment, Decided, Evidence, Polarity, Span
from onrecord.resolve.clauses import Clause, clauses, words_of
from onrecord.resolve.lexicon import lexicon
from onrecord.resolve.page import Page
from onrecord.resolve.phrases import Phrases, from_lexicon, tokens

UNDECIDED = frozenset((Act.ASK, Act.DEMAND, Act.PROPOSE))  # nothing is said to be so
SURE = frozenset((Act.RULE, Act.REFUSE, Act.PRAISE, Act.CONFIRM, Act.DENY, Act.REGRET, Act.THREATEN, Act.CONDEMN))
WEIGHED = frozenset((Act.INTEND, Act.BELIEVE, Act.PREDICT, Act.ACCUSE))  # the cue's own verb says how sure
EMBEDDED = frozenset(("whether", "how", "why", "what", "when", "where", "who", "if", "which"))
FINITE = 14  # words of a main clause in which its verb and what negates it stand
CONDITION_END = frozenset((",", ".", ";", "!", "?", ":"))

Proof = tuple[str, Span | None, str]  # field, words, note


@cache
def _cues() -> Phrases[tuple[str, str]]:
    return from_lexicon(lexicon("commitment")["cues"])


@cache
def _hedges() -> Phrases[tuple[str, str]]:
    return from_lexicon({level: {"words": words} for level, words in lexicon("commitment")["hedges"].items()})


@cache
def _conditions() -> Phrases[tuple[str, str]]:
    lists = lexicon("commitment")
    return from_lexicon({name: {"words": lists[name]} for name in ("conditions", "requiring")})


def find_commitments(page: Page, acts: Sequence[Decided[Act]]) -> list[Decided[Commitment]]:
    """Polarity, certainty, hedge and condition of each attribution."""
    return [_find(page, one, act) for one, act in zip(page.attributions, acts, strict=True)]


def _find(page: Page, one: Attribution, act: Decided[Act]) -> Decided[Commitment]:
    found = list(clauses(page.text, one.contents))
    clause = _deciding(found, act)
    hedge = _hedge(found, clause)
    certainty, why = _certainty(page, one, act.value, clause, hedge)
    polarity, denied = _polarity(page, one, act.value, clause)
    condition = _condition(page, one)
    limit = _limit(found)
    hedge = (limit, "none") if limit is not None else hedge
    commitment = Commitment(polarity, certainty, hedge[0] if hedge else None, condition)
    proofs = [Evidence("polarity", "rule:commitment", *denied), Evidence("certainty", "rule:commitment", *why)]
    if hedge:
        proofs.append(Evidence("hedge", "rule:commitment", hedge[0], None, "words by which the speaker limits it"))
    if condition:
        proofs.append(Evidence("condition", "rule:commitment", condition, None, "words that it hangs on"))
    return Decided(commitment, tuple(proofs))


def _deciding(found: Sequence[Clause], act: Decided[Act]) -> Clause | None:
    """The clause that gave the act, or else the first."""
    for proof in act.evidence:
        if proof.span is not None:
            for clause in found:
                if clause.sentence.start <= proof.span.start < clause.sentence.end:
                    return clause
    return found[0] if found else None


Hedge = tuple[Span, str]  # the words, and how sure they leave it


def _hedge(found: Sequence[Clause], clause: Clause | None) -> Hedge | None:
    """The first word of the main clause by which the speaker limits what he says."""
    if clause is None:
        return None
    hits = [hit for hit in _hedges().within(clause.words) if hit.value[0] != "none" and hit.first < FINITE]
    for hit in hits:
        if clause.words[hit.first] in words_of("possibility") and not clause.is_modal(hit.first):
            continue
        if clause.words[hit.first] == "can" and "not" in clause.words[hit.first + 1 : hit.first + 2]:
            continue
        if clause.words[hit.first] != "can":
            return Span(clause.tokens[hit.first].span.start, clause.tokens[hit.end - 1].span.end), hit.value[0]
    return None


def _limit(found: Sequence[Clause]) -> Span | None:
    """Words that limit what is said without making it less certain: "in some way"."""
    for clause in found:
        for hit in _hedges().within(clause.words):
            if hit.value[0] == "none":
                return Span(clause.tokens[hit.first].span.start, clause.tokens[hit.end - 1].span.end)
    return None


Why = tuple[Span | None, float | None, str]


def _certainty(
    page: Page, one: Attribution, act: Act, clause: Clause | None, hedge: Hedge | None
) -> tuple[Certainty, Why]:
    if act in UNDECIDED:
        return Certainty.NONE, (None, None, f"to {act.value} something says nothing of whether it is so")
    if act in WEIGHED:
        for span in one.cue:
            words = tokens(page.text, span.start, span.end)
            for hit in _cues().within([token.word for token in words]):
                place = Span(words[hit.first].span.start, words[hit.end - 1].span.end)
                return Certainty(hit.value[0]), (place, None, "the cue says how sure")
    if clause is not None and clause.opening in EMBEDDED and act not in SURE:
        return Certainty.NONE, (clause.sentence, None, "an embedded question")
    if act not in SURE and hedge is not None and hedge[1] != "none":
        return Certainty(hedge[1]), (hedge[0], None, "the content says how sure")
    if act is Act.INTEND:
        return Certainty.POSSIBLE, (None, None, "what is wanted is possible")
    return Certainty.CERTAIN, (None, None, "nothing limits it")


def _polarity(page: Page, one: Attribution, act: Act, clause: Clause | None) -> tuple[Polarity, Why]:
    if act in (Act.DENY, Act.REFUSE):
        return Polarity.NEGATIVE, (None, None, f"to {act.value} is a no")
    if act in (Act.INTEND, Act.BELIEVE, Act.DEMAND, Act.PROPOSE):
        for span in one.cue:
            for token in tokens(page.text, span.start, span.end):
                if token.word in words_of("negations"):
                    return Polarity.NEGATIVE, (token.span, None, "the cue is negated")
    negation = clause.negation if clause is not None and act is not Act.ASK else None
    if negation is not None:
        return Polarity.NEGATIVE, (negation, None, "the main clause is negated")
    return Polarity.POSITIVE, (None, None, "the main clause is not negated")


def _condition(page: Page, one: Attribution) -> Span | None:
    """A clause with "if" or its like, or one that says what is required, in the content."""
    for content in one.contents:
        found = tokens(page.text, content.start, content.end)
        for hit in _conditions().within([token.word for token in found]):
            if hit.value[0] == "conditions" and _asks_if([token.word for token in found], hit.first):
                continue
            end = hit.end
            while end < len(found) and found[end].word not in CONDITION_END:
                end += 1
            if end > hit.end:
                return Span(found[hit.first].span.start, found[end - 1].span.end)
    return None


def _asks_if(words: Sequence[str], place: int) -> bool:
    """Whether "if" only asks ("asked if") or compares ("as if", "even if")."""
    before = words[place - 1] if place else ""
    return before in ("as", "even", "ask", "asked", "asking", "wonder", "wondered", "know", "see", "what", "unclear")
