"""The presses of `vitesse_calculateur` (15 entities of 20 audits), by processor time.

`python3 tests/bench/presses.py DIST… [-- WIDTH…]`: of each press, from its time stamp to the first task after the frame
that shows it, every task of the page's main thread, not slowed down, from Chromium's own trace; the sites in turn.
"""
import collections
import json
import os
import sys

from touche import dossier, opened, served, trace_of

WATCH = """(() => {
  const channel = new MessageChannel();
  addEventListener('keydown', (event) => {
    performance.mark('press', { startTime: event.timeStamp });
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }, true);
  channel.port1.onmessage = () => performance.mark('shown');
})()"""
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
    """For each press, the processor time of all tasks and of some kinds of work, in milliseconds."""
    threads = collections.Counter((e["pid"], e["tid"]) for e in events if e["name"] == "EventDispatch")
    main = threads.most_common(1)[0][0]
    mine = [e for e in events if (e["pid"], e["tid"]) == main and e["ph"] == "X" and "tdur" in e]
    marks = {name: sorted(e["ts"] for e in events if e["name"] == name) for name in ("press", "shown")}
    for begin in marks["press"]:
        end = next((ts for ts in marks["shown"] if ts > begin), begin)
        own = collections.Counter()
        for event in mine:
            if begin <= event["ts"] < end:
                own[event["name"]] += event["tdur"] / 1000
        yield own


def measure(site, width, audits=10):
    with served(site) as (browser, address, folder):
        file = os.path.join(folder, "grand.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(dossier(audits), out)
        page = opened(browser, f"{address}calculateur/", file, width, 30 * audits)
        page.eval(WATCH)
        presses = list(by_press(trace_of(browser, lambda: press_keys(page, audits), ["blink.user_timing"])))
    times = sorted(own["RunTask"] for own in presses)
    at = lambda hundredth: times[len(times) * hundredth // 100]
    print(f"{site}, {width} px, {len(times)} presses: median {at(50):.1f} ms, p80 {at(80):.1f}, p95 {at(95):.1f}, worst {times[-1]:.1f}")
    print("  " + ", ".join(f"{kind} {sum(own[kind] for own in presses) / len(presses):.2f}" for kind in KINDS))


if __name__ == "__main__":
    cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    for width in [int(width) for width in sys.argv[cut + 1 :]] or [1280, 390]:
        for site in sys.argv[1:cut]:
            measure(site, width)
