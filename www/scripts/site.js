/* Every page: links on a disk, days left before a deadline, copy-link and print buttons.
   All of it is optional: pages read well without. */
(function () {
  "use strict";

  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  /* On a disk no server adds `index.html` to the address of a folder. */
  function completeLink(link) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) {
      link.pathname += "index.html";
    }
  }

  function completeLinks() {
    if (location.protocol !== "file:") return;
    const complete = (event) => {
      const link = event.target instanceof Element && event.target.closest("a[href]");
      if (link) completeLink(link);
    };
    all("a[href]").forEach(completeLink);
    /* Links that other scripts add later. */
    ["click", "auxclick"].forEach((name) => addEventListener(name, complete, true));
  }

  /* Whole days from the reader's today to an ISO date; through UTC, so that no change of hour counts. */
  function daysUntil(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    const now = new Date();
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    return Math.round((Date.UTC(year, month - 1, day) - today) / 864e5);
  }

  function delay(days) {
    if (days < 0) return "passée";
    if (days === 0) return "aujourd’hui";
    return "dans " + days.toLocaleString("fr-FR") + "\u00a0jour" + (days > 1 ? "s" : "");
  }

  function showDelays() {
    all("[data-echeance]").forEach((label) => {
      const days = daysUntil(label.dataset.echeance);
      label.textContent = delay(days);
      label.hidden = false;
      const item = label.closest(".echeance");
      if (item) item.classList.add(days < 0 ? "echeance-passee" : "echeance-a-venir");
    });
  }

  /* Home page: the dates to come stay, the past ones fold away. If none is to come, all stay. */
  function foldPast() {
    const list = document.querySelector("[data-echeances-prochaines]");
    const fold = document.querySelector("[data-echeances-passees]");
    if (!list || !fold || !list.querySelector(".echeance-a-venir")) return;
    const past = all(".echeance-passee", list);
    fold.querySelector("ol").append(...past);
    fold.hidden = past.length === 0;
  }

  /* The year planner: which months are past, which is this one, and a link to it. */
  function markMonths() {
    const now = new Date();
    const current = now.getFullYear() + "-" + String(now.getMonth() + 1).padStart(2, "0");
    all("[data-mois]").forEach((label) => {
      const month = label.dataset.mois;
      if (month > current) return;
      label.textContent = month < current ? "passé" : "ce mois-ci";
      label.hidden = false;
      label.classList.toggle("calendrier-courant", month === current);
    });
    const link = document.querySelector("[data-mois-en-cours]");
    if (!link || !document.getElementById("mois-" + current)) return;
    link.hash = "mois-" + current;
    link.hidden = false;
  }

  /* The clipboard interface exists on https only; an intranet often has plain http. */
  function copyThroughField(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visuellement-cache";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copy(text) {
    if (!navigator.clipboard) return copyThroughField(text);
    return navigator.clipboard.writeText(text).catch(() => copyThroughField(text));
  }

  function enableCopy(button, text, done) {
    const status = button.parentElement.querySelector("[role=status]");
    const say = (text) => {
      status.textContent = text;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      say("");
      copy(text())
        .then(() => say(done))
        .catch(() => say("Copie refusée par le navigateur\u00a0: sélectionnez le texte, puis Ctrl+C."))
        .finally(() => button.focus());
    });
  }

  function enablePrint(button) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  /* Beside its term, inside the window. */
  function place(box, link) {
    const at = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.offsetWidth - 16;
    box.style.left = scrollX + Math.max(16, Math.min(at.left, room)) + "px";
    const below = at.bottom + box.offsetHeight + 16 < innerHeight || at.top < box.offsetHeight;
    box.style.top = scrollY + (below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + "px";
  }

  /* A link to the glossary opens the definition that the page carries. The browser closes it by Escape or a click
     outside, and gives the focus back. */
  function enableDefinition(link) {
    const box = document.getElementById("definition-" + link.hash.slice(1));
    if (!box || !box.showPopover) return;
    box.hidden = false;
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    box.addEventListener("toggle", (event) => {
      link.setAttribute("aria-expanded", String(event.newState === "open"));
    });
    const open = (event) => {
      event.preventDefault();
      box.showPopover();
      place(box, link);
      box.focus({ preventScroll: true });
    };
    link.addEventListener("click", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") open(event);
    });
  }

  /* The questions to copy: each quotation of the page gets the button of its template. */
  function enableQuotations(template) {
    all(".prose blockquote").forEach((quotation) => {
      const bar = template.content.firstElementChild.cloneNode(true);
      quotation.after(bar);
      enableCopy(bar.querySelector("button"), () => quotation.innerText.trim(), "Question copiée");
    });
  }

  completeLinks();
  showDelays();
  foldPast();
  markMonths();
  all("[data-copier]").forEach((button) => {
    enableCopy(button, () => location.href.split("#")[0], "Lien copié");
  });
  all("[data-modele-citation]").forEach(enableQuotations);
  all('.prose a[href*="/glossaire/"][href*="#"]').forEach(enableDefinition);
  all("[data-imprimer]").forEach(enablePrint);
})();
