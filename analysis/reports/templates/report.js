"use strict";
(() => {
  const say = (text) => { const line = document.getElementById("said"); if (line) line.textContent = text; };

  // A chart comes alive when it is near the window; until then, and without scripts, its picture stands.
  const enliven = (figure) => {
    const spec = figure.querySelector("script[type='application/json']");
    if (!spec || !window.vegaEmbed) return;
    const place = figure.querySelector(".live");
    window.vegaEmbed(place, JSON.parse(spec.textContent), {
      ast: true, actions: false, renderer: "canvas", defaultStyle: false, tooltip: { disableDefaultStyle: true },
    }).then(() => { place.querySelectorAll("canvas").forEach((c) => c.setAttribute("role", "presentation")); figure.classList.add("is-live"); })
      .catch(() => { place.replaceChildren(); });
  };
  const figures = document.querySelectorAll("figure[data-ref]");
  if ("IntersectionObserver" in window) {
    const watch = new IntersectionObserver((seen) => {
      for (const entry of seen) if (entry.isIntersecting) { watch.unobserve(entry.target); enliven(entry.target); }
    }, { rootMargin: "400px" });
    figures.forEach((figure) => watch.observe(figure));
  } else figures.forEach(enliven);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy).textContent;
    try { await navigator.clipboard.writeText(text); }
    catch {
      const area = document.createElement("textarea");
      area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove(); button.focus();
    }
    say(button.dataset.done);
  });

  const filter = document.getElementById("filter");
  if (filter) filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    document.querySelectorAll("table.filtered tbody tr").forEach((row) => {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    });
    say(filter.dataset.shown.replace("%", shown));
  });
  document.querySelectorAll("table.filtered thead button").forEach((button) => button.addEventListener("click", () => {
    const head = button.closest("th"), body = head.closest("table").tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    head.parentElement.querySelectorAll("th").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[head.cellIndex].dataset.sort ?? row.cells[head.cellIndex].textContent;
    [...body.rows].sort((a, b) => (down ? -1 : 1) * key(a).localeCompare(key(b), undefined, { numeric: true })).forEach((row) => body.append(row));
  }));
})();
