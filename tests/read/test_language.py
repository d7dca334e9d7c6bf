"""The language of a text, and of one that quotes another."""

import pytest

from onrecord.read.language import detect_language

ENGLISH = "The harbour of Velmora will stay where it is, the town council said on Monday evening after a long debate. "
JAPANESE = "女性は駅員に助けを求め、警察を呼んだ。電車はしばらく止まり、乗客は次の駅で降りた。"
GERMAN = "Der Hafen von Velmora bleibt, wo er ist, sagte der Rat der Stadt am Montagabend nach einer langen Debatte. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (ENGLISH * 30, "en"),
        (ENGLISH * 20 + JAPANESE * 30 + ENGLISH * 20, "en"),
        (ENGLISH * 10 + GERMAN * 40, "de"),
        (GERMAN * 20 + JAPANESE * 60 + GERMAN * 2, "ja"),
        (JAPANESE * 3, "ja"),
        ("Velmora, 3.", None),
        ("1, 2, 3. " * 400, None),
    ],
)
def test_most_of_the_text_decides(text: str, language: str | None) -> None:
    assert detect_language(text) == language
