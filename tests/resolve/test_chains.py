"""Through whom it came and to whom it was said."""

import pytest
from invented_pages import page_of, resolved

CASES = [
    ("a named medium is a hop", "Jo West told the daily Hlas Hory that the pier was sound.",
     ("Jo West", "told", "that the pier was sound"), "the daily Hlas Hory", ["Hlas Hory"]),
    ("reporters are none", "Jo West told reporters on Monday that the pier was sound.",
     ("Jo West", "told", "that the pier was sound"), "reporters", []),
    ("a court is none", "Jo West told the High Court that the pier was sound.",
     ("Jo West", "told", "that the pier was sound"), "the High Court", []),
    ("said to", "Jo West said to Radio Skerrin that the pier was sound.",
     ("Jo West", "said", "that the pier was sound"), "Radio Skerrin", ["Radio Skerrin"]),
    ("in an interview", "In an interview with Radio Skerrin, Jo West said that the pier was sound.",
     ("Jo West", "said", "that the pier was sound"), "Radio Skerrin", ["Radio Skerrin"]),
    ("whom somebody urges", "Jo West urged the council to act.",
     ("Jo West", "urged", "to act"), "the council", []),
    ("nobody is named", "Jo West said that the pier was sound.",
     ("Jo West", "said", "that the pier was sound"), None, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row", "addressee", "hops"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_cases(text: str, row: tuple[str, str, str], addressee: str | None, hops: list[str]) -> None:
    (statement,) = resolved(page_of(text, [row], publisher="Tidewater Courier"))
    assert (statement.addressee.name if statement.addressee else None) == addressee
    assert [hop.name for hop in statement.chain] == [*hops, "Tidewater Courier"]


def test_a_parent_is_a_hop_of_what_it_tells() -> None:
    text = "The daily Hlas Hory quoted Jo West as saying that the pier was sound."
    rows = [("The daily Hlas Hory", "quoted", "Jo West as saying that the pier was sound"),
            ("Jo West", "as saying", "that the pier was sound")]  # fmt: skip
    statements = resolved(page_of(text, rows, parents=[None, 0]))
    assert [(hop.name, hop.relation.value) for hop in statements[1].chain] == [
        ("Hlas Hory", "quoted"),
        (None, "published"),
    ]


def test_translated_excerpts_come_through_the_paper_they_are_of() -> None:
    text = (
        "The following are translated excerpts from the report in the daily Hlas Hory.\n"
        "“Jo West said: ‘The pier is sound.’\n"
        "“Oskar Lind said: ‘It was never tested.’”\n"
        "The town has one pier. Tom Reyle said it was old."
    )
    rows = [("Jo West", "said:", "‘The pier is sound.’"), ("Oskar Lind", "said:", "‘It was never tested.’"),
            ("Tom Reyle", "said", "it was old")]  # fmt: skip
    chains = [[hop.name for hop in one.chain] for one in resolved(page_of(text, rows))]
    assert chains == [["Hlas Hory", None], ["Hlas Hory", None], [None]]


def test_the_publisher_itself_is_no_hop() -> None:
    text = "Jo West told the Tidewater Courier that the pier was sound."
    (statement,) = resolved(
        page_of(text, [("Jo West", "told", "that the pier was sound")], publisher="tidewatercourier.example")
    )
    assert [hop.name for hop in statement.chain] == ["tidewatercourier.example"]
