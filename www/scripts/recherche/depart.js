/* The start: the box appears, and what its page makes of it: the list of every page, or the search page. */
function start(form) {
  form.dataset.pret = "oui";
  const box = part(".recherche-boite", form);
  const field = part(".recherche-champ", form);
  const announcer = part("[data-recherche-annonce]", form);
  const page = document.querySelector(".recherche-page");

  /* After a pause in typing, so that a screen reader is not interrupted at each letter. */
  let pause = 0;
  function announce(text) {
    clearTimeout(pause);
    pause = setTimeout(() => {
      announcer.textContent = text;
    }, 400);
  }

  const rhythm = makeRhythm();
  const engine = makeEngine(
    form,
    () => answers.refresh(),
    () => announce("La recherche n'a pas pu être chargée."),
  );
  const parts = { page, form, field, engine, rhythm, announce };
  box.hidden = false;
  const answers = page ? makePage(parts) : makeCombobox(parts);

  function onSlash(event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  /* A pointer that comes near means to search: by the click all is there. */
  box.addEventListener("pointerover", engine.load, { once: true });
  field.addEventListener("focus", engine.load);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    rhythm.settle();
    answers.enter();
  });
  document.addEventListener("keydown", onSlash);
  addEventListener("hashchange", land);
  if (document.activeElement === field) engine.load();
  land();
}

const form = document.querySelector('form[data-module="recherche"]');
if (form && !form.dataset.pret) start(form);
