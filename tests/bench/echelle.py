#!/usr/bin/env python3
"""Measures a clean build of 1, 20 and 100 times the content: whole-process CPU seconds and peak memory.

    cargo build --release && python3 tests/bench/echelle.py [RUNS]

The content is copied with more questions: each is one of the real ones under a number of its own, with its links to
its neighbours, so that 77, 1,540 and 7,700 pages of questions and objectives come out. The modules of the browser
are ready (`--wasm`): compiling them is no part of a build. Prints the best of RUNS (3). `ECHELLE=/dev/shm` writes the sites to memory, which takes the disk out of the figures.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITEGEN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/sitegen"
OBJECTIVES = 10


def grow(content: Path, times: int) -> None:
    """Adds questions until there are 77 × times pages of questions and objectives."""
    files = sorted((content / "faq").glob("*/*.md"), key=number)
    wanted = times * (len(files) + OBJECTIVES) - OBJECTIVES
    counts = {}
    for file in files:
        counts[number(file)[0]] = counts.get(number(file)[0], 0) + 1
    sizes = dict(counts)
    added = 0
    while len(files) + added < wanted:
        file = files[added % len(files)]
        section, rank = number(file)
        turn = 1 + added // len(files)
        counts[section] += 1
        own = f"{section}.{counts[section]}"
        text = file.read_text()
        text = text.replace(f'numero = "{section}.{rank}"', f'numero = "{own}"')
        text = re.sub(r'slug = "[^"]*"', f'slug = "{own.replace(".", "-")}"', text, count=1)
        text = re.sub(r'titre = "', f'titre = "Copie {turn} : ', text, count=1)
        (file.parent / f"{own}.md").write_text(text)
        added += 1
    site = content / "site.toml"
    text = site.read_text()
    for section, size in sizes.items():
        text = text.replace(
            f"numero = {section}\nquestions = {size}\n", f"numero = {section}\nquestions = {counts[section]}\n"
        )
    site.write_text(text)


def number(file: Path) -> tuple[int, int]:
    section, rank = file.stem.split(".")
    return int(section), int(rank)


def build(content: Path, out: Path, modules: Path) -> tuple[float, float, float, str]:
    """CPU seconds, wall seconds, peak MiB, what the build said."""
    command = [SITEGEN, "build", "--content", content, "--www", ROOT / "www", "--wasm", modules, "--out", out]
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"the build failed:\n{said[:2000]}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024, said.strip()


def modules_of() -> Path:
    """The newest modules kept by a build of this repository."""
    subprocess.run([SITEGEN, "build", "--out", ROOT / "target/tests/echelle-1"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    kept = [folder for folder in (ROOT / "target/wasm").iterdir() if (folder / "search_bg.literal").is_file()]
    return max(kept, key=lambda folder: folder.stat().st_mtime)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    modules = modules_of()
    print("| content | CPU s | wall s | peak MiB | |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=os.environ.get("ECHELLE", ROOT / "target")) as root:
        for times in (1, 20, 100):
            folder = Path(root) / str(times)
            content = folder / "content"
            shutil.copytree(ROOT / "content", content)
            grow(content, times)
            # A folder of its own for each run, all removed at the end: ext4 is several times slower at making files
            # for a minute or more after it has removed thousands.
            results = [build(content, Path(folder) / f"dist-{run}", modules) for run in range(runs)]
            cpu, wall, memory, said = min(results)
            memory = min(result[2] for result in results)
            print(f"| {times}× | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {said.splitlines()[-1].split(':')[0]} |")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
