"""Telegram's HTML: what is read, and what is refused in which words."""

import pytest
from telegram import User

from simulator.api_errors import Answer
from simulator.botapi.formatting import parse_html, units

WANG = User(7_000_001, "王女士", is_bot=False)


def read(source):
    text, entities = parse_html(source, {WANG.id: WANG}.get)
    return text, [(entity.type, entity.offset, entity.length) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("您好", "您好", []),
        ("<b>粗</b>", "粗", [("bold", 0, 1)]),
        ("<STRONG>粗</strong>", "粗", [("bold", 0, 1)]),
        ("<em>a</em><i>b</i>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
        ("<strike>a</strike>", "a", [("strikethrough", 0, 1)]),
        ("<code>x</code>", "x", [("code", 0, 1)]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        # offsets count UTF-16 units: a picture takes two
        ("🙂<b>b</b>", "🙂b", [("bold", 2, 1)]),
        # the wider entity comes first
        ("<b><i>x</i>y</b>", "xy", [("bold", 0, 2), ("italic", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        # the ends are trimmed and entities with them
        ("  <b> x </b> ", "x", [("bold", 0, 1)]),
        # only four names and numbers are characters
        ("&lt;&gt;&amp;&quot;", '<>&"', []),
        ("&#33;&#x1F642;", "!🙂", []),
        ("&nbsp;&copy; A&B &", "&nbsp;&copy; A&B &", []),
        ("&lt", "<", []),
        ("a > b", "a > b", []),
        # a link that leads nowhere is just text
        ('<a href="https://t.me/x?start=a&amp;b">x</a>', "x", [("text_link", 0, 1)]),
        ('<a href="nonsense">x</a>', "x", []),
        ("<a>example.com</a>", "example.com", [("text_link", 0, 11)]),
        ('<a href="tg://user?id=7000001">x</a>', "x", [("text_mention", 0, 1)]),
        ('<a href="tg://user?id=1">x</a>', "x", []),
    ],
)
def test_markup_is_read_as_telegram_reads_it(source, text, entities):
    assert read(source) == (text, entities)


def test_a_link_and_a_language_are_kept():
    _, (link,) = parse_html("<a href='https://t.me/x?start=a&amp;b'>x</a>", lambda _: None)
    assert link.url == "https://t.me/x?start=a&b"
    _, (pre,) = parse_html('<pre><code class="language-python">x</code></pre>', lambda _: None)
    assert (pre.type, pre.language) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        # bytes, not characters
        ("三 < 五", 'Unsupported start tag "" at byte offset 4'),
        ("x <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=", "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<span class="red">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused(source, why):
    with pytest.raises(Answer) as refused:
        read(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(("text", "length"), [("", 0), ("abc", 3), ("马上", 2), ("🙂", 2), ("👨‍👩‍👧", 8)])
def test_length_is_counted_in_utf_16(text, length):
    assert units(text) == length
