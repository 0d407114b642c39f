"""Drives pre-commit, sarif-tools, junitparser and check-jsonschema against one build of kpolicy."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM, TOP, TOOLS = Path(sys.argv[1]), Path(sys.argv[2]).resolve(), Path(sys.argv[3])
SOMU = "departments/2025/somu.yaml"


def run(folder, *words, code=0, env=None):
    """Runs a command; ends the test where it does not end as expected."""
    place = {**os.environ, "PATH": f"{PROGRAM.parent}:{TOOLS}:{os.environ['PATH']}", **(env or {})}
    done = subprocess.run(words, cwd=folder, env=place, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if done.returncode != code:
        sys.exit(f"{' '.join(map(str, words))}: exit {done.returncode}, not {code}\n{said}")
    return said


def holds(said, *words):
    for word in words:
        if word not in said:
            sys.exit(f"not said: {word}\n{said}")


def city(folder):
    """A copy of the shipped city in a repository with one commit."""
    for name in ("policy", "departments", "schemas"):
        shutil.copytree(TOP / name, folder / name)
    git(folder, "init", "--quiet", "--initial-branch=main", ".")
    git(folder, "config", "user.email", "tanto@city.example")
    git(folder, "config", "user.name", "担当")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "初め")
    return folder


def git(folder, *words, code=0, env=None):
    return run(folder, "git", *words, code=code, env=env)


def edit(folder, old, new, path=SOMU):
    file = folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def pre_commit(folder):
    """What is staged is checked, not what lies in the folder; nothing is fetched."""
    home = {"PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home")}
    run(TOP, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", env=home)
    hook = {"id": "kpolicy", "name": "点検", "language": "system", "entry": "kpolicy check --staged",
            "pass_filenames": False, "require_serial": True}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps(config), encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "設定", env=home)
    run(folder, "pre-commit", "install", env=home)
    edit(folder, "      - 1-1\n", "      - 1-9\n")
    holds(git(folder, "commit", "-a", "-m", "誤り", code=1, env=home), "K201", SOMU)
    git(folder, "add", SOMU)
    edit(folder, "      - 1-9\n", "      - 1-1\n")
    holds(git(folder, "commit", "-m", "置いたものは誤り", code=1, env=home), "K201")
    git(folder, "add", SOMU)
    edit(folder, "      - 1-1\n", "      - 1-9\n")
    git(folder, "commit", "--allow-empty", "-m", "置いたものは正しい", env=home)
    holds((folder / SOMU).read_text(encoding="utf-8"), "      - 1-9\n")
    return "pre-commit: what is staged decides, in both directions"


def readers(folder):
    """SARIF and JUnit as their readers count them."""
    from junitparser import JUnitXml

    edit(folder, "      - 1-1\n", "      - 1-9\n")
    (folder / "departments/2025/悪い,50%.yaml").write_text("status: draft\n", encoding="utf-8")
    out = folder.parent
    outputs = [f"-o{name}={out / name}" for name in ("json", "sarif", "junit", "gitlab")]
    run(folder, PROGRAM, "check", "--format", "text", *outputs, code=1)
    summary = json.loads((out / "json").read_text(encoding="utf-8"))["summary"]
    os.rename(out / "sarif", out / "found.sarif")
    said = run(out, "sarif", "summary", "found.sarif")
    holds(said, f"error: {summary['errors']}", f"warning: {summary['warnings']}", f"note: {summary['infos']}")
    run(out, "sarif", "codeclimate", "found.sarif", "--output", "climate.json")
    climate = json.loads((out / "climate.json").read_text(encoding="utf-8"))
    findings = summary["errors"] + summary["warnings"] + summary["infos"]
    paths = {entry["location"]["path"] for entry in climate}
    assert len(climate) == findings, (len(climate), summary)
    assert any("%2C50%25.yaml" in path for path in paths), paths
    failures = sum(suite.failures for suite in JUnitXml.fromfile(str(out / "junit")))
    assert failures > 0, "JUnit holds no failure"
    prints = [entry["fingerprint"] for entry in json.loads((out / "gitlab").read_text(encoding="utf-8"))]
    assert len(set(prints)) == len(prints) == findings
    return f"sarif-tools and junitparser: {findings} findings read back"


def schemas(_):
    """The schemas are schemas, the shipped files keep to them, and so do the workflows to GitHub's."""
    plan = ["--schemafile", TOP / "schemas/2025/plan.schema.json"]
    plans = sorted((TOP / "departments/2025").glob("*.yaml"))
    run(TOP, "check-jsonschema", "--check-metaschema", *sorted((TOP / "schemas").rglob("*.json")))
    run(TOP, "check-jsonschema", *plan, *plans)
    workflows = [*sorted((TOP / ".github/workflows").glob("*.yml")), TOP / "src/templates/github.yml"]
    run(TOP, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    run(TOP, "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", TOP / "src/templates/gitlab.yml")
    return f"check-jsonschema: {len(plans)} plans, {len(workflows)} workflows, the GitLab template"


def main():
    for test in (pre_commit, readers, schemas):
        with tempfile.TemporaryDirectory() as folder:
            top = Path(folder) / "市"
            top.mkdir()
            print(test(city(top)))


main()
