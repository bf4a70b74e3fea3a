"""The HTML page: what it escapes, what its policy allows, what it never holds."""

from __future__ import annotations

import base64
import getpass
import hashlib
import re
import socket
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.reports import html, page
from analysis.reports.blocks import Block, blocks
from analysis.reports.words import WORDS

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
PNG = base64.b64encode(b"\x89PNG").decode()


ELEMENTS = set(
    "html head meta title style body a div header h1 h2 p main footer figure img script figcaption details summary table "
    "thead tbody tr th td ul li q button span nav pre".split()
)


class Elements(HTMLParser):
    """The elements of a page, as a browser would make them."""

    def __init__(self):
        super().__init__()
        self.seen, self.figures = [], 0

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.figures += tag == "figure"


def figure(**changes):
    """A figure's output, each of its texts hostile."""
    record = {
        "ref": "f@00000000", "id": "f", "title": EVIL, "alt": f'"{EVIL}', "caption": EVIL, "source": EVIL, "sources": [EVIL],
        "columns": [{"key": "label", "label": EVIL}], "rows": [{"label": EVIL}], "cite": {"markdown": EVIL},
        "evidence": [{"claim": "c", "sentence": EVIL, "quote": EVIL}],
    }  # fmt: skip
    data = {
        "application/vnd.deals.figure+json": record | changes,
        "application/vnd.vegalite.v5+json": {"$schema": "v5", "title": "</script>" + EVIL},
        "image/png": PNG,
    }
    return {"output_type": "display_data", "data": data, "metadata": {}}


def notebook(*outputs, prose="# Title\n\n## Part\n\nWords.", tags=()):
    """An executed notebook of one prose cell and one code cell."""
    code = {"cell_type": "code", "id": "b", "source": "1", "metadata": {"tags": list(tags)}, "outputs": list(outputs)}
    text = {"cell_type": "markdown", "id": "a", "source": prose, "metadata": {}}
    return {"cells": [text, code], "metadata": {}}


def shows(**data):
    return {"output_type": "display_data", "data": {k.replace("_", "/"): v for k, v in data.items()}, "metadata": {}}


@pytest.mark.parametrize(
    "output",
    [
        figure(),
        shows(text_html=f"<table><tr><td onclick=x style=y>{EVIL}</td></tr></table>"),
        shows(text_markdown=EVIL),
        shows(text_plain=EVIL),
        {"output_type": "stream", "text": EVIL},
        {"output_type": "error", "ename": EVIL, "evalue": EVIL},
    ],
)
def test_markup_of_others_is_text(output):
    """Markup in a title, name, quote, cell output or error shows as text and makes no element."""
    made, _ = html.render(notebook(output, prose=f"# {EVIL}\n\n{EVIL}"), scope=EVIL)
    found = Elements()
    found.feed(made)

    assert {tag for tag, _ in found.seen} <= ELEMENTS
    assert all(given.get("src", "data:").startswith("data:") for _, given in found.seen)
    assert not any(name.startswith("on") or name == "style" for _, given in found.seen for name in given)
    assert sum(tag == "script" for tag, _ in found.seen) == (3 if found.figures else 1)


def test_links_of_scripts_and_remote_pictures_are_dropped():
    """A link to a script leads nowhere, and a picture from elsewhere becomes its words."""
    made, _ = html.render(notebook(prose="[x](javascript:alert(1)) ![words](https://example.org/a.png)"))

    assert "javascript:" not in made
    assert "example.org" not in made
    assert "words" in made


def test_policy_names_scripts_and_style_by_hash():
    """The policy allows nothing but the page's own scripts and style, by their hashes, and pictures in the page."""
    made, _ = html.render(notebook(figure()))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made)[1].replace("&#39;", "'")
    inline = re.findall(r"<(script|style)>(.*?)</\1>", made, flags=re.S)

    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert len(inline) == 3
    for _, text in inline:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert " style=" not in re.sub(r"<(script|style)\b.*?</\1>", "", made, flags=re.S)


def test_nothing_of_this_machine():
    """A page holds no user name, home folder, host name or path of the machine it was made on."""
    root = Path(__file__).resolve().parents[2]
    made, _ = html.render(notebook(figure()))
    body = re.sub(r"<(script|style)\b.*?</\1>", "", made, flags=re.S)
    words = [str(root), str(Path.home()), socket.gethostname(), getpass.getuser()]

    assert [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", body)] == []
    assert not re.search(r"/(home|Users|tmp)/", made)


def test_answer_and_note_stand_above():
    """The answer and what the page rests on stand under the title, once, with no sign of Markdown."""
    told = {"output_type": "execute_result", "data": {"text/markdown": "At least \\$200m"}, "metadata": {}}
    made, _ = html.render(notebook(told, tags=["answer"]))
    note, _ = html.render(notebook(told))

    assert made.count("At least $200m") == 1
    assert made.index("At least") < made.index("<main")
    assert note.count("At least $200m") == 1
    assert note.index("At least") < note.index("<main")


def test_same_bytes():
    """The same notebook gives the same page."""
    assert html.render(notebook(figure()))[0] == html.render(notebook(figure()))[0]


def test_sources_lead_to_their_documents():
    """A source's address is a link; what only looks like one is text."""
    lines = ["Wire, “A deal”, 2 May 2025. https://wire.example/deal?a=1&b=2", f"Evil. http{EVIL}", "Paper, undated"]
    text, _ = html.render(notebook(figure(sources=lines)))
    footer = text[text.index('<h2 id="sources">') :]

    assert re.findall(r'<a href="([^"]*)"', footer) == ["https://wire.example/deal?a=1&amp;b=2"]
    assert footer.count("<li>") == len(lines)


def test_contents_break_where_headings_do():
    """No-break spaces of a heading stay in the table of contents."""
    text, _ = html.render(notebook(prose="# Titre\n\n## Qui part\u202f?\n\nMots."), lang="fr")

    assert text.count("Qui part\u202f?</") == 2


def test_french_prose_replaces_english():
    """Prose by cell id takes the place of the notebook's own."""
    made, _ = html.render(notebook(), lang="fr", prose={"a": "# Titre\n\nMots."})

    assert '<html lang="fr">' in made
    assert "<h1>Titre</h1>" in made
    assert "Words" not in made


def test_code_folds_as_one():
    """Code cells that nothing parts are one fold."""
    two = notebook()
    two["cells"].append({"cell_type": "code", "id": "c", "source": "2", "metadata": {}, "outputs": []})
    made, _ = html.render(two)

    assert made.count('<details class="code">') == 1


def test_long_tables_scroll_by_keyboard():
    """A table stands in a labelled region that takes the focus; a long one has a height."""
    columns = [{"key": "a", "label": "A"}]
    short, long = (page.table(columns, [{"a": n} for n in range(rows)], label='L"') for rows in (3, 30))

    assert 'tabindex="0"' in short
    assert 'aria-label="L&#34;"' in short
    assert 'class="table"' in short
    assert 'class="table long"' in long


def test_words_in_both_languages():
    """The page's own words are the same in number in both languages, and none is empty."""
    english, french = (vars(WORDS[lang]) for lang in ("en", "fr"))

    assert english.keys() == french.keys()
    assert all(english.values())
    assert all(french.values())


def test_blocks_keep_order():
    """A notebook is read in order: prose, output, then the code that made it."""
    kinds = [block.kind for block in blocks(notebook(figure()))]

    assert kinds == ["prose", "figure", "code"]
    assert isinstance(next(blocks(notebook())), Block)
