"""What is done in saying it, and how far the speaker stands behind it."""

import pytest
from invented_pages import page_of, resolved

from onrecord.records import Act

ACTS = [
    ("Jo West", "said", "the pier was sound", "state", "positive", "certain"),
    ("Jo West", "confirmed", "that the pier was sound", "confirm", "positive", "certain"),
    ("Jo West", "denied", "that the pier was sound", "deny", "negative", "certain"),
    ("Jo West", "said", "the claim was false", "deny", "negative", "certain"),
    ("Jo West", "rejected", "the claim", "deny", "negative", "certain"),
    ("Jo West", "rejected", "the request", "refuse", "negative", "certain"),
    ("Jo West", "accused", "the board of theft", "accuse", "positive", "certain"),
    ("Jo West", "condemned", "the closure", "condemn", "positive", "certain"),
    ("Jo West", "welcomed", "the new route", "praise", "positive", "certain"),
    ("Jo West", "promised", "to keep the route", "pledge", "positive", "certain"),
    ("Jo West", "said", "“we will keep the route”", "pledge", "positive", "certain"),
    ("Jo West", "said", "the storm will pass by noon", "predict", "positive", "certain"),
    ("Jo West", "declined", "to comment", "refuse", "negative", "certain"),
    ("Jo West", "did not say", "who had paid", "refuse", "negative", "certain"),
    ("Jo West", "threatened", "to close the pier", "threaten", "positive", "certain"),
    ("Jo West", "warned", "that the pier could fall", "warn", "positive", "possible"),
    ("Jo West", "urged", "the board to act", "demand", "positive", "none"),
    ("Jo West", "said", "the board must act", "demand", "positive", "none"),
    ("Jo West", "asked", "the board to act", "demand", "positive", "none"),
    ("Jo West", "asked", "whether the pier was sound", "ask", "positive", "none"),
    ("Jo West", "said", "“Who paid for it?”", "ask", "positive", "none"),
    ("Jo West", "proposed", "a second pier", "propose", "positive", "none"),
    ("The High Court", "denied", "the application", "rule", "positive", "certain"),
    ("The council", "banned", "fishing from the pier", "rule", "positive", "certain"),
    ("Jo West", "expects", "a cold winter", "predict", "positive", "probable"),
    ("Jo West", "apologised", "for the delay", "regret", "positive", "certain"),
    ("Jo West", "said", "“I apologise to everyone”", "regret", "positive", "certain"),
    ("Jo West", "believes", "the pier is sound", "believe", "positive", "probable"),
    ("Jo West", "hopes", "to open it soon", "intend", "positive", "possible"),
    ("Jo West", "plans", "to open it soon", "intend", "positive", "probable"),
    ("Jo West", "said", "there was no money left", "state", "negative", "certain"),
    ("Jo West", "said", "the pier was not safe to use in winter", "warn", "negative", "certain"),
    ("Jo West", "said", "it is probably the oldest pier", "state", "positive", "probable"),
    ("Jo West", "said", "not only the pier was old", "state", "positive", "certain"),
]


@pytest.mark.parametrize(("source", "cue", "content", "act", "polarity", "certainty"), ACTS)
def test_acts(source: str, cue: str, content: str, act: str, polarity: str, certainty: str) -> None:
    (statement,) = resolved(page_of(f"{source} {cue} {content}.", [(source, cue, content)]))
    held = statement.commitment
    assert (statement.act.value, held.polarity.value, held.certainty.value) == (act, polarity, certainty)


def test_a_quote_of_several_sentences_takes_the_first_that_is_more_than_telling() -> None:
    content = "“The pier was built in spring. We will mend it. It is a disgrace.”"
    (statement,) = resolved(page_of(f"Jo West said: {content}", [("Jo West", "said:", content)]))
    assert statement.act is Act.PLEDGE


WORDS = [
    ("said", "it would help in some way", "in some way", ""),
    ("said", "the pier may fall", "may", ""),
    ("said", "it opens in May 2020", "", ""),
    ("said", "the ferry would sail if the wind fell", "", "if the wind fell"),
    ("asked", "if the ferry would sail", "", "if the ferry would sail"),
    (
        "said",
        "the ferry sails. As for winter, it requires a vote of the council",
        "",
        "it requires a vote of the council",
    ),
]


@pytest.mark.parametrize(("cue", "content", "hedge", "condition"), WORDS)
def test_hedges_and_conditions(cue: str, content: str, hedge: str, condition: str) -> None:
    text = f"Jo West {cue} {content}."
    (statement,) = resolved(page_of(text, [("Jo West", cue, content)]))
    held = statement.commitment
    words = [text[span.start : span.end] if span else "" for span in (held.hedge, held.condition)]
    if cue != "asked":  # what is asked hangs on nothing
        assert words == [hedge, condition]
    else:
        assert statement.act is Act.ASK


def test_every_field_says_why() -> None:
    (statement,) = resolved(page_of("Jo West denied the claim.", [("Jo West", "denied", "the claim")]))
    fields = {proof.field for proof in statement.evidence}
    assert {"speakers", "act", "polarity", "certainty", "said_at"} <= fields
    assert all(proof.note and proof.decided_by.startswith("rule:") for proof in statement.evidence)
