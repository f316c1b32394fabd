/* The search box of every page: a combobox (ARIA Authoring Practices, list autocomplete with manual selection) whose
   engine is loaded at first focus, and the list of the search page. Texts arrive as stretches, in turn plain and
   marked; they enter the page through text nodes and clones of templates, never as markup. */
(function () {
  "use strict";

  const PROPOSED = 8;
  const LISTED = 100;
  const GROUPS = {
    question: "Questions",
    objectif: "Objectifs",
    echeance: "Échéances",
    guide: "Guide",
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
    return JSON.parse(engine.chercher(demand.join("\n")));
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

  /* ---- Pieces of page ---- */

  function clone(name) {
    return part('template[data-modele="' + name + '"]', document).content.firstElementChild.cloneNode(true);
  }

  /* Texts travel with plain spaces and straight apostrophes: French signs are set here, as on the pages. */
  function typeset(text) {
    return text
      .replace(/'/g, "\u2019")
      .replace(/ (?=[;!?])/g, "\u202f")
      .replace(/ (?=[:»%])/g, "\u00a0")
      .replace(/« /g, "«\u00a0");
  }

  function fill(element, stretches) {
    stretches.map(typeset).forEach((text, rank) => {
      if (rank % 2 === 0) {
        element.append(text);
      } else {
        const mark = clone("marque");
        mark.append(text);
        element.append(mark);
      }
    });
  }

  /* Where a passage has no anchor, the browser is given its first words to look for. */
  function place(hit) {
    if (hit.ancre) return "#" + encodeURIComponent(hit.ancre);
    const words = hit.groupe === "question" ? typeset(hit.extrait.join("")).replace(/^… /, "").split(" ").slice(0, 6) : [];
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

  function options() {
    return Array.from(list.children);
  }

  function activate(rank) {
    const all = options();
    active = all.length ? (rank + all.length) % all.length : -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function option(hit, rank) {
    const item = clone("option");
    item.id = "recherche-option-" + rank;
    item.dataset.adresse = address(hit);
    item.setAttribute("aria-selected", "false");
    part(".recherche-groupe", item).append(label(hit));
    fill(part(".recherche-titre", item), hit.titre);
    fill(part(".recherche-extrait", item), hit.extrait);
    return item;
  }

  function propose() {
    const query = field.value.trim();
    if (!query || !engine) {
      close();
      if (!query) announce("");
      return;
    }
    const answer = search(query, PROPOSED);
    const hits = Array.from(grouped(answer.touches).values()).flat();
    list.replaceChildren(...hits.map(option));
    list.hidden = hits.length === 0;
    if (scrolled) list.scrollTop = 0;
    scrolled = false;
    field.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
    field.removeAttribute("aria-activedescendant");
    announce(verdict(answer));
  }

  function follow(rank) {
    const chosen = options()[rank];
    if (!chosen) return;
    close();
    location.assign(chosen.dataset.adresse);
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
    action();
  }

  function becomeCombobox() {
    list.setAttribute("role", "listbox");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("keydown", onKey);
    field.addEventListener("input", propose);
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
    showResults();
  }

  function result(hit) {
    const item = clone("resultat");
    const link = part(".resultat-lien", item);
    link.href = address(hit);
    if (hit.groupe === "question") link.append(hit.id + "\u2002");
    fill(link, hit.titre);
    fill(part(".resultat-extrait", item), hit.extrait);
    return item;
  }

  function section([name, hits]) {
    const group = clone("groupe");
    part(".resultats-titre", group).append(GROUPS[name] || name);
    part(".resultats-liste", group).append(...hits.map(result));
    return group;
  }

  function showResults() {
    const results = part("[data-recherche-resultats]", page);
    const query = field.value.trim();
    const wanted = Boolean(query) || Object.keys(chosen()).length > 0;
    index.hidden = wanted;
    results.hidden = !wanted;
    if (!wanted) announce("");
    if (!wanted || !engine) return;
    const admitted = search(query, LISTED, chosen());
    const answer = admitted.touches.length ? admitted : search(query, LISTED);
    const summary = part("[data-recherche-bilan]", results);
    summary.textContent = query ? verdict(answer) : count(answer.touches.length);
    if (answer !== admitted) summary.textContent = "Aucun résultat avec ces filtres. Sans eux\u00a0:";
    results.replaceChildren(summary, ...Array.from(grouped(answer.touches), section));
    announce(summary.textContent);
  }

  function onChange() {
    loadEngine();
    const state = fragment(field.value.trim(), chosen());
    history.replaceState(null, "", state || location.pathname + location.search);
    showResults();
  }

  /* Enter goes on to the best result: once more opens it. */
  function enterResults() {
    onChange();
    const first = page.querySelector(".resultat-lien");
    if (first && field.value.trim()) first.focus();
  }

  function becomePage() {
    part("[data-recherche-filtres]", page).hidden = false;
    field.addEventListener("input", onChange);
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
    if (page) showResults();
    else if (document.activeElement === field) propose();
  }

  function onSubmit(event) {
    event.preventDefault();
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
  field.addEventListener("focus", loadEngine);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("keydown", onSlash);
  addEventListener("hashchange", land);
  if (document.activeElement === field) loadEngine();
  land();
})();
