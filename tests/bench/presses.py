"""The presses of `vitesse_calculateur` (15 entities of 20 audits), by processor time.

`python3 tests/bench/presses.py DIST… [-- WIDTH…]`: of each press, from its time stamp to the end that
`vitesse_calculateur` has too, every task of the page's main thread, not slowed down, from Chromium's own trace; the sites
in turn, twice. Of all presses, then of those that change something in the verdicts or in the mark that they wait.
"""
import collections
import json
import os
import statistics
import sys

from touche import dossier, opened, served, trace_of

WATCH = """(() => {
  let pending = null;
  const observer = new MutationObserver(() => { if (pending) pending.changed = true; });
  const look = (role, options) => observer.observe(document.querySelector(`[data-role=${role}]`), { subtree: true, ...options });
  look('resultats', { childList: true, characterData: true, attributes: true });
  look('resume', { attributeFilter: ['hidden', 'data-verdict'] });
  addEventListener('keydown', (event) => {
    const press = pending = {};
    performance.mark('press', { startTime: event.timeStamp });
    requestAnimationFrame(() => scheduler.postTask(() => {
      performance.mark(press.changed ? 'shown-changed' : 'shown');
      pending = null;
    }, { priority: 'user-blocking' }));
  }, true);
})()"""
ROUNDS = 2
# How long what came into sight may take before the first key, in seconds.
SCROLLED = 0.1
KINDS = ("FunctionCall", "Layout", "UpdateLayoutTree", "PrePaint", "Paint", "Layerize", "Commit")


def press_keys(page, audits):
    for liste, key, values in (("annuaires", "score", ("1", "4")), ("perimetres", "cvss_max", ("9,5", "3"))):
        for rank, audit in ((1, 1), (8, audits // 2), (15, audits)):
            row = f"[data-liste={liste}] > :nth-child({rank}) [data-liste=audits] > :nth-child({audit})"
            for value in values:
                page.type_in(f"{row} [data-champ={key}]", value, SCROLLED)
            date = f"{row} [data-champ=date]"
            page.type_in(date, page.eval(f"document.querySelector('{date}').value"), SCROLLED)
    page.type_in("#phase-debut", "20/03/2026", SCROLLED)
    page.type_in("[data-liste=entites] > :nth-child(8) [data-champ=nom]", "Hôpital", SCROLLED)


def by_press(events):
    """For each press, the processor time of all tasks and of some kinds of work, in milliseconds, and whether the press
    changed something in the verdicts."""
    threads = collections.Counter((e["pid"], e["tid"]) for e in events if e["name"] == "EventDispatch")
    main = threads.most_common(1)[0][0]
    mine = [e for e in events if (e["pid"], e["tid"]) == main and e["ph"] == "X" and "tdur" in e]
    begins = sorted(e["ts"] for e in events if e["name"] == "press")
    ends = sorted((e["ts"], e["name"] == "shown-changed") for e in events if e["name"] in ("shown", "shown-changed"))
    for begin in begins:
        end, changed = next((end for end in ends if end[0] > begin), (begin, False))
        own = collections.Counter()
        for event in mine:
            if begin <= event["ts"] < end:
                own[event["name"]] += event["tdur"] / 1000
        yield own, changed


def measure(site, width, audits=10):
    with served(site) as (browser, address, folder):
        file = os.path.join(folder, "grand.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(dossier(audits), out)
        page = opened(browser, f"{address}calculateur/", file, width, 30 * audits)
        page.eval(WATCH)
        return list(by_press(trace_of(browser, lambda: press_keys(page, audits), ["blink.user_timing"])))


def report(name, rounds, presses):
    """Figures of some presses, each the median of its rounds."""
    times = sorted(statistics.median(one[press][0]["RunTask"] for one in rounds) for press in presses)
    at = lambda hundredth: times[len(times) * hundredth // 100]
    print(f"{name}, {len(times)} presses: median {at(50):.1f} ms, p80 {at(80):.1f}, p95 {at(95):.1f}, worst {times[-1]:.1f}")
    mean = lambda kind: statistics.mean(one[press][0][kind] for one in rounds for press in presses)
    print("  " + ", ".join(f"{kind} {mean(kind):.2f}" for kind in KINDS))


def main(sites, widths):
    for width in widths:
        rounds = {site: [] for site in sites}
        for _ in range(ROUNDS):
            for site in sites:
                rounds[site].append(measure(site, width))
        for site, measured in rounds.items():
            presses = range(min(map(len, measured)))
            changed = [press for press in presses if measured[0][press][1]]
            report(f"{site}, {width} px", measured, presses)
            report("– that change something in the verdicts", measured, changed)


if __name__ == "__main__":
    cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    main(sys.argv[1:cut], [int(width) for width in sys.argv[cut + 1 :]] or [1280, 390])
