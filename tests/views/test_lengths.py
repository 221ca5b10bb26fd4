"""A message fits the messenger's length without losing our own lines."""

from html import escape

import pytest

from simulator.botapi.formatting import parse_html, units
from views.framework.lengths import fitted, visible
from views.framework.parts import quote
from views.framework.translator import escaped


@pytest.mark.parametrize("words", ["灯" * 3000, "😀" * 1999, "<&>" * 1000, "a" + "😀" * 1000, "x\n" * 1500])
@pytest.mark.parametrize("longest", [4096, 1024])
def test_quotes_give_way_and_our_lines_stay(words, longest):
    text = f"<b>编号 1</b>\n{quote(words)}\n{quote(words)}\n<i>依据：62号</i>"
    plain, _ = parse_html(fitted(text, longest), {}.get)
    assert min(longest, visible(text)) - 40 < units(plain) <= longest
    assert plain.startswith("编号 1\n")
    assert plain.endswith("依据：62号")


def test_what_fits_stays_as_it_is():
    text = quote("灯" * 4096)
    assert fitted(text) == text


@pytest.mark.parametrize(
    "text", [f"<b>{'灯' * 5000}</b>", f"{escape('<&' * 3000)}", "<b>a<i>" + "😀" * 3000 + "</i></b>"]
)
def test_without_quotes_the_end_is_cut_and_every_tag_closed(text):
    plain, _ = parse_html(fitted(text), {}.get)
    assert 4090 < units(plain) <= 4096
    assert plain.endswith("…")
    assert visible(fitted(text)) == units(plain)


def test_what_runs_from_the_right_moves_nothing_beside_it():
    assert escaped("שלום") == "\u2068שלום\u2069"
    assert escaped("3栋 <b>") == "3栋 &lt;b&gt;"
