"""What statements of one document do to each other."""

import pytest
from invented_pages import page_of, resolved

CLAIM = "Oskar Lind said that the council had sold the north pier to a mining firm."
CASES = [
    ("a denial finds the claim in other words",
     f"{CLAIM} Jo West denied that the north pier was sold to any mining firm.",
     [("Oskar Lind", "said", "that the council had sold the north pier to a mining firm"),
      ("Jo West", "denied", "that the north pier was sold to any mining firm")],
     [(1, "denies", 0)]),
    ("a denial that points at it",
     f"{CLAIM} Jo West denied the report.",
     [("Oskar Lind", "said", "that the council had sold the north pier to a mining firm"),
      ("Jo West", "denied", "the report")],
     [(1, "denies", 0)]),
    ("a claim that is only described",
     "Jo West denied reports of a sale.",
     [("Jo West", "denied", "reports of a sale")],
     [(0, "denies", None)]),
    ("an answer follows its question",
     "Asked whether the pier was sound, Jo West replied that engineers had tested it.",
     [("", "Asked", "whether the pier was sound"), ("Jo West", "replied", "that engineers had tested it")],
     [(1, "answers", 0)]),
    ("words told before they are quoted",
     "Jo West said the council never planned to sell the north pier. “We never planned to sell that pier,” West said.",
     [("Jo West", "said", "the council never planned to sell the north pier"),
      ("West", "said", "“We never planned to sell that pier,”")],
     [(0, "summarises", 1)]),
    ("other subjects are not linked",
     "Jo West said the council had met. Oskar Lind said fuel had become dear.",
     [("Jo West", "said", "the council had met"), ("Oskar Lind", "said", "fuel had become dear")],
     []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows", "links"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_links(text: str, rows: list[tuple[str, str, str]], links: list[tuple[int, str, int | None]]) -> None:
    statements = resolved(page_of(text, rows))
    found = [(at, link.relation.value, link.to) for at, one in enumerate(statements) for link in one.links]
    assert found == links
    for one in statements:
        assert len([proof for proof in one.evidence if proof.field == "links"]) == len(one.links)


def test_nothing_is_linked_to_itself_or_to_what_it_holds() -> None:
    text = "The paper said that Jo West had said that the north pier was sold to a mining firm."
    rows = [("The paper", "said", "that Jo West had said that the north pier was sold to a mining firm"),
            ("Jo West", "had said", "that the north pier was sold to a mining firm")]  # fmt: skip
    assert not [link for one in resolved(page_of(text, rows, parents=[None, 0])) for link in one.links]


def test_a_thousand_denials_in_a_loop_end() -> None:
    text = " ".join("Jo West denied the claim. Oskar Lind denied the claim." for _ in range(500))
    rows = [
        row for _ in range(500) for row in (("Jo West", "denied", "the claim"), ("Oskar Lind", "denied", "the claim"))
    ]
    statements = resolved(page_of(text, rows))
    assert all(link.to != at for at, one in enumerate(statements) for link in one.links)
