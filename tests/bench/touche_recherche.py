"""Where the time of a key press goes in the search box: `python3 tests/bench/touche_recherche.py DIST [STEP]`.

As `touche.py`: processor time of the page's main thread, by Chromium's trace, not slowed down, from the press to the
commit of the frame that shows the answers; then what follows until the next press. Every STEPth graded query (20).
First what of it is the browser's own: the same presses in a page of nothing but a field, then with a handler that asks
for a frame and does nothing in it.
"""
import collections
import json
import os
import sys
import time

from touche import Page, by_press, served, trace

QUERIES = os.path.join(os.path.dirname(__file__), "..", "..", "search", "tests", "requetes.json")
REST = float(os.environ.get("REPOS", "0.06"))
WORK = ("FunctionCall", "FireAnimationFrame", "TimerFire", "UpdateLayoutTree", "Layout")
PAGES = tuple(os.environ.get("PAGES", "vide vide-image faq/3-16/ recherche/").split())
FIELD = """const champ = document.createElement('input'); champ.id = 'recherche-champ'; champ.type = 'search';
    document.body.replaceChildren(champ); document.title = 'Vide'; champ.focus();"""
FRAME = "champ.addEventListener('input', () => requestAnimationFrame(() => {}));"


def is_step(event):
    return event["name"] == "FunctionCall" and event["args"].get("data", {}).get("functionName") == "runStep"


def press(page, letter):
    key = {"key": letter, "windowsVirtualKeyCode": ord(letter.upper()) % 256}
    page.call("Input.dispatchKeyEvent", type="keyDown", text=letter, **key)
    page.call("Input.dispatchKeyEvent", type="keyUp", **key)
    # Asking the page whether it is done would be work in its frame.
    time.sleep(REST)


def type_queries(page, queries, typed):
    for query in queries:
        page.eval("document.querySelector('#recherche-champ').value = ''")
        for end, letter in enumerate(query, 1):
            press(page, letter)
            typed.append(query[:end])
        time.sleep(0.5)


def spread(times):
    times = sorted(times)
    return f"median {times[len(times) // 2]:.2f} ms, p95 {times[len(times) * 95 // 100]:.2f} ms, most {times[-1]:.2f} ms"


def bare(page, address, name):
    """A text of the site, which brings no style and no script, emptied for a field."""
    page.call("Page.navigate", url=f"{address}robots.txt")
    page.wait_for("document.contentType === 'text/plain' && document.readyState === 'complete'")
    page.eval(f"{{ {FIELD} {FRAME if name == 'vide-image' else ''} }}")


def searching(page, address, name):
    page.call("Page.navigate", url=address + name)
    page.wait_for("document.querySelector('.recherche-boite:not([hidden])')")
    page.eval("document.querySelector('#recherche-champ').focus()")
    page.wait_for("document.querySelector('[data-moteur-pret]')")


def measure(browser, address, page_name, queries):
    page = Page(browser, 1280)
    (bare if page_name.startswith("vide") else searching)(page, address, page_name)
    time.sleep(1)
    typed = []
    type_queries(page, queries[:2], [])
    events = trace(browser, lambda: type_queries(page, queries, typed))
    presses = list(by_press(events))
    assert len(presses) == len(typed), (len(presses), len(typed))
    times = [sum(own[name] for name in WORK) for own in presses]
    print(f"{page_name}, {len(times)} presses, script, style and layout: {spread(times)}")
    print(f"{page_name}, with the event itself, paint and layers: {spread([sum(own.values()) for own in presses])}")
    steps = [sum(own[name] for name in WORK) for own in by_press(events, is_step)]
    if steps:
        print(f"{page_name}, each step once the hand rests, the same: {len(steps)}, {spread(steps)}")
    for name, total in sum(presses, collections.Counter()).most_common(14):
        print(f"  {total / len(presses):6.3f} ms  {name}")
    for spent, query, own in sorted(zip(times, typed, presses), key=lambda one: -one[0])[:12]:
        told = ", ".join(f"{name} {ms:.2f}" for name, ms in own.most_common(4))
        print(f"  {spent:6.2f} ms  {query!r}: {told}")


def main():
    site, step = sys.argv[1], int((sys.argv[2:] or ["20"])[0])
    with open(QUERIES, encoding="utf-8") as file:
        queries = [query["q"] for query in json.load(file)][::step]
    with served(site) as (browser, address, _):
        for page in PAGES:
            measure(browser, address, page, queries)


if __name__ == "__main__":
    main()
