/* Landing: a result may stand in what its page shows later (the form of the calculator) or in a closed fold. */
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
