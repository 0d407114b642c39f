"""A file is old or new, whatever happens on the way.

Each command is run once as it is, which tells what it writes. Then it is run again and again, with
its first, second, third … system call of a kind failing, or the process interrupted or killed there.

After each run every file of the folder must be what it was or what it becomes; a command that writes
several files that belong together has written all of them or none; an error leaves nothing beside;
and the program says that all is well only where all is written. What a killed run leaves is no plan,
and the same command, typed again, completes it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAM, TOP = sys.argv[1], Path(sys.argv[2])
FULL = "full" in sys.argv[3:]
WANTED = [word for word in sys.argv[3:] if word != "full"]

# Calls by the way in which they can fail, and how many of them are tried unless all are.
FAULTS = {
    "write,pwrite64,writev,ftruncate": (["error=ENOSPC", "error=EIO", "signal=KILL"], 12),
    "fsync,fdatasync": (["error=EIO", "signal=KILL"], 40),
    "rename,renameat,renameat2,link,linkat": (["error=EIO", "error=EACCES", "signal=KILL", "signal=INT"], 40),
    "mkdir,mkdirat,chmod,fchmod,fchmodat": (["error=EACCES", "signal=KILL"], 12),
    "openat,open,creat": (["error=EACCES", "error=EMFILE", "signal=KILL"], 8),
    "unlink,unlinkat,rmdir": (["error=EACCES", "signal=KILL"], 40),
}
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "KPOLICY_TODAY": "2025-04-01", "KPOLICY_LANG": "en"}
SOMU = "departments/2025/somu.yaml"


def change(city: Path, path: str, old: str, new: str) -> None:
    text = (city / path).read_text("utf-8")
    assert old in text, (path, old)
    (city / path).write_text(text.replace(old, new, 1), "utf-8")


def nothing(_city: Path) -> None:
    """The city as it is laid out."""


def slip(city: Path) -> None:
    """Two plans with a slip that is mended for certain."""
    for name in ("somu", "shimin"):
        change(city, f"departments/2025/{name}.yaml", "- 1-1\n", "- １－１\n")


def untidy(city: Path) -> None:
    """Two plans with blanks that `fmt` takes out."""
    for name in ("somu", "shimin"):
        change(city, f"departments/2025/{name}.yaml", "status: ", "status:    ")


def stale(city: Path) -> None:
    """Schemas that are to be written anew."""
    run_in(city, "schema")
    for schema in city.glob("schemas/**/*.json"):
        schema.write_text("{}\n")


def begun(city: Path) -> None:
    """Two departments without a plan."""
    for name in ("somu", "shimin"):
        (city / f"departments/2025/{name}.yaml").unlink()


def unanswered(city: Path) -> None:
    """Two plans that lack an answer."""
    for name in ("somu", "shimin"):
        change(city, f"departments/2025/{name}.yaml", "      - 1-1\n", "")


def sheet(city: Path) -> None:
    """A workbook in which somebody has changed a title."""
    run_in(city, "export", "plan", "somu", "-o", "old.xlsx")
    with zipfile.ZipFile(city / "old.xlsx") as old, zipfile.ZipFile(city / "somu.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/sharedStrings.xml":
                assert ">窓口を止めない仕組み<".encode() in text
                text = text.replace(">窓口を止めない仕組み<".encode(), ">窓口の備え<".encode())
            new.writestr(zipfile.ZipInfo(name), text)
    (city / "old.xlsx").unlink()


def memo(city: Path) -> None:
    """A memo as text."""
    shutil.copy(TOP / "tests/memos/shipped-2025.txt", city / "memo.txt")


def hooks(city: Path) -> None:
    """A repository with a hook of somebody's."""
    subprocess.run(["git", "init", "--quiet", "--template=", str(city)], check=True)
    (city / ".git/hooks").mkdir()
    (city / ".git/hooks/pre-commit").write_text("#!/bin/sh\nexit 0\n")
    (city / ".git/hooks/pre-commit").chmod(0o755)


