"""Types at a shell in a terminal, presses Tab, and reads the command line that comes of it."""

import os
import pty
import re
import select
import shutil
import sys
import tempfile
import time

PROGRAM = os.environ["KPOLICY"]
TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))

SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(kpolicy completions bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u -D; source <(kpolicy completions zsh)"),
    "fish": (["fish", "--no-config", "-i"], "kpolicy completions fish | source"),
}

# What is typed before Tab, and what stands there then. In fish a title is offered itself where the
# command understands it.
CASES = [
    ("kpolicy cover", "kpolicy coverage", None),
    ("kpolicy check kaik", "kpolicy check kaikei", None),
    ("kpolicy check 総務", "kpolicy check somu", "kpolicy check 総務部"),
    ("kpolicy show ゼロカー", "kpolicy show 1-6", "kpolicy show ゼロカーボンシティの実現"),
    ("kpolicy show somu:A", "kpolicy show somu:AB1", None),
    ("kpolicy coverage --item 地域づくり", "kpolicy coverage --item 4-4", None),
    ("kpolicy explain uncovered", "kpolicy explain K302", None),
    ("kpolicy rename decarb", "kpolicy rename decarbonization", None),
    ("kpolicy --year 20", "kpolicy --year 2025", None),
]


class Terminal:
    def __init__(self, command, folder):
        env = {
            "PATH": f"{os.path.dirname(PROGRAM)}:/usr/local/bin:/usr/bin:/bin",
            "HOME": folder,
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "200",
        }
        pid, self.keys = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, env)

    def press(self, keys):
        os.write(self.keys, keys.encode())

    def read(self, until, patience=20.0):
        text, end = b"", time.time() + patience
        while time.time() < end:
            if select.select([self.keys], [], [], 0.1)[0]:
                piece = os.read(self.keys, 65536)
                # fish asks the terminal what it is, and waits for an answer.
                if b"\x1b[c" in piece or b"\x1b[0c" in piece:
                    os.write(self.keys, b"\x1b[?62;c")
                text += piece
            found = re.search(until, text.decode(errors="replace"))
            if found:
                return found
        sys.exit(f"{until} never came: {text.decode(errors='replace')!r}")

    def quiet(self, silence=1.0):
        while select.select([self.keys], [], [], silence)[0]:
            os.read(self.keys, 65536)


def line(terminal, typed, number):
    """The command line after Tab, told by `echo` in front of it."""
    terminal.press(typed)
    terminal.quiet(0.5)
    terminal.press("\t")
    terminal.quiet()
    # To the beginning of the line; the words that mark it are not those that are echoed as typed.
    terminal.press(f"\x01echo 'be''gun'{number} \x05 'do''ne'\r")
    return terminal.read(rf"begun{number} ([^\r\n]*?)\s*done").group(1)


def main():
    folder = tempfile.mkdtemp(prefix="kpolicy-shells-")
    wrong = []
    try:
        for part in ["policy", "departments"]:
            shutil.copytree(os.path.join(TOP, part), os.path.join(folder, part))
        plan = os.path.join(folder, "departments/2025/somu.yaml")
        with open(plan, encoding="utf-8") as file:
            text = file.read().replace("  - id: G1\n", "  - id: AB1\n")
        with open(plan, "w", encoding="utf-8") as file:
            file.write(text)
        for shell, (command, load) in SHELLS.items():
            terminal = Terminal(command, folder)
            terminal.quiet()
            terminal.press(f"{load}; echo 're''ady'\r")
            terminal.read("ready")
            terminal.quiet()
            for number, (typed, want, in_fish) in enumerate(CASES):
                want = in_fish if shell == "fish" and in_fish else want
                got = line(terminal, typed, number)
                print(f"{shell}: {typed} [Tab] {got}")
                if got != want:
                    wrong.append(f"{shell}: {typed}: {got!r} instead of {want!r}")
            os.close(terminal.keys)
    finally:
        shutil.rmtree(folder)
    sys.exit("\n".join(wrong) or None)


main()
