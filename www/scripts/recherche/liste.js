/* The list under the box of every page: a combobox (ARIA Authoring Practices, list autocomplete with manual selection). */
function makeCombobox({ form, field, engine, rhythm, announce, hint, example }) {
  const PROPOSED = 8;
  /* No window shows more of them without scrolling: the others are written once the hand rests, as passages are. */
  const IN_SIGHT = 5;
  /* With marks and passages fewer are written at a time. */
  const STEP = 2;
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

  /* Writes the answers of these ranks; rows beyond stay until theirs are written, unless there are no more answers. */
  function show(lines, from, to, whole) {
    const end = Math.min(lines.length, to);
    for (let rank = from; rank < end; rank += 1) row(rank).tell(lines[rank], whole);
    const stay = lines.length < IN_SIGHT ? Math.min(list.children.length, lines.length) : list.children.length;
    if (list.children.length !== Math.max(end, stay)) put(Math.max(end, stay));
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

  /* Marks and passages, some rows a step; then it is said how many there are. */
  function complete(query) {
    let answer = null;
    const rest = (from, to) => () => show(answer.lines, from, to, true);
    return [
      () => {
        answer = ask(query, true);
        if (answer.weak) list.dataset.note = verdict(answer);
        else delete list.dataset.note;
        show(answer.lines, 0, STEP, true);
      },
      rest(STEP, IN_SIGHT),
      rest(IN_SIGHT, PROPOSED),
      () => {
        put(answer.lines.length);
        announce(verdict(answer));
      },
    ];
  }

  function propose() {
    hint();
    deactivate();
    const query = field.value.trim();
    if (!query || !engine.isReady()) {
      close();
      if (!query) announce("");
      return;
    }
    const { weak, lines } = ask(query, false);
    /* What is nearest to a query without answers is looked for once the hand rests; till then the list stays. */
    if (!weak) {
      delete list.dataset.note;
      show(lines, 0, IN_SIGHT, false);
    }
    rhythm.afterwards(complete(query), SOON);
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
    /* What a first press would find cold: its code and the rows. */
    warm() {
      if (list.hidden) ask(example, false).lines.forEach((line, rank) => row(rank).tell(line, false));
    },
    enter() {
      if (active >= 0) follow(active);
      else location.assign(pageOf(form, "recherche/") + fragment(field.value.trim(), {}));
    },
  };
}
