"""A file is old or new, whatever happens on the way.

Each command is run once as it is, which tells what it writes. Then it is run again and again, with
its first, second, third … system call of a kind failing, or the process interrupted or killed there.
After each run every file of the folder must be what it was or what it becomes, an error must leave
nothing beside, and the program may say that all is well only where all is written.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAM, TOP = sys.argv[1], Path(sys.argv[2])
WANTED = sys.argv[3:]

# Calls by the way in which they can fail.
FAULTS = {
    "write,pwrite64,writev,ftruncate": ["error=ENOSPC", "signal=KILL"],
    "fsync,fdatasync": ["error=EIO", "signal=KILL"],
    "rename,renameat,renameat2,link,linkat": ["error=EIO", "error=EACCES", "signal=KILL", "signal=INT"],
    "mkdir,mkdirat,chmod,fchmod,fchmodat": ["error=EACCES", "signal=KILL"],
    "openat,open,creat": ["error=EACCES", "error=EMFILE", "signal=KILL"],
    "unlink,unlinkat,rmdir": ["signal=KILL"],
}


def slip(city: Path) -> None:
    """Two plans with a slip that is mended for certain."""
    for name in ("somu", "kenko"):
        plan = city / f"departments/2025/{name}.yaml"
        text = plan.read_text("utf-8")
        plan.write_text(re.sub(r"^( +)- (\d)-(\d)$", r"\1- \2－\3", text, count=1, flags=re.M), "utf-8")


def untidy(city: Path) -> None:
    """Two plans with blanks that `fmt` takes out."""
    for name in ("somu", "kenko"):
        plan = city / f"departments/2025/{name}.yaml"
        plan.write_text(plan.read_text("utf-8").replace("status: ", "status:    ", 1), "utf-8")


def stale(city: Path) -> None:
    """Schemas that are to be written anew."""
    for schema in city.glob("schemas/**/*.json"):
        schema.write_text("{}\n")


def nothing(_city: Path) -> None:
    pass


# name: what is done to the city before, and the arguments.
COMMANDS = {
    "fix": (slip, ["check", "--fix"]),
    "fmt": (untidy, ["fmt"]),
    "schema": (stale, ["schema"]),
    "report": (nothing, ["report", "-o", "report.html"]),
    "packet": (nothing, ["packet", "somu", "--format", "html,json"]),
    "pdf": (nothing, ["packet", "kaikei"]),
    "handover": (nothing, ["handover", "somu", "--format", "markdown"]),
    "coverage": (nothing, ["coverage", "--format", "xlsx", "-o", "coverage.xlsx"]),
    "check": (nothing, ["check", "-o", "sarif=check.sarif", "-o", "junit=check.xml"]),
}


def made(name: str, where: Path) -> Path:
    """A copy of the shipped city."""
    city = where / name
    for part in ("policy", "departments", "schemas"):
        shutil.copytree(TOP / part, city / part)
    COMMANDS[name][0](city)
    return city


def state(city: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(city)): path.read_bytes() for path in sorted(city.rglob("*")) if path.is_file()}


def run(name: str, city: Path, *before: str) -> subprocess.CompletedProcess:
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "KPOLICY_TODAY": "2025-04-01", "KPOLICY_LANG": "en"}
    words = [*before, PROGRAM, "-C", str(city), *COMMANDS[name][1]]
    return subprocess.run(words, cwd=city, env=env, capture_output=True, check=False, timeout=120)


def is_beside(path: str) -> bool:
    """True for a name that is never read as a plan: what a killed run may leave."""
    name = path.rsplit("/", 1)[-1]
    return name.startswith(".") and name.endswith(".tmp")


class Trial:
    """One command, its files before and after, and how often it makes each kind of call."""

    def __init__(self, name: str, where: Path) -> None:
        self.name, self.where = name, where
        city = made(name, where / "whole")
        self.before = state(city)
        done = run(name, city)
        self.after = state(city)
        self.code = done.returncode
        assert self.code in (0, 1), (name, done.stderr.decode())
        assert self.before != self.after, f"{name} writes nothing"
        shutil.rmtree(city)

    def calls(self, kinds: str) -> int:
        """How many calls of a kind the command makes."""
        city = made(self.name, self.where / "counted")
        log = self.where / f"{self.name}.log"
        run(self.name, city, "strace", "-f", "-o", str(log), "-e", f"trace={kinds}")
        shutil.rmtree(city)
        return sum(1 for line in log.read_text(errors="replace").splitlines() if re.search(r"^\d+ +\w+\(", line))

    def fault(self, kinds: str, fault: str, number: int) -> str | None:
        """What is wrong after the `number`th call of a kind went wrong."""
        city = made(self.name, self.where / f"{fault}-{number}-{kinds.split(',')[0]}")
        inject = f"inject={kinds}:{fault}:when={number}"
        log = city.parent / "log"
        done = run(self.name, city, "strace", "-f", "-o", str(log), "-e", f"trace={kinds}", "-e", inject)
        now = state(city)
        # A file that cannot be opened to be read is one that is not there: another input.
        hit = [line for line in log.read_text(errors="replace").splitlines() if "INJECTED" in line]
        reads = "openat" in kinds and not any("O_CREAT" in line for line in hit)
        shutil.rmtree(city.parent)
        wrong = []
        for path in sorted({*now, *self.before, *self.after}):
            if path not in now:
                if path in self.before:
                    wrong.append(f"{path} is gone")
            elif now[path] not in (self.before.get(path), self.after.get(path)):
                if not (is_beside(path) and "signal" in fault) and not (reads and path not in self.before):
                    wrong.append(f"{path} is neither old nor new")
        if "error" in fault and now != self.after and done.returncode == 0 and not reads:
            wrong.append("it says that all is well, and not all is written")
        if done.returncode == 2 and "error" in fault and not done.stderr.strip():
            wrong.append("it does not say why it stopped")
        if b"panicked" in done.stderr:
            wrong.append(done.stderr.decode(errors="replace"))
        return f"{self.name}: {kinds} {fault} at call {number}: {'; '.join(wrong)}" if wrong else None


def main() -> int:
    failed, tried = [], 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in WANTED or COMMANDS:
            trial = Trial(name, Path(folder))
            jobs = []
            for kinds, faults in FAULTS.items():
                count = trial.calls(kinds)
                jobs += [(kinds, fault, number) for fault in faults for number in range(1, count + 1)]
            told = list(pool.map(lambda job: trial.fault(*job), jobs))
            wrong = [words for words in told if words]
            tried, failed = tried + len(jobs), failed + wrong
            print(f"{name}: {len(jobs)} faults, {len(wrong)} wrong", flush=True)
    print("\n".join(failed[:40]))
    print(f"{tried - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
