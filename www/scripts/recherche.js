/* The search box of every page: a combobox (ARIA Authoring Practices, list autocomplete with manual selection) whose
   engine is loaded at first focus, and the list of the search page. Texts arrive as stretches, in turn plain and
   marked; they enter the page through text nodes and clones of templates, never as markup. */
(function () {
  "use strict";

  const PROPOSED = 8;
  /* No window shows more of them without scrolling: the others are laid out once the hand rests. */
  const IN_SIGHT = 5;
  /* Characters of an excerpt in the list: two lines show no more, and all that is given is laid out. */
  const EXCERPT = document.querySelector(".hero-recherche") && matchMedia("(width >= 48rem)").matches ? 200 : 110;
  /* On the search page: what the screen shows at once, and the rest after a pause in typing. */
  const SHOWN = 8;
  const LISTED = 100;
  const PAUSE = 200;
  const SOON = 100;
  const GROUPS = {
    question: "Questions",
    objectif: "Objectifs",
    echeance: "Échéances",
    guide: "Guide",
    page: "Pages",
    glossaire: "Glossaire",
    champ: "Calculateur",
  };

  const form = document.querySelector('form[data-module="recherche"]');
  if (!form || form.dataset.pret) return;
  form.dataset.pret = "oui";

  const part = (selector, root) => {
    const found = (root || form).querySelector(selector);
    if (!found) throw new Error("recherche: missing " + selector);
    return found;
  };
  const box = part(".recherche-boite");
  const field = part(".recherche-champ");
  const list = part(".recherche-liste");
  const announcer = part("[data-recherche-annonce]");
  const page = document.querySelector(".recherche-page");
  const index = document.querySelector("[data-recherche-index]");

  /* ---- The engine ---- */

  let engine = null;
  let asked = false;

  function trusted(address) {
    if (!window.trustedTypes) return address;
    const policy = window.trustedTypes.createPolicy("care-recherche", {
      createScriptURL: (candidate) => {
        if (candidate !== form.dataset.moteur) throw new TypeError("recherche: unknown script");
        return candidate;
      },
    });
    return policy.createScriptURL(address);
  }

  function loadEngine() {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    /* A browser refuses `integrity` on files of a disk. */
    if (form.dataset.moteurIntegrite && location.protocol !== "file:") {
      script.integrity = form.dataset.moteurIntegrite;
    }
    script.src = trusted(form.dataset.moteur);
    script.addEventListener("error", failed);
    document.head.append(script);
  }

  function failed() {
    announce("La recherche n'a pas pu être chargée.");
  }

  window.careMoteurPret = (bindings, wasm, data) => {
    bindings({ module_or_path: wasm })
      .then(() => {
        engine = new bindings.Moteur(data);
        form.dataset.moteurPret = "oui";
        refresh();
      })
      .catch(failed);
  };

  function search(query, limit, filters) {
    const of = (name) => (filters && filters[name]) || "";
    const demand = [limit, of("objectif"), of("public"), of("section"), query];
    return JSON.parse(typeset(engine.chercher(demand.join("\n"))));
  }

  /* Texts travel with plain spaces and straight apostrophes: French signs are set here, as on the pages, in the whole
     answer at once (nothing else of it holds an apostrophe or a space). */
  function typeset(text) {
    return text
      .replace(/'/g, "\u2019")
      .replace(/ (?=[;!?])/g, "\u202f")
      .replace(/ (?=[:»%])/g, "\u00a0")
      .replace(/« /g, "«\u00a0");
  }

  /* Groups in the order of their best answer; within a group, best first. */
  function grouped(hits) {
    const groups = new Map();
    hits.forEach((hit) => {
      if (!groups.has(hit.groupe)) groups.set(hit.groupe, []);
      groups.get(hit.groupe).push(hit);
    });
    return groups;
  }

  /* What a press asks for is done once, in the next frame, however many presses come before it. */
  let due = null;

  function inNextFrame(work) {
    if (!due) requestAnimationFrame(runDue);
    due = work;
  }

  function runDue() {
    const work = due;
    due = null;
    if (work) work();
  }

  /* What no one sees yet, after that frame or a pause in typing; the next press calls it off. */
  let later = null;
  let timer = 0;

  function afterwards(work, pause) {
    clearTimeout(timer);
    later = work;
    timer = setTimeout(runLater, pause);
  }

  function runLater() {
    const work = later;
    later = null;
    if (work) work();
  }

  /* Both at once, before a key that acts on what is shown. */
  function settle() {
    runDue();
    runLater();
  }

  /* ---- Pieces of page ---- */

  const models = new Map();

  function clone(name) {
    if (!models.has(name)) models.set(name, part('template[data-modele="' + name + '"]', document).content.firstElementChild);
    return models.get(name).cloneNode(true);
  }

  /* Stretches are in turn plain and marked; past `most` characters the text ends at a word. */
  function fill(element, stretches, most) {
    const nodes = [];
    let left = most || Infinity;
    for (let rank = 0; rank < stretches.length && left > 0; rank += 1) {
      const text = stretches[rank].length > left ? beginning(stretches[rank], left) : stretches[rank];
      left -= stretches[rank].length;
      if (rank % 2 === 0) {
        nodes.push(text);
      } else {
        const mark = clone("marque");
        mark.textContent = text;
        nodes.push(mark);
      }
    }
    element.replaceChildren(...nodes);
  }

  function beginning(text, most) {
    const end = text.lastIndexOf(" ", most);
    return text.slice(0, Math.max(end, 0)) + " …";
  }

  /* Where a passage has no anchor, the browser is given its first words to look for. */
  function place(hit) {
    if (hit.ancre) return "#" + encodeURIComponent(hit.ancre);
    const words = hit.groupe === "question" ? hit.extrait.join("").replace(/^… /, "").split(" ").slice(0, 6) : [];
    const text = encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");
    return text ? "#:~:text=" + text : "";
  }

  function pageOf(url) {
    /* On a disk no server adds `index.html` to the address of a folder. */
    const folder = location.protocol === "file:" && (url === "" || url.endsWith("/"));
    return form.dataset.racine + url + (folder ? "index.html" : "");
  }

  function address(hit) {
    return pageOf(hit.url) + place(hit);
  }

  function label(hit) {
    return hit.groupe === "question" ? "Question\u00a0" + hit.id : GROUPS[hit.groupe] || "";
  }

  function count(number) {
    return number + "\u00a0résultat" + (number > 1 ? "s" : "");
  }

  function verdict(answer) {
    if (answer.faible) return "Rien ne correspond exactement. Au plus proche\u00a0:";
    return count(answer.touches.length);
  }

  /* After a pause in typing, so that a screen reader is not interrupted at each letter. */
  let pause = 0;
  function announce(text) {
    clearTimeout(pause);
    pause = setTimeout(() => {
      announcer.textContent = text;
    }, 400);
  }

  /* ---- The combobox ---- */

  let active = -1;
  /* Asking the list where it stands would lay the page out at each key. */
  let scrolled = false;

  /* Each is made once, and only what an answer changes is written anew. */
  const rows = [];

  function options() {
    return Array.from(list.children);
  }

  function activate(rank) {
    const all = options();
    deactivate();
    if (!all.length) return;
    active = (rank + all.length) % all.length;
    all[active].setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function deactivate() {
    if (active < 0) return;
    rows[active].item.setAttribute("aria-selected", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function close() {
    due = null;
    later = null;
    deactivate();
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }

  function row(rank) {
    if (!rows[rank]) {
      const item = clone("option");
      item.id = "recherche-option-" + rank;
      item.setAttribute("aria-selected", "false");
      const [group, title, excerpt] = ["groupe", "titre", "extrait"].map((name) => part(".recherche-" + name, item));
      rows[rank] = { item, group, title, excerpt };
    }
    return rows[rank];
  }

  function tell(hit, rank) {
    const told = JSON.stringify(hit);
    const { group, title, excerpt, told: before } = row(rank);
    if (told === before) return;
    Object.assign(rows[rank], { told, hit });
    group.textContent = label(hit);
    fill(title, hit.titre);
    fill(excerpt, hit.extrait, EXCERPT);
  }

  function show(hits) {
    put(hits.slice(0, IN_SIGHT));
    afterwards(() => put(hits), SOON);
    if (list.hidden !== (hits.length === 0)) {
      list.hidden = hits.length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
    }
    if (scrolled) list.scrollTop = 0;
    scrolled = false;
  }

  function put(hits) {
    hits.forEach(tell);
    while (list.children.length > hits.length) list.lastElementChild.remove();
    while (list.children.length < hits.length) list.append(rows[list.children.length].item);
  }

  function propose() {
    deactivate();
    const query = field.value.trim();
    if (!query || !engine) {
      close();
      if (!query) announce("");
      return;
    }
    const answer = search(query, PROPOSED);
    show(Array.from(grouped(answer.touches).values()).flat());
    announce(verdict(answer));
  }

  function follow(rank) {
    if (!options()[rank]) return;
    close();
    location.assign(address(rows[rank].hit));
  }

  function showAll() {
    location.assign(pageOf("recherche/") + fragment(field.value.trim(), {}));
  }

  const keys = {
    ArrowDown: () => (list.hidden ? propose() : activate(active + 1)),
    ArrowUp: () => (list.hidden ? propose() : activate(active < 0 ? -1 : active - 1)),
    Escape: () => {
      if (list.hidden) field.value = "";
      close();
    },
  };

  function onKey(event) {
    const action = keys[event.key];
    if (!action || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    settle();
    action();
  }

  function becomeCombobox() {
    list.setAttribute("role", "listbox");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("keydown", onKey);
    field.addEventListener("input", () => inNextFrame(propose));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) close();
    });
    list.addEventListener("scroll", () => {
      scrolled = true;
    });
    /* The field keeps the focus while an option is pressed. */
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => follow(options().indexOf(event.target.closest("[role=option]"))));
  }

  /* ---- The search page ---- */

  const filters = page ? Array.from(page.querySelectorAll("[data-filtre]")) : [];

  function chosen() {
    return Object.fromEntries(filters.filter((filter) => filter.value).map((filter) => [filter.dataset.filtre, filter.value]));
  }

  function fragment(query, chosenFilters) {
    const state = new URLSearchParams(Object.assign(query ? { q: query } : {}, chosenFilters)).toString();
    return state ? "#" + state : "";
  }

  function readFragment() {
    const state = new URLSearchParams(location.hash.slice(1));
    field.value = state.get("q") || "";
    filters.forEach((filter) => {
      filter.value = state.get(filter.dataset.filtre) || "";
      if (filter.selectedIndex < 0) filter.selectedIndex = 0;
    });
    if (location.hash) loadEngine();
    showResults(LISTED);
  }

  function result(hit) {
    const item = clone("resultat");
    const link = part(".resultat-lien", item);
    link.href = address(hit);
    fill(link, hit.titre);
    if (hit.groupe === "question") link.prepend(hit.id + "\u2002");
    fill(part(".resultat-extrait", item), hit.extrait);
    return item;
  }

  function section([name, hits]) {
    const group = clone("groupe");
    part(".resultats-titre", group).append(GROUPS[name] || name);
    part(".resultats-liste", group).append(...hits.map(result));
    return group;
  }

  /* How many there are is known once all are there. */
  function summed(answer, admitted, query, partial) {
    if (!admitted) return "Aucun résultat avec ces filtres. Sans eux\u00a0:";
    if (query && answer.faible) return verdict(answer);
    return partial ? "\u00a0" : count(answer.touches.length);
  }

  function showResults(most) {
    const results = part("[data-recherche-resultats]", page);
    const query = field.value.trim();
    const wanted = Boolean(query) || Object.keys(chosen()).length > 0;
    index.hidden = wanted;
    results.hidden = !wanted;
    if (!wanted) announce("");
    if (!wanted || !engine) return;
    const admitted = search(query, most, chosen());
    const answer = admitted.touches.length ? admitted : search(query, most);
    const summary = part("[data-recherche-bilan]", results);
    results.replaceChildren(summary, ...Array.from(grouped(answer.touches), section));
    const partial = most === SHOWN && answer.touches.length === SHOWN;
    summary.textContent = summed(answer, answer === admitted, query, partial);
    if (partial) return;
    announce(summary.textContent);
  }

  /* The fragment follows the field after a pause: browsers refuse to have it changed at every letter. */
  function keep() {
    const state = fragment(field.value.trim(), chosen());
    history.replaceState(null, "", state || location.pathname + location.search);
  }

  function onInput() {
    loadEngine();
    inNextFrame(() => showResults(SHOWN));
    afterwards(complete, PAUSE);
  }

  function complete() {
    keep();
    showResults(LISTED);
  }

  function onChange() {
    loadEngine();
    complete();
  }

  /* Enter goes on to the best result: once more opens it. */
  function enterResults() {
    onChange();
    const first = page.querySelector(".resultat-lien");
    if (first && field.value.trim()) first.focus();
  }

  function becomePage() {
    part("[data-recherche-filtres]", page).hidden = false;
    field.addEventListener("input", onInput);
    field.addEventListener("change", runLater);
    filters.forEach((filter) => filter.addEventListener("change", onChange));
    addEventListener("hashchange", readFragment);
    readFragment();
  }

  /* ---- Landing ---- */

  /* A result may stand in what its page shows later (the form of the calculator) or in a closed fold. */
  function land() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const veil = target && target.closest("[hidden]");
    if (!target || !veil) {
      if (target) reveal(target);
      return;
    }
    const lifted = new MutationObserver(() => {
      if (veil.hidden) return;
      lifted.disconnect();
      reveal(target);
    });
    lifted.observe(veil, { attributeFilter: ["hidden"] });
  }

  function reveal(target) {
    const fold = target.closest("details");
    if (fold) fold.open = true;
    target.scrollIntoView();
    if (target.matches("input, select, textarea, [tabindex]")) target.focus({ preventScroll: true });
  }

  /* ---- Start ---- */

  function refresh() {
    if (page) showResults(LISTED);
    else if (document.activeElement === field) propose();
  }

  function onSubmit(event) {
    event.preventDefault();
    settle();
    if (page) enterResults();
    else if (active >= 0) follow(active);
    else showAll();
  }

  function onSlash(event) {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  box.hidden = false;
  if (page) becomePage();
  else becomeCombobox();
  /* A pointer that comes near means to search: by the click all is there. */
  box.addEventListener("pointerover", loadEngine, { once: true });
  field.addEventListener("focus", loadEngine);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onSlash);
  addEventListener("hashchange", land);
  if (document.activeElement === field) loadEngine();
  land();
})();
