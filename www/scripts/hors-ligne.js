/* The page of the offline copy: its one button takes the copy or removes it; nothing happens without it. What the page
   says stands in its markup, one element a state; this script shows the one that holds. */
(() => {
  "use strict";

  const module = document.querySelector('[data-module="hors-ligne"]');
  if (!module || module.dataset.pret) return;
  module.dataset.pret = "oui";
  const part = (selector) => {
    const found = module.querySelector(selector);
    if (!found) throw new Error("hors-ligne: missing " + selector);
    return found;
  };
  const button = part("[data-role=bouton]");
  const root = new URL(module.dataset.racine, location.href).href;
  const prefix = "care " + root + " ";

  function show(state) {
    module.dataset.etat = state;
    module.querySelectorAll("[data-pour]").forEach((element) => {
      element.hidden = !element.dataset.pour.split(" ").includes(state);
    });
    button.disabled = state === "en-cours";
  }

  function trusted(address) {
    if (!window.trustedTypes) return address;
    const policy = window.trustedTypes.createPolicy("care-hors-ligne", {
      createScriptURL: (candidate) => {
        if (candidate !== root + "sw.js") throw new TypeError("hors-ligne: unknown script");
        return candidate;
      },
    });
    trusted = () => policy.createScriptURL(root + "sw.js");
    return trusted();
  }

  /* Of this site alone: a server may have others above it. */
  async function registration() {
    const found = await navigator.serviceWorker.getRegistration(root);
    return found && found.scope === root ? found : null;
  }

  async function copies() {
    return (await caches.keys()).filter((name) => name.startsWith(prefix));
  }

  /* Both are needed: the browser may have thrown the files away to make room. */
  async function look() {
    const found = await registration();
    const kept = (await copies()).length > 0;
    if (found && found.waiting && found.active && kept) return show("nouvelle");
    return show(found && found.active && kept ? "presente" : "absente");
  }

  function settled(worker) {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("redundant"));
      };
      worker.addEventListener("statechange", check);
      check();
    });
  }

  async function remove() {
    const found = await registration();
    if (found) await found.unregister();
    await Promise.all((await copies()).map((name) => caches.delete(name)));
  }

  /* A worker that was at work when its copy was removed stays until its pages close: it takes the copy once more. */
  function fill(worker) {
    return new Promise((resolve, reject) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = (event) => (event.data ? resolve() : reject(new Error("refused")));
      worker.postMessage("copier", [channel.port2]);
    });
  }

  async function keep() {
    show("en-cours");
    /* What is left of a copy that the browser emptied would answer for a whole one. */
    await remove();
    const options = { scope: root, updateViaCache: "none" };
    const made = await navigator.serviceWorker.register(trusted(root + "sw.js"), options);
    await settled(made.installing || made.waiting || made.active);
    if ((await copies()).length === 0) await fill(made.active);
    show("presente");
  }

  function failed() {
    return remove()
      .catch(() => {})
      .then(() => show("echec"));
  }

  function onClick() {
    const present = ["presente", "nouvelle"].includes(module.dataset.etat);
    if (present) remove().then(() => show("retiree"), failed);
    else keep().catch(failed);
  }

  function offerInstallation() {
    const link = part("template[data-modele=manifeste]").content.firstElementChild.cloneNode(true);
    document.head.append(link);
  }

  /* A browser keeps copies of secure addresses only: https, or the machine itself; never of a disk. */
  if (!window.isSecureContext || !navigator.serviceWorker || !window.caches || location.protocol === "file:") {
    show("impossible");
    return;
  }
  offerInstallation();
  button.addEventListener("click", onClick);
  look().catch(() => show("impossible"));
})();
