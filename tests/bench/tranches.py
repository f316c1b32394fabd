"""What may hold a key press up in the calculator of 600 audits: `python3 tests/bench/tranches.py DIST [WIDTH…]`.

From Chromium's own trace, not slowed down: processor time of the longest task of the main thread while the dossier is
opened, as the second part of the module comes, as the picture comes into sight; then of each slice that follows a press.
"""
import collections
import sys
import time

from touche import opened, press_keys, run, trace


def tasks(events, name):
    """Processor time of every task of that name on the page's main thread, in milliseconds, the longest first."""
    threads = collections.Counter((e["pid"], e["tid"]) for e in events if e["name"] == "UpdateLayoutTree")
    main = next((thread for thread, _ in threads.most_common(1)), None)
    mine = (e for e in events if (e["pid"], e["tid"]) == main and e["ph"] == "X" and e["name"] == name)
    return sorted((e.get("tdur", 0) / 1000 for e in mine), reverse=True)


def reach(page, selector):
    page.eval(f"document.querySelector('{selector}').scrollIntoView()")
    time.sleep(3)


def measure(browser, url, file, width):
    pages = []
    steps = [
        ("opening", lambda: pages.append(opened(browser, url, file, width))),
        ("the second part comes", lambda: reach(pages[0], "#resultats")),
        ("the matrix comes into sight", lambda: reach(pages[0], "#matrice")),
        ("the picture comes into sight", lambda: reach(pages[0], "#frise")),
    ]
    for what, work in steps:
        longest = tasks(trace(browser, work), "RunTask")[:3]
        print(f"{width} px, {what}: longest tasks {', '.join(f'{t:.1f}' for t in longest)} ms")
    slices = tasks(trace(browser, lambda: (press_keys(pages[0]), time.sleep(2))), "TimerFire")
    at = lambda hundredth: slices[len(slices) * (100 - hundredth) // 100]
    print(f"{width} px, {len(slices)} slices after presses: median {at(50):.1f} ms, p95 {at(95):.1f} ms, longest {slices[0]:.1f} ms")


if __name__ == "__main__":
    for width in [int(width) for width in sys.argv[2:]] or [1280, 390]:
        run(sys.argv[1], lambda browser, url, file: measure(browser, url, file, width))
