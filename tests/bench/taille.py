"""The modules as visitors download them: bytes of the calculator's two parts and of the search, raw and under brotli 11.

python3 tests/bench/taille.py [DIST]   after a build of the site (`cargo run --release -- build`); needs Debian's `brotli`.
"""

import pathlib
import subprocess
import sys


def brotli(data):
    command = ["brotli", "-q", "11", "-w", "24", "-c"]
    return len(subprocess.run(command, input=data, capture_output=True, check=True).stdout)


def module(script):
    """The bytes of the string that begins as a module does, a character a byte."""
    text = script.read_bytes().decode()
    start = next(at for at in range(len(text)) if text[at] == "`" and
                 [ord(c) % 256 for c in text[at + 1:at + 5]] == [0, 97, 115, 109]) + 1
    return bytes(ord(c) % 256 for c in text[start:text.index("`", start)])


def main():
    dist = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
    for name, what in [("calculateur", "first part"), ("suite", "second part"), ("moteur", "search")]:
        [script] = dist.glob(f"assets/{name}.*.js")
        wasm = module(script)
        whole = script.read_bytes()
        print(f"{what}: {brotli(wasm):,} bytes ({len(wasm):,} raw); its whole script {brotli(whole):,} ({len(whole):,} raw)")


main()
