"""Draw docs/verdict.svg: a real verdict, as a terminal shows it.

python docs/draw_verdict.py [PROBLEM FILE]
"""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
DEFAULT = ("kmeans", "problems/kmeans/submissions/wrong_answer/last_of_ties.py")
WIDTH = 100


def on_a_terminal(command: list[str]) -> str:
    """Run a command on a pseudo-terminal and return what it wrote there."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=ROOT, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:  # noqa: S603 - our own command
        os.close(theirs)
        pieces = []
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # the other end closed
                break
            if not piece:
                break
            pieces.append(piece)
        process.wait()
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def main() -> None:
    """Judge and draw."""
    problem, file = sys.argv[1:] or DEFAULT
    command = [sys.executable, "-m", "judge", "submit", problem, file, "--seed", "1", "--box", "bubblewrap"]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(on_a_terminal(command).strip("\n")))
    drawn = console.export_svg(title=f"judge submit {problem} {Path(file).name}")
    # The picture fetches nothing: without its web fonts it takes the reader's own.
    (ROOT / "docs" / "verdict.svg").write_text(re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
