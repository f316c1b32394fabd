/* The calculator in one file: the rest of the site is not beside it. Its links open the site in another tab, so that
   what was typed stays; where the address of the site is not known, they are plain text. */
(() => {
  "use strict";

  const site = document.body.dataset.site;

  function settle(link) {
    const address = link.getAttribute("href");
    if (!address || /^(#|blob:)/.test(address)) return;
    if (!address.includes(":")) {
      if (!site) {
        link.removeAttribute("href");
        return;
      }
      link.href = new URL(address, site + "calculateur/").href;
    }
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }

  function onChanges(changes) {
    changes.forEach((change) => {
      if (change.type === "attributes") settle(change.target);
      change.addedNodes.forEach((node) => {
        if (node instanceof Element) node.querySelectorAll("a[href]").forEach(settle);
        if (node instanceof HTMLAnchorElement) settle(node);
      });
    });
  }

  document.querySelectorAll("a[href]").forEach(settle);
  new MutationObserver(onChanges).observe(document.body, { subtree: true, childList: true, attributeFilter: ["href"] });
})();
