"""Decoding, and the way from each character back to its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.read import unfaithful
from onrecord.read.encodings import Decoded, decode
from onrecord.read.offset_map import mapped
from onrecord.records import Document

SENTENCE = "The mayor of Velmora, Zoë Größ, said: “No road will close – not one.” "
CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030", "shift_jis"]
CODECS += ["koi8-r", "big5", "euc_kr", "iso2022_jp"]


def document(decoded: Decoded) -> Document:
    return Document("d", decoded.text, "", decoded.offsets, "n", "text/plain", decoded.encoding)


@pytest.mark.parametrize("codec", CODECS)
@given(text=st.text(st.sampled_from("abc .\r\n\tÄé“”–你好日本Жд😀\ufffd"), max_size=60), damage=st.data())
def test_every_character_is_what_its_bytes_say(codec: str, text: str, damage: st.DataObject) -> None:
    raw = bytearray(text.encode(codec, "ignore"))
    for _ in range(damage.draw(st.integers(0, 3)) if raw else 0):
        raw[damage.draw(st.integers(0, len(raw) - 1))] = damage.draw(st.integers(0, 255))
    decoded = decode(bytes(raw), charset=codec.removesuffix("-sig"))
    assert decoded.offsets.size == len(decoded.text) == mapped(decoded.offsets)
    assert unfaithful(document(decoded), bytes(raw)) == []
    decoded.text.encode("utf-8")  # no lone surrogates


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_survives(codec: str) -> None:
    assert decode((SENTENCE * 5).encode(codec)).text == SENTENCE * 5


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(codec: str) -> None:
    decoded = decode(SENTENCE.encode(codec))
    assert (decoded.text, decoded.encoding) == (SENTENCE, codec)


def test_given_charset_goes_before_meta() -> None:
    raw = '<meta charset="koi8-r"><p>Größe</p>'.encode("latin-1")
    assert "Größe" in decode(raw, charset="latin-1").text


def test_meta_names_the_encoding() -> None:
    raw = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"></head>Жду</html>'
    assert "Жду" in decode(raw.encode("koi8-r")).text


@pytest.mark.parametrize("label", ["latin-1", "ascii", "shift_jis", "no-such-charset", "unicode_escape", "rot13"])
def test_utf8_with_a_wrong_label_is_still_utf8(label: str) -> None:
    assert decode(SENTENCE.encode(), charset=label).text == SENTENCE


def test_page_that_claims_utf8_and_is_not() -> None:
    raw = ("<meta charset=utf-8>" + "Die Größe überrascht, sagte Zoë. " * 9).encode("cp1252")
    assert "Größe" in decode(raw).text


def test_broken_bytes_are_replaced_and_keep_their_place() -> None:
    raw = "Zoë said “yes”.".encode().replace(b"\x80\x9cyes", b"\xffyes")
    decoded = decode(raw)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 2
    assert unfaithful(document(decoded), raw) == []


def test_own_replacement_signs_beside_broken_bytes() -> None:
    raw = "Ä\ufffdÖ".encode() + b"\xff" + "\ufffdÜ".encode() + b"\xe2\x80" + " Äpfel".encode()
    decoded = decode(raw, charset="utf-8")
    assert decoded.text == "Ä\ufffdÖ\ufffd\ufffdÜ\ufffd Äpfel"
    assert list(decoded.offsets.source_end)[-1] == len(raw)
    assert unfaithful(document(decoded), raw) == []
