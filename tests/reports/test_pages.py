"""Pages in a real browser: nothing leaves, nothing complains, axe finds nothing, the keyboard reaches everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reports.render import index, render
from analysis.reports.report import report
from analysis.reports.run import Outcome, findings_of

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
NAMES = ("meta_ai_strategy", "deal_comparison", "customer_reactions")
SUBJECTS = ("subjects/org-scale-ai.html", "subjects/deal-meta-scale-ai-2025.html", "subjects/person-alexandr-wang.html")
PAGES = ("index.html", *(f"{name}.html" for name in NAMES), *SUBJECTS)
QUICK = ("index.html", "customer_reactions.html")
ALL = [
    pytest.param(lang, name, marks=[] if name in QUICK else pytest.mark.slow) for lang in ("en", "fr") for name in PAGES
]
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> Path:
    """The report in English, from the stored notebooks, and in French, from a run; and the index of a grid."""
    import json

    home = tmp_path_factory.mktemp("pages")
    english, grid = home / "en", home / "grid"
    outcomes = []
    for name in NAMES:
        stored = ROOT / "notebooks" / f"{name}.ipynb"
        english.mkdir(exist_ok=True)
        (english / stored.name).write_bytes(stored.read_bytes())
        render(english / stored.name, notebook=stored, formats=("html",), out=english)
        found = findings_of(json.loads(stored.read_text(encoding="utf-8")))
        outcomes.append(
            Outcome(name, stored.name, {}, notebook_path=str(stored), findings=found, files=[f"{name}.html"])
        )
    index(english, outcomes)
    report(parameters={"lang": "fr"}, out=home / "fr")
    grid.mkdir()
    runs = [
        Outcome(f"a-{n}", "a.ipynb", {"n": n, "word": "<b>x</b>"}, findings=outcomes[1].findings, files=[f"a-{n}.html"])
        for n in (2, 10, 1)
    ]
    runs[1].status, runs[1].error = "failed", {"ename": "KeyError", "evalue": "<script>", "cell": 1, "line": 2}
    index(grid, runs)
    return home


def opened(browser, path: Path, **options):
    """A page, what it asked for beyond its file, and what the console said; every chart has been in view."""
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 1000}} | options)
    asked, said = [], []
    page.on("request", lambda r: asked.append(r.url) if not r.url.startswith(("data:", "file:")) else None)
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(path.as_uri())
    figures = page.locator("figure[data-ref]")
    for n in range(figures.count()):
        figures.nth(n).scroll_into_view_if_needed()
        page.locator(f"figure.is-live[id='{figures.nth(n).get_attribute('id')}']").wait_for()
    return page, asked, said


@pytest.mark.parametrize(("lang", "name"), ALL)
def test_quiet_and_accessible(written, browser, lang, name):
    """A page asks for nothing, the console stays empty, it never scrolls sideways, and axe finds nothing, light or dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    width = {"en": 1280, "fr": 390}[lang]
    page, asked, said = opened(browser, written / lang / name, viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = axe.run(page, options=WCAG).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()

    assert (asked, said, sideways) == ([], [], False)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_grid_index(written, browser):
    """The table of a grid's runs filters as one types, sorts by number at a press of Enter, and holds no markup of others."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page, asked, said = opened(browser, written / "grid" / "index.html")
    violations = axe.run(page, options=WCAG).response["violations"]
    page.locator("thead button").nth(1).press("Enter")
    order = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    page.locator("#filter").press_sequentially("a-10")
    shown = [row.inner_text() for row in page.locator("tbody tr").all() if row.is_visible()]
    told = page.locator("#said").inner_text()
    marked = page.locator("tbody b, tbody script").count()
    page.close()

    assert order == ["1", "2", "10"]
    assert len(shown) == 1
    assert "<script>" in shown[0]
    assert "<b>x</b>" in shown[0]
    assert "1" in told
    assert marked == 0
    assert (asked, said, violations) == ([], [], [])


def test_keyboard_alone(written, browser):
    """Tab reaches the skip link first, then every link, fold, button, scrolling table and filter; Enter copies a citation."""
    page, _, _ = opened(browser, written / "en" / "deal_comparison.html")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; }); window.scrollTo(0, 0)")
    wanted = page.locator("a[href], summary, button, [tabindex='0'], input").count()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    reached = 1
    while reached < 400:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached += 1
    page.locator("button[data-copy]").first.focus()
    page.keyboard.press("Enter")
    page.locator("#said", has_text="Copied").wait_for(state="attached")
    told = page.locator("#said").inner_text()
    page.close()

    assert first == "skip"
    assert reached == wanted
    assert told.startswith("Copied: ")


@pytest.mark.parametrize("name", NAMES)
def test_figures_have_words(written, browser, name):
    """Every figure has alt text of 100 characters or more, its table, who says so, and a caption."""
    page = browser.new_page()
    page.goto((written / "fr" / f"{name}.html").as_uri())
    figures = page.evaluate(
        "[...document.querySelectorAll('figure[data-ref]')].map((f) => [f.querySelector('img').alt.length,"
        " f.querySelectorAll('tbody tr').length, f.querySelectorAll('.evidence li').length, f.querySelector('figcaption').textContent.length])"
    )
    page.close()

    assert len(figures) >= 3
    assert all(alt >= 100 and rows and said and caption for alt, rows, said, caption in figures)


def test_without_scripts(written, browser):
    """Without scripts the pictures stand in for the charts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((written / "en" / "deal_comparison.html").as_uri())
    pictures = page.locator("figure[data-ref] .chart img")
    boxes = [picture.bounding_box() for picture in pictures.all()]
    context.close()

    assert len(boxes) == 3
    assert all(box["width"] > 500 and box["height"] > 150 for box in boxes)


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.slow)])
def test_prints(written, browser, lang, tmp_path):
    """On paper there is the picture of each chart, and no button, fold or menu."""
    page, _, _ = opened(browser, written / lang / "customer_reactions.html")
    page.emulate_media(media="print")
    shown = page.evaluate("[...document.querySelectorAll('button, summary, nav')].filter((e) => e.offsetParent).length")
    widths = [picture.bounding_box()["width"] for picture in page.locator("figure[data-ref] .chart img").all()]
    made = page.pdf(prefer_css_page_size=True)
    page.close()

    assert shown == 0
    assert all(width > 400 for width in widths)
    assert made.count(b"/Type /Page\n") >= 3