# name: what is done to the city before, and the arguments.
COMMANDS = {
    "fix": (slip, ["check", "--fix"]),
    "fmt": (untidy, ["fmt"]),
    "new": (begun, ["new", "--all"]),
    "missing": (unanswered, ["new", "--missing", "somu", "shimin"]),
    "memo": (memo, ["import", "memo", "memo.txt", "--year", "2026"]),
    "memo-again": (memo, ["import", "memo", "memo.txt", "--year", "2025", "--overwrite", "--sheet", "sheet.txt"]),
    "plan": (sheet, ["import", "plan", "somu.xlsx", "--overwrite"]),
    "export": (nothing, ["export", "plan", "somu", "-o", "out.xlsx"]),
    "packet": (nothing, ["packet", "--on", "2025-04-03", "--format", "html,json"]),
    "pdf": (nothing, ["packet", "somu"]),
    "handover": (nothing, ["handover", "somu", "--format", "markdown"]),
    "report": (nothing, ["report", "-o", "report.html"]),
    "coverage": (nothing, ["coverage", "--format", "xlsx", "-o", "coverage.xlsx"]),
    "check": (nothing, ["check", "-o", "sarif=check.sarif", "-o", "junit=check.xml"]),
    "rename": (nothing, ["rename", "1-2", "1-7"]),
    "department": (nothing, ["rename", "somu", "kikaku"]),
    "rollover": (nothing, ["rollover", "2026"]),
    "init": (nothing, ["init", "anew", "--ci", "github", "--year", "2025"]),
    "schema": (stale, ["schema"]),
    "hook": (hooks, ["hook", "install"]),
}
# Files that belong together: all of them change, or none.
TOGETHER = {"new", "rename", "department", "init"}


