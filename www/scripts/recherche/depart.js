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
    () => {
      answers.refresh();
      setTimeout(answers.warm, 0);
    },
    () => announce("La recherche n'a pas pu être chargée."),
  );
  /* Chromium styles a placeholder anew at every letter, though it is out of sight by then. */
  const example = field.placeholder;
  function hint() {
    if (field.hasAttribute("placeholder") !== Boolean(field.value)) return;
    if (field.value) field.removeAttribute("placeholder");
    else field.placeholder = example;
  }

  const parts = { page, form, field, engine, rhythm, announce, hint, example };
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
