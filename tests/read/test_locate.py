"""Finding the extractor's blocks in the page."""

from onrecord.read.html_scan import scan
from onrecord.read.locate import Page, locate

LONG = "The wall of the old harbour will stand, the clerk of the town told the council on Monday."
OTHER = "A second vote on the harbour is planned for June, when the new members of the council take their seats."


def found(page: str, *blocks: str) -> tuple[list[str], list[str]]:
    visible = scan(page).text
    stretches, missing = locate(blocks, Page(visible))
    return [" ".join(visible[low:high].split()) for low, high in stretches], missing


def test_white_space_and_unseen_signs_do_not_matter() -> None:
    page = "<p>" + LONG.replace(" ", "&nbsp;\n ").replace("harbour", "har&shy;bour") + "</p>"
    ((words,), missing) = found(page, LONG)
    assert words.replace("\u00ad", "") == LONG
    assert not missing


def test_block_that_stands_twice_is_taken_beside_its_neighbours() -> None:
    page = f"<div>{LONG}</div><div>Menu</div><div>{LONG}</div><div>{OTHER}</div>"
    visible = scan(page).text
    ((low, _), _), _ = locate([LONG, OTHER], Page(visible))
    assert low == visible.rindex(LONG)


def test_short_block_is_not_taken_from_far_away() -> None:
    page = f"<p>{LONG}</p>" + "<p>filler words of a page</p>" * 400 + "<p>Yes.</p>"
    assert found(page, LONG, "Yes.") == ([LONG], ["Yes."])


def test_block_with_a_hole_is_found_in_parts() -> None:
    first, second = LONG, OTHER
    words, missing = found(f"<p>{first} <span>Advertisement</span> {second}</p>", f"{first} {second}")
    assert (words, missing) == ([first, second], [])


def test_blocks_out_of_order_come_in_the_order_of_the_page() -> None:
    assert found(f"<p>{LONG}</p><p>{OTHER}</p>", OTHER, LONG) == ([LONG, OTHER], [])


def test_what_is_not_there_is_told() -> None:
    words, missing = found(f"<p>{LONG}</p>", LONG, "Nobody on this page ever said these words, not one.")
    assert words == [LONG]
    assert " ".join(missing).startswith("Nobody on this page")
