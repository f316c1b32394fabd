#!/usr/bin/env python3
"""How long after a save `sitegen serve` serves the edited page, and the whole site that follows.

usage: tests/bench/edition.py [runs [times]]       (after `cargo build --release`)

Serves a copy of www/ and of content/ (with `times` as many questions, as echelle.py makes them), saves question 1.5
with another title, asks for its page until the new title comes, then for the list of its section, which comes with the
whole site. Prints the times in milliseconds and the load of the machine.
"""

import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

from echelle import grow

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
TIMES = int(sys.argv[2]) if len(sys.argv) > 2 else 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, path, word, seconds, pause=0.002):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
                if word in answer.read().decode():
                    return time.monotonic()
        except OSError:
            pass
        time.sleep(pause)
    sys.exit(f"“{word}” did not come in {seconds} s")


def tell(name, times):
    times.sort()
    median = statistics.median(times)
    print(f"{name}: median {median:.0f} ms, fastest {times[0]:.0f}, slowest {times[-1]:.0f}")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="edition-"))
    for name in ("content", "www"):
        shutil.copytree(ROOT / name, folder / name)
    if TIMES > 1:
        grow(folder / "content", TIMES)
    port = free_port()
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    server = subprocess.Popen(
        [target / "release/sitegen", "serve", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, "faq/1-5/", "</html>", 300)
        question = folder / "content/faq/candidature/1.5.md"
        text = question.read_text()
        pages, sites = [], []
        for run in range(RUNS):
            time.sleep(0.3)
            word = f"Essai-{run}-dit"
            edited = text.replace('titre = "', f'titre = "{word} : ', 1)
            start = time.monotonic()
            question.write_text(edited)
            pages.append(1000 * (wait_for(port, "faq/1-5/", word, 30) - start))
            sites.append(1000 * (wait_for(port, "faq/candidature/", word, 300, 0.01 * TIMES**0.5) - start))
        print(f"{RUNS} saves, content {TIMES}×, load {os.getloadavg()[0]:.1f}")
        tell("the edited page", pages)
        tell("the whole site", sites)
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(folder)


main()
