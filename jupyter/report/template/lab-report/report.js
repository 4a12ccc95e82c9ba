// What a report does by itself: draws its charts, lists its headings, switches language, folds code.
(() => {
  // a sheet of A4 between its margins: a chart that is no wider is never cut off
  const widest = 680;
  for (const chart of document.querySelectorAll(".chart")) {
    const figure = JSON.parse(chart.querySelector("script").textContent);
    const layout = { ...figure.layout };
    const width = Math.min(layout.width || widest, widest, document.querySelector("main").clientWidth);
    const config = { displaylogo: false, displayModeBar: false, ...figure.config };
    Plotly.newPlot(chart.querySelector(".drawing"), figure.data, { ...layout, width }, config).then(
      () => chart.classList.add("drawn"),
    );
  }

  const list = document.querySelector("#contents ol");
  document.querySelectorAll(".text :is(h1, h2, h3)").forEach((heading, i) => {
    heading.id = `section-${i + 1}`;
    const link = document.createElement("a");
    link.href = `#${heading.id}`;
    link.append(...heading.cloneNode(true).childNodes);
    // a link within a link, and each formula's second form for screen readers: its letters twice
    for (const part of link.querySelectorAll(".anchor-link, .katex-mathml")) part.remove();
    const item = document.createElement("li");
    const language = heading.closest(".lang-zh, .lang-en");
    item.className = `level-${heading.tagName[1]}`;
    if (language) item.classList.add(language.classList.contains("lang-zh") ? "lang-zh" : "lang-en");
    item.append(link);
    list.append(item);
  });

  const speak = (lang) => {
    document.body.dataset.lang = lang;
    for (const button of document.querySelectorAll("#languages button")) {
      button.classList.toggle("chosen", button.dataset.lang === lang);
    }
  };
  const languages = document.querySelector("#languages");
  if (languages) {
    languages.addEventListener("click", (event) => {
      if (event.target.dataset.lang) speak(event.target.dataset.lang);
    });
    // on paper both languages stand, unless one was asked for
    const asked = { "#print": "all", "#zh": "zh", "#en": "en" }[location.hash];
    speak(asked ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  }

  if (location.hash === "#print") {
    for (const folded of document.querySelectorAll(".text details")) folded.open = true;
  }

  document.querySelector("#fold").addEventListener("click", () => {
    const cells = [...document.querySelectorAll("details.code")];
    const open = cells.some((cell) => !cell.open);
    for (const cell of cells) cell.open = open;
  });
})();
