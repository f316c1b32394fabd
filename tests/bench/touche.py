"""Where the time of a key press goes in the calculator: `python3 tests/bench/touche.py DIST [WIDTH…]`.

Chromium's own trace, processor time of the main thread alone from the press to the commit of the frame that shows it,
in the dossier of `vitesse_calculateur` (600 audits): other work on the machine hardly changes it. Not slowed down.
"""
import collections
import contextlib
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-extensions --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe"
)
RANKS = range(1, 16)


class Browser:
    """A Chromium driven over a pipe."""

    def __init__(self, folder):
        read, self.out = os.pipe()
        into, write = os.pipe()
        line = f"exec chromium {FLAGS} --user-data-dir='{folder}/profil' about:blank 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"
        self.child = subprocess.Popen(["sh", "-c", line], stdin=read, stdout=write)
        os.close(read)
        os.close(write)
        self.answers, self.events, self.bell, self.last = {}, [], threading.Condition(), 0
        threading.Thread(target=self.listen, args=(into,), daemon=True).start()

    def listen(self, into):
        rest = b""
        while chunk := os.read(into, 1 << 20):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                with self.bell:
                    if "id" in message:
                        self.answers[message["id"]] = message
                    else:
                        self.events.append(message)
                    self.bell.notify_all()

    def call(self, method, session=None, **params):
        self.last += 1
        number = self.last
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data) :]
        with self.bell:
            assert self.bell.wait_for(lambda: number in self.answers, 60), method
            return self.answers.pop(number)["result"]

    def wait(self, method, since):
        with self.bell:
            assert self.bell.wait_for(lambda: any(e["method"] == method for e in self.events[since:]), 60), method


class Page:
    def __init__(self, browser, width):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "DOM"):
            self.call(f"{domain}.enable")
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def eval(self, code):
        return self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)["result"].get("value")

    def wait_for(self, code):
        until = time.time() + 60
        while not self.eval(f"!!({code})"):
            assert time.time() < until, code
            time.sleep(0.05)

    def settle(self):
        self.eval("new Promise(d => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(d, 0))))")

    def type_in(self, field, text, rest=0.3):
        self.eval(f"(f => {{ f.scrollIntoView({{block:'center',behavior:'instant'}}); f.focus(); f.select(); }})(document.querySelector('{field}'))")
        time.sleep(rest)
        for letter in text:
            key = {"key": letter, "windowsVirtualKeyCode": ord(letter.upper())}
            self.call("Input.dispatchKeyEvent", type="keyDown", text=letter, **key)
            self.call("Input.dispatchKeyEvent", type="keyUp", **key)
            self.settle()


def dossier(audits):
    """So many audits of each directory and of each perimeter, as in `vitesse_calculateur`."""

    def day(audit):
        days = 280 // audits * audit
        months = 3 + days // 28
        return f"{2026 + months // 12}-{months % 12 + 1:02}-{1 + days % 28:02}"

    directory = [{"date": day(a), "score": 3, "rapport_disponible_le": day(a + 1)} for a in range(audits)]
    perimeter = [{"date": day(a), "outil": "industriel", "cvss_max": 6.5} for a in range(audits)]
    return {
        "version": 1,
        "candidat": {"nom": "GHT de mesure", "type": "ght"},
        "phase": {"debut": "2026-03-20", "validation_ars": "2026-04-15", "declaration": "2027-01-20"},
        "entites": [{"id": f"e{r}", "nom": f"Établissement e{r}", "activite_combinee": 12000} for r in RANKS],
        "annuaires": [{"id": f"a{r}", "nom": f"AD e{r}", "mode": "local", "entites": [f"e{r}"], "audits": directory} for r in RANKS],
        "perimetres": [{"id": f"p{r}", "nom": f"Exposition e{r}", "entites": [f"e{r}"], "audits": perimeter} for r in RANKS],
        "part_activite_min_pourcent": 80,
    }


def press_keys(page):
    for directory, audit in ((1, 1), (8, 10)):
        for liste, key, values in (("annuaires", "score", "14"), ("perimetres", "cvss_max", ("9,5", "3"))):
            row = f"[data-liste={liste}] > :nth-child({directory}) [data-liste=audits] > :nth-child({audit})"
            for value in values:
                page.type_in(f"{row} [data-champ={key}]", value)
            page.type_in(f"{row} [data-champ=date]", page.eval(f"document.querySelector('{row} [data-champ=date]').value"))
    page.type_in("#phase-debut", "20/03/2026")
    page.type_in("[data-liste=entites] > :nth-child(8) [data-champ=nom]", "Hopital")


