#!/usr/bin/env python3
"""How long after a save `sitegen serve` serves the edited page.

usage: tests/bench/edition.py [runs]       (after `cargo build --release`)

Serves a copy of content/ and www/, saves question 1.5 with another title, asks for its page until the new title
comes, and prints the times in milliseconds and the load of the machine.
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

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/faq/1-5/", timeout=10) as answer:
        return answer.read().decode()


def wait_for(port, word, seconds):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            if word in page(port):
                return time.monotonic()
        except OSError:
            pass
        time.sleep(0.002)
    sys.exit(f"“{word}” did not come in {seconds} s")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="edition-"))
    for name in ("content", "www"):
        shutil.copytree(ROOT / name, folder / name)
    port = free_port()
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    server = subprocess.Popen(
        [target / "release/sitegen", "serve", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, "</html>", 300)
        question = folder / "content/faq/candidature/1.5.md"
        text = question.read_text()
        times = []
        for run in range(RUNS):
            time.sleep(0.3)
            word = f"Essai-{run}-dit"
            edited = text.replace('titre = "', f'titre = "{word} : ', 1)
            start = time.monotonic()
            question.write_text(edited)
            times.append(1000 * (wait_for(port, word, 30) - start))
        times.sort()
        load = os.getloadavg()[0]
        print(f"{RUNS} saves: median {statistics.median(times):.0f} ms, fastest {times[0]:.0f}, slowest {times[-1]:.0f}; load {load:.1f}")
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(folder)


main()
