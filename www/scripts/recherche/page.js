/* The search page: every answer, by groups, with filters; its state is kept in the fragment. */
function makePage({ page, form, field, engine, rhythm, announce, hint, example }) {
  /* What the screen shows at once; the rest, and the passages, after a pause in typing. */
  const SHOWN = 6;
  const LISTED = 100;
  const PAUSE = 200;

  const filters = Array.from(page.querySelectorAll("[data-filtre]"));
  const results = part("[data-recherche-resultats]", page);
  const summary = part("[data-recherche-bilan]", results);
  const index = document.querySelector("[data-recherche-index]");
  const sections = [];

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

  function makeItem(rank) {
    const root = clone("resultat");
    if (rank >= SHOWN) root.classList.add("resultat-loin");
    const link = part(".resultat-lien", root);
    const number = link.appendChild(document.createTextNode(""));
    const title = link.appendChild(document.createElement("span"));
    const tellHead = (hit) => {
      link.href = addressOf(form, hit);
      write(number, hit.group === "question" ? hit.id + "\u2002" : "");
    };
    return makeRow(root, { title, excerpt: part(".resultat-extrait", root), tellHead });
  }

  function makeSection() {
    const root = clone("groupe");
    const heading = part(".resultats-titre", root).appendChild(document.createTextNode(""));
    return { root, heading, list: part(".resultats-liste", root), rows: [] };
  }

  /* A section belongs to a rank, not to a group: moved, it would be styled and laid out anew with all its rows. */
  function sectionsOf(lines, passages) {
    return Array.from(grouped(lines), ([name, own], rank) => {
      const { root, heading, list, rows } = (sections[rank] ||= makeSection());
      write(heading, GROUPS[name] || name);
      own.forEach((line, rank) => {
        rows[rank] ||= makeItem(rank);
        rows[rank].tell(line, passages);
      });
      arrange(list, rows.slice(0, own.length).map((row) => row.root));
      return root;
    });
  }

  function lay(lines, passages) {
    arrange(results, [summary, ...sectionsOf(lines, passages)]);
  }

  function asked() {
    return Boolean(field.value.trim()) || Object.keys(chosen()).length > 0;
  }

  /* What the filters admit of the answers, or all of them where they admit none; nothing where nothing is asked. */
  function ask(most, passages) {
    if (!asked() || !engine.isReady()) return null;
    const query = field.value.trim();
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
    hint();
    const answer = ask(SHOWN, false);
    uncover();
    if (!answer) return;
    lay(answer.lines, false);
    sum(answer.told || "\u00a0");
  }

  /* The index or the answers. */
  function uncover() {
    const wanted = asked();
    if (!wanted) announce("");
    if (results.hidden !== wanted) return;
    index.hidden = wanted;
    results.hidden = !wanted;
  }

  /* Every answer, some of them a step. */
  function complete() {
    let answer = null;
    const steps = [
      () => {
        uncover();
        answer = ask(LISTED, true);
        if (!answer) return;
        lay(answer.lines.slice(0, SHOWN), true);
        sum(answer.told || counted(answer.lines.length));
      },
    ];
    for (let most = 2 * SHOWN; most < LISTED + SHOWN; most += SHOWN) {
      steps.push(() => {
        if (answer && answer.lines.length > most - SHOWN) lay(answer.lines.slice(0, most), true);
      });
    }
    steps.push(() => {
      if (answer) announce(summary.textContent);
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
    warm() {
      if (!asked()) sectionsOf(engine.search(example, SHOWN, false).lines, false);
    },
    /* Enter goes on to the best result: once more opens it. */
    enter() {
      onChange();
      const first = page.querySelector(".resultat-lien");
      if (first && field.value.trim()) first.focus();
    },
  };
}