def trace(browser, work):
    return trace_of(browser, work, [])


def trace_of(browser, work, others):
    since = len(browser.events)
    categories = ["devtools.timeline", "disabled-by-default-devtools.timeline", *others]
    browser.call("Tracing.start", transferMode="ReportEvents", traceConfig={"includedCategories": categories})
    work()
    browser.call("Tracing.end")
    browser.wait("Tracing.tracingComplete", since)
    parts = [e["params"]["value"] for e in browser.events[since:] if e["method"] == "Tracing.dataCollected"]
    return [event for part in parts for event in part]


def is_press(event):
    return event["name"] == "EventDispatch" and event["args"].get("data", {}).get("type") == "keydown"


def by_press(events, begins=is_press):
    """For each press, or what else begins, the processor time of each kind of work up to the commit of the frame that
    follows, nested work taken off."""
    threads = collections.Counter((e["pid"], e["tid"]) for e in events if e["name"] == "EventDispatch")
    main = threads.most_common(1)[0][0]
    mine = sorted(
        (e for e in events if (e["pid"], e["tid"]) == main and e["ph"] == "X" and e["name"] != "RunTask"),
        key=lambda e: (e["ts"], -e.get("dur", 0)),
    )
    for press in filter(begins, mine):
        commit = next((e for e in mine if e["name"] == "Commit" and e["ts"] > press["ts"]), None)
        if commit is None:
            continue
        own, around = collections.Counter(), []
        for event in (e for e in mine if press["ts"] <= e["ts"] <= commit["ts"]):
            while around and around[-1][0] <= event["ts"]:
                around.pop()
            spent = event.get("tdur", event.get("dur", 0)) / 1000
            if around:
                own[around[-1][1]] -= spent
            own[event["name"]] += spent
            around.append((event["ts"] + event.get("dur", 0), event["name"]))
        yield own


def opened(browser, url, file, width, audits=600):
    """The calculator with that dossier open."""
    page = Page(browser, width)
    page.call("Page.navigate", url=url)
    page.wait_for("document.querySelector('[data-role=application]')?.hidden === false")
    page.type_in("#aujourdhui", "20/08/2026")
    root = page.call("DOM.getDocument")["root"]["nodeId"]
    node = page.call("DOM.querySelector", nodeId=root, selector="[data-role=fichier]")["nodeId"]
    page.call("DOM.setFileInputFiles", nodeId=node, files=[file])
    page.wait_for(f"document.querySelectorAll('[data-liste=audits] > [data-ligne]').length === {audits}")
    time.sleep(2)
    return page


def measure(browser, url, file, width):
    page = opened(browser, url, file, width)
    presses = list(by_press(trace(browser, lambda: press_keys(page))))
    times = sorted(sum(own.values()) for own in presses)
    print(f"{width} px, {len(times)} presses: median {times[len(times) // 2]:.1f} ms, p95 {times[len(times) * 95 // 100]:.1f} ms")
    for name, total in sum(presses, collections.Counter()).most_common(9):
        print(f"  {total / len(presses):6.2f} ms  {name}")


@contextlib.contextmanager
def served(site):
    """A site on the loopback and a browser: the browser, the site's address, a folder for files."""
    handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tempfile.mkdtemp()
    browser = Browser(folder)
    try:
        yield browser, f"http://127.0.0.1:{server.server_port}/", folder
    finally:
        browser.child.kill()
        browser.child.wait()
        shutil.rmtree(folder, ignore_errors=True)


def run(site, work):
    """Serves a site and has `work` use it: a browser, the calculator's address, the dossier as a file."""
    with served(site) as (browser, address, folder):
        file = os.path.join(folder, "grand.json")
        with open(file, "w", encoding="utf-8") as out:
            json.dump(dossier(20), out)
        work(browser, f"{address}calculateur/", file)


def main():
    for width in [int(width) for width in sys.argv[2:]] or [1280, 390]:
        run(sys.argv[1], lambda browser, url, file: measure(browser, url, file, width))


if __name__ == "__main__":
    main()
