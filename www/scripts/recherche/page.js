/* The search page: every answer, by groups, with filters; its state is kept in the fragment. */
function makePage({ page, form, field, engine, rhythm, announce }) {
  /* What the screen shows at once; the rest, and the passages, after a pause in typing. */
  const SHOWN = 6;
  const LISTED = 100;
  const PAUSE = 200;

  const filters = Array.from(page.querySelectorAll("[data-filtre]"));
  const results = part("[data-recherche-resultats]", page);
  const summary = part("[data-recherche-bilan]", results);
  const index = document.querySelector("[data-recherche-index]");
  const sections = new Map();

  function chosen() {
    return Object.fromEntries(filters.filter((filter) => filter.value).map((filter) => [filter.dataset.filtre, filter.value]));
  }

  function readFragment() {
    const state = new URLSearchParams(location.hash.slice(1));
    field.value = state.get("q") || "";
    filters.forEach((filter) => {
      filter.value = state.get(filter.dataset.filtre) || "";
      if (filter.selectedIndex < 0) filter.selectedIndex = 0;
    });
    if (location.hash) engine.load();
    show();
  }

  function makeItem() {
    const root = clone("resultat");
    const link = part(".resultat-lien", root);
    const number = link.appendChild(document.createTextNode(""));
    const title = link.appendChild(document.createElement("span"));
    const tellHead = (hit) => {
      link.href = addressOf(form, hit);
      write(number, hit.group === "question" ? hit.id + "\u2002" : "");
    };
    return makeRow(root, { title, excerpt: part(".resultat-extrait", root), tellHead });
  }

  function section(name) {
    if (!sections.has(name)) {
      const root = clone("groupe");
      part(".resultats-titre", root).append(GROUPS[name] || name);
      sections.set(name, { root, list: part(".resultats-liste", root), rows: [] });
    }
    return sections.get(name);
  }

  function lay(lines, passages) {
    const wanted = Array.from(grouped(lines), ([name, own]) => {
      const { root, list, rows } = section(name);
      own.forEach((line, rank) => {
        rows[rank] ||= makeItem();
        rows[rank].tell(line, passages);
      });
      arrange(list, rows.slice(0, own.length).map((row) => row.root));
      return root;
    });
    arrange(results, [summary, ...wanted]);
  }

  function uncover(wanted) {
    if (results.hidden !== wanted) return;
    index.hidden = wanted;
    results.hidden = !wanted;
  }

  /* What the filters admit of the answers, or all of them where they admit none; nothing where nothing is asked. */
  function ask(most, passages) {
    const query = field.value.trim();
    const wanted = Boolean(query) || Object.keys(chosen()).length > 0;
    uncover(wanted);
    if (!wanted) announce("");
    if (!wanted || !engine.isReady()) return null;
    const admitted = engine.search(query, most, passages, chosen());
    /* What is nearest to a query without answers is looked for once the hand rests. */
    if (admitted.weak && !passages) return null;
    if (admitted.lines.length) return { ...admitted, told: query && admitted.weak ? verdict(admitted) : "" };
    return { ...engine.search(query, most, passages), told: "Aucun résultat avec ces filtres. Sans eux\u00a0:" };
  }

  function sum(text) {
    if (summary.textContent !== text) summary.textContent = text;
  }

  /* How many there are is known once all are there. */
  function glance() {
    const answer = ask(SHOWN, false);
    if (!answer) return;
    lay(answer.lines, false);
    sum(answer.told || "\u00a0");
  }

  /* Every answer, some of them a step. */
  function complete() {
    let answer = null;
    const steps = [
      () => {
        answer = ask(LISTED, true);
        if (answer) lay(answer.lines.slice(0, SHOWN), true);
      },
    ];
    for (let most = 2 * SHOWN; most < LISTED + SHOWN; most += SHOWN) {
      steps.push(() => {
        if (answer && answer.lines.length > most - SHOWN) lay(answer.lines.slice(0, most), true);
      });
    }
    steps.push(() => {
      if (!answer) return;
      sum(answer.told || counted(answer.lines.length));
      announce(summary.textContent);
    });
    return steps;
  }

  function show() {
    complete().forEach((step) => step());
  }

  /* The fragment follows the field after a pause: browsers refuse to have it changed at every letter. */
  function keep() {
    const state = fragment(field.value.trim(), chosen());
    history.replaceState(null, "", state || location.pathname + location.search);
  }

  function onInput() {
    engine.load();
    rhythm.inNextFrame(glance);
    rhythm.afterwards([keep, ...complete()], PAUSE);
  }

  function onChange() {
    engine.load();
    keep();
    show();
  }

  part("[data-recherche-filtres]", page).hidden = false;
  field.addEventListener("input", onInput);
  field.addEventListener("change", rhythm.settle);
  filters.forEach((filter) => filter.addEventListener("change", onChange));
  addEventListener("hashchange", readFragment);
  readFragment();

  return {
    refresh: show,
    /* Enter goes on to the best result: once more opens it. */
    enter() {
      onChange();
      const first = page.querySelector(".resultat-lien");
      if (first && field.value.trim()) first.focus();
    },
  };
}
