/* The list under the box of every page: a combobox (ARIA Authoring Practices, list autocomplete with manual selection). */
function makeCombobox({ form, field, engine, rhythm, announce }) {
  const PROPOSED = 8;
  /* No window shows more of them without scrolling: the others are written once the hand rests, as passages are. */
  const IN_SIGHT = 5;
  const SOON = 100;
  /* Characters of an excerpt: two lines show no more, and all that is given is laid out. */
  const EXCERPT = document.querySelector(".hero-recherche") && matchMedia("(width >= 48rem)").matches ? 200 : 110;

  const list = part(".recherche-liste", form);
  let active = -1;
  /* Asking the list where it stands would lay the page out at each key. */
  let scrolled = false;
  const rows = [];

  function activate(rank) {
    const all = list.children;
    deactivate();
    if (!all.length) return;
    active = (rank + all.length) % all.length;
    all[active].setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function deactivate() {
    if (active < 0) return;
    rows[active].root.setAttribute("aria-selected", "false");
    field.removeAttribute("aria-activedescendant");
    active = -1;
  }

  function close() {
    rhythm.forget();
    deactivate();
    open(false);
  }

  function open(wanted) {
    if (list.hidden !== wanted) return;
    list.hidden = !wanted;
    field.setAttribute("aria-expanded", String(wanted));
  }

  function row(rank) {
    if (!rows[rank]) {
      const root = clone("option");
      root.id = "recherche-option-" + rank;
      root.setAttribute("aria-selected", "false");
      const [group, title, excerpt] = ["groupe", "titre", "extrait"].map((name) => part(".recherche-" + name, root));
      const named = group.appendChild(document.createTextNode(""));
      rows[rank] = makeRow(root, { title, excerpt, most: EXCERPT, tellHead: (hit) => write(named, label(hit)) });
    }
    return rows[rank];
  }

  /* Rows beyond these stay, out of sight, until theirs are written. */
  function show(lines) {
    lines.forEach((line, rank) => row(rank).tell(line, false));
    if (list.children.length < lines.length || lines.length < IN_SIGHT) put(lines.length);
    open(lines.length > 0);
    if (scrolled) list.scrollTop = 0;
    scrolled = false;
  }

  function put(count) {
    arrange(list, rows.slice(0, count).map(({ root }) => root));
  }

  function ask(query, passages) {
    const answer = engine.search(query, PROPOSED, passages);
    return Object.assign(answer, { lines: Array.from(grouped(answer.lines).values()).flat() });
  }

  /* The passages of what is in sight, then all the rest. */
  function complete(query) {
    let lines = [];
    const write = (from, to) => lines.slice(from, to).forEach((line, rank) => row(from + rank).tell(line, true));
    return [
      () => {
        lines = ask(query, true).lines;
        show(lines.slice(0, IN_SIGHT));
        write(0, IN_SIGHT);
      },
      () => {
        write(IN_SIGHT, PROPOSED);
        put(lines.length);
      },
    ];
  }

  function propose() {
    deactivate();
    const query = field.value.trim();
    if (!query || !engine.isReady()) {
      close();
      if (!query) announce("");
      return;
    }
    const answer = ask(query, false);
    /* What is nearest to a query without answers is looked for once the hand rests; till then the list stays. */
    if (!answer.weak) show(answer.lines.slice(0, IN_SIGHT));
    rhythm.afterwards(complete(query), SOON);
    announce(verdict(answer));
  }

  function follow(rank) {
    rhythm.settle();
    if (!list.children[rank]) return;
    close();
    location.assign(addressOf(form, rows[rank].hit));
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
    rhythm.settle();
    action();
  }

  list.setAttribute("role", "listbox");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => rhythm.inNextFrame(propose));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  list.addEventListener("scroll", () => {
    scrolled = true;
  });
  /* The field keeps the focus while an option is pressed. */
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    follow(Array.from(list.children).indexOf(event.target.closest("[role=option]")));
  });

  return {
    refresh() {
      if (document.activeElement === field) propose();
    },
    enter() {
      if (active >= 0) follow(active);
      else location.assign(pageOf(form, "recherche/") + fragment(field.value.trim(), {}));
    },
  };
}