def run_in(city: Path, *words: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess:
    arguments = [*before, PROGRAM, "-C", str(city), *words]
    return subprocess.run(arguments, cwd=city, env=ENVIRONMENT, capture_output=True, check=False, timeout=120)


def made(name: str, city: Path) -> Path:
    """A city in which the command has something to do."""
    shutil.copytree(TOP / "tests/cities/small", city)
    COMMANDS[name][0](city)
    return city


def state(city: Path) -> dict[str, bytes]:
    """All files of a folder, and its folders."""
    return {
        str(path.relative_to(city)) + ("/" if path.is_dir() else ""): b"" if path.is_dir() else path.read_bytes()
        for path in sorted(city.rglob("*"))
    }


def is_beside(path: str) -> bool:
    """True for a name that is never read as a plan: what a killed run may leave."""
    name = path.rsplit("/", 1)[-1]
    return name.startswith(".") and name.endswith(".tmp")


def told(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files without what a killed run may leave, and without folders."""
    return {path: text for path, text in files.items() if not is_beside(path) and not path.endswith("/")}


def some(count: int, most: int) -> list[int]:
    """Numbers of calls to try: all, or as many as asked for, the first and the last ones among them."""
    if FULL or count <= most:
        return list(range(1, count + 1))
    step = count / most
    return sorted({1, count} | {1 + int(number * step) for number in range(most)} | set(range(count - 5, count + 1)))


def finished(lines: list[str]) -> list[str]:
    """Calls in the order of their ends; strace cuts one in two where another thread comes between."""
    begun: dict[str, str] = {}
    calls = []
    for line in lines:
        thread = line.split(" ", 1)[0]
        if line.endswith(" <unfinished ...>"):
            begun[thread] = line.removesuffix(" <unfinished ...>")
        elif found := re.search(r"<\.\.\. \w+ resumed>(.*)", line):
            calls.append(begun.pop(thread, "") + found[1])
        else:
            calls.append(line)
    return calls


class Trial:
    """One command, its files before and after, and how often it makes each kind of call."""

    def __init__(self, name: str, where: Path) -> None:
        self.name, self.where, self.words = name, where, COMMANDS[name][1]
        where.mkdir()
        city = made(name, where / "whole")
        self.before = state(city)
        done = run_in(city, *self.words)
        self.after = state(city)
        assert done.returncode in (0, 1), (name, done.stderr.decode())
        assert self.before != self.after, f"{name} writes nothing"
        assert not any(is_beside(path) for path in self.after), f"{name} leaves something beside"
        shutil.rmtree(city)

    def order(self) -> list[str]:
        """Before a file takes its name, it is on disk; after that, its folder is (P26)."""
        city = made(self.name, self.where / "order")
        log = self.where / "order.log"
        kinds = "rename,renameat,renameat2,link,linkat,fsync,fdatasync"
        run_in(city, *self.words, before=("strace", "-f", "-y", "-s", "4096", "-o", str(log), "-e", f"trace={kinds}"))
        shutil.rmtree(city)
        synced: set[str] = set()
        waiting: set[str] = set()
        wrong = []
        for line in finished(log.read_text(errors="replace").splitlines()):
            # strace shows what is not ASCII as octal codes; the names tried here are ASCII.
            if found := re.search(r"f(?:data)?sync\(\d+<(.*?)>\) += 0", line):
                synced.add(found[1])
                waiting.discard(found[1])
            elif found := re.search(r'(?:rename|link)\w*\((?:AT_FDCWD\S*, )?"(.*?)", (?:AT_FDCWD\S*, )?"(.*?)".* = 0', line):
                old, new = (os.path.normpath(city / path) for path in found.groups())
                if os.path.dirname(old) != os.path.dirname(new):
                    wrong.append(f"{self.name}: {new} comes from another folder")
                if old not in synced and is_beside(old):
                    wrong.append(f"{self.name}: {new} is not on disk before it has its name")
                waiting.add(os.path.dirname(new))
        return wrong + [f"{self.name}: the folder {folder} is not on disk" for folder in sorted(waiting)]

    def calls(self, kinds: str) -> int:
        """How many calls of a kind the command makes, in the thread that makes most of them."""
        city = made(self.name, self.where / "counted")
        log = self.where / "counted.log"
        run_in(city, *self.words, before=("strace", "-f", "-o", str(log), "-e", f"trace={kinds}"))
        shutil.rmtree(city)
        counts: dict[str, int] = {}
        for line in log.read_text(errors="replace").splitlines():
            if found := re.match(r"(\d+) +\w+\(", line):
                counts[found[1]] = counts.get(found[1], 0) + 1
        return max(counts.values(), default=0)

    def fault(self, kinds: str, fault: str, number: int) -> str | None:
        """What is wrong after the `number`th call of a kind went wrong."""
        place = self.where / f"{fault}-{number}-{kinds.split(',')[0]}"
        place.mkdir()
        city = made(self.name, place / "city")
        log = place / "log"
        strace = ("strace", "-f", "-o", str(log), "-e", f"trace={kinds}", "-e", f"inject={kinds}:{fault}:when={number}")
        done = run_in(city, *self.words, before=strace)
        killed = "signal" in fault
        hit = [line for line in log.read_text(errors="replace").splitlines() if "INJECTED" in line]
        # A file that cannot be opened to be read is one that is not there: another input.
        reads = "openat" in kinds and not any("O_CREAT" in line for line in hit)
        stuck = "unlink" in kinds  # what cannot be taken away stays
        now = told(state(city)) if stuck else state(city)
        wrong = self.looked_at(state(city), killed or stuck, reads)
        after = told(self.after) if stuck else self.after
        if not killed and now != after and done.returncode == 0 and not reads:
            wrong.append("it says that all is well, and not all is written")
        if not killed and done.returncode == 2 and not done.stderr.strip() and "write" not in kinds:
            wrong.append("it does not say why it stopped")
        if b"panicked" in done.stderr or b"unexpected happened" in done.stderr:
            wrong.append(done.stderr.decode(errors="replace"))
        if killed:
            wrong += self.completed(city)
        shutil.rmtree(place)
        return f"{self.name}: {kinds} {fault} at call {number}: {'; '.join(wrong)}" if wrong else None

    def looked_at(self, now: dict[str, bytes], killed: bool, reads: bool) -> list[str]:
        """What is wrong with the files as they are."""
        wrong = []
        for path in sorted({*now, *self.before, *self.after}):
            if path not in now:
                if path in self.before and path in self.after:
                    wrong.append(f"{path} is gone")
            elif now[path] not in (self.before.get(path), self.after.get(path)):
                if not (is_beside(path) and killed) and not (reads and path not in self.before):
                    wrong.append(f"{path} is neither old nor new")
        if self.name in TOGETHER and not killed and not reads and now not in (self.before, self.after):
            wrong.append("some files are old and some are new")
        return wrong

    def completed(self, city: Path) -> list[str]:
        """What a killed run leaves is no plan; the same command completes it."""
        wrong, now = [], told(state(city))
        mixed = now not in (told(self.before), told(self.after))
        if any(is_beside(path) for path in state(city)) or mixed and self.name in ("rename", "department"):
            checked = run_in(city, "check", "--format", "json")
            paths = [found["path"] for found in json.loads(checked.stdout).get("diagnostics", [])]
            if any(is_beside(path) for path in paths):
                wrong.append("what is left beside is read as a plan")
            if mixed and self.name in ("rename", "department"):
                if checked.returncode == 0 or b"stopped halfway" not in checked.stderr:
                    wrong.append("check does not say that it was stopped halfway")
        again = run_in(city, *self.words)
        if b"panicked" in again.stderr:
            wrong.append(again.stderr.decode(errors="replace"))
        if told(state(city)) != told(self.after):
            now = told(state(city))
            differ = sorted(path for path in {*now, *told(self.after)} if now.get(path) != self.after.get(path))
            wrong.append(f"typed again, it does not complete {differ}: {again.stderr.decode(errors='replace')[:200]}")
        return wrong


def main() -> int:
    failed, tried = [], 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in WANTED or COMMANDS:
            trial = Trial(name, Path(folder) / name)
            jobs = []
            for kinds, (faults, most) in FAULTS.items():
                numbers = some(trial.calls(kinds), most)
                jobs += [(kinds, fault, number) for fault in faults for number in numbers]
            found = list(pool.map(lambda job: trial.fault(*job), jobs))
            wrong = [words for words in found if words] + trial.order()
            tried, failed = tried + len(jobs), failed + wrong
            print(f"{name}: {len(jobs)} faults, {len(wrong)} wrong", flush=True)
    print("\n".join(failed[:40]))
    print(f"{tried} faults, {len(failed)} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
