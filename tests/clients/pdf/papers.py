"""Reads the papers of the shipped city back with qpdf and pdftotext."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM, TOP = Path(sys.argv[1]), Path(sys.argv[2]).resolve()
DRAWN = "CO₂を減らす☐⚠10⁵件。"


def run(*words, folder=None):
    done = subprocess.run(list(map(str, words)), cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def kpolicy(folder, *words):
    code, said, wrong = run(PROGRAM, *words, folder=folder)
    if code != 0:
        sys.exit(f"kpolicy {' '.join(words)}: exit {code}\n{said}{wrong}")


def expect(true, *words):
    if not true:
        sys.exit(" ".join(map(str, words)))


def bare(text):
    return "".join(text.split())


def edit(folder, path, old, new):
    file = folder / path
    text = file.read_text(encoding="utf-8")
    expect(old in text, path, "does not hold", old)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def city(folder):
    folder.mkdir()
    for name in ("policy", "departments", "schemas"):
        shutil.copytree(TOP / name, folder / name)
    edit(folder, "departments/2025/somu.yaml", "mission: |-\n  ", f"mission: |-\n  {DRAWN}")
    return folder


def pages(file):
    """The words of each page in the order of reading."""
    code, said, wrong = run("pdftotext", "-raw", "-enc", "UTF-8", file, "-")
    expect(code == 0 and not wrong, file.name, "pdftotext:", wrong)
    return [bare(page) for page in said.split("\f")[:-1]]


def whole(file):
    """qpdf finds nothing to complain of, no page is empty, nothing stands off a page."""
    code, said, wrong = run("qpdf", "--check", file)
    expect(code == 0, file.name, "qpdf:", said, wrong)
    _, said, _ = run("pdftotext", "-bbox", file, "-")
    for number, page in enumerate(said.split("<page ")[1:], 1):
        width, height = map(float, re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
        words = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', page)
        # The running words alone are four or more.
        expect(len(words) > 6, file.name, "page", number, "is empty")
        for place in words:
            left, top, right, bottom = map(float, place)
            inside = left >= 0 and top >= 0 and right <= width and bottom <= height
            expect(inside, file.name, "page", number, "a word stands off the page:", place)


def running(file, title, numbered):
    """Every page has its number and says whose it is."""
    text = pages(file)
    for number, page in enumerate(text, 1):
        for words in (numbered.format(number, len(text)), bare(title)):
            expect(words in page, file.name, "page", number, "does not say", words)
    return text


def headings(file, text):
    """Every heading of the same paper as Markdown is in the text; bare of what Markdown adds."""
    lines = file.with_suffix(".md").read_text(encoding="utf-8").splitlines()
    titles = [line for line in lines if line.startswith("#")]
    expect(len(titles) > 3, file.name, "has headings")
    for title in titles:
        words = bare(re.split("　［| \\[", title.lstrip("#"))[0]).replace("\\", "")
        expect(words in text, file.name, "does not say", words)


def japanese(folder):
    kpolicy(folder, "packet", "--all", "--format", "pdf,markdown", "-o", "out")
    kpolicy(folder, "packet", "--all", "--for", "department", "--format", "pdf,markdown", "-o", "out", "--full")
    files = sorted((folder / "out").glob("*.pdf"))
    expect(len(files) == 20, len(files), "papers")
    for file in files:
        whole(file)
        text = running(file, "令和７年度 運営方針・組織目標　面談資料", "ページ{}/{}")
        headings(file, "".join(text))
        role = "面談者用" if "interviewer" in file.name else "部用"
        expect(all(f"取扱注意記入例（架空）{role}" in page for page in text), file.name, role)
    text = pages(folder / "out/somu-interviewer.pdf")
    expect("お尋ねいただきたいこと" in text[0] and "署名" in text[0], "page one suffices")
    expect(DRAWN in text[0], "what is drawn can be copied:", text[0])


def other_papers(folder):
    kpolicy(folder, "packet", "--all", "--lang", "en", "--format", "pdf,markdown", "-o", "en")
    for file in sorted((folder / "en").glob("*.pdf")):
        whole(file)
        headings(file, "".join(running(file, "Fiscal year 2025, interview papers", "page{}/{}")))
    kpolicy(folder, "packet", "--on", "2025-04-03", "--format", "pdf,markdown", "-o", "day")
    cover = folder / "day/2025-04-03-cover.pdf"
    whole(cover)
    headings(cover, "".join(running(cover, "４月３日（木）の面談", "ページ{}/{}")))
    kpolicy(folder, "handover", "somu", "--format", "pdf,markdown", "-o", "handover")
    paper = folder / "handover/somu-handover.pdf"
    whole(paper)
    headings(paper, "".join(pages(paper)))


def in_course(folder):
    """In November: where the goals stand, and whose entries are overdue, on page one."""
    kpolicy(folder, "packet", "kenko", "seisaku", "--today", "2025-11-10", "--for", "interviewer", "-o", "november")
    first, second = pages(folder / "november/kenko-interviewer.pdf")[:2]
    expect("遅れG3、G5" in first and "「遅れ」" in first, first)
    expect("年度半ば遅れ（評価C）" in second and "8％→14％→30％" in second, second)
    first, second = pages(folder / "november/seisaku-interviewer.pdf")[:2]
    expect("期限を過ぎた記入G1" in first and "進み具合の記載がありません（期限10月31日）" in first, first)
    expect("×年度半ば記入なし（期限10月31日）" in second, second)


def rare_characters(folder):
    edit(folder, "departments/2025/kenko.yaml", "mission: |-\n  ", "mission: |-\n  𩸽と")
    code, _, wrong = run(PROGRAM, "packet", "kenko", "-o", "rare", folder=folder)
    expect(code == 2 and "「𩸽」（U+29E3D）" in wrong, wrong)
    kpolicy(folder, "packet", "kenko", "--font-dir", str(TOP / "tests/fonts"), "-o", "rare")
    file = folder / "rare/kenko-department.pdf"
    whole(file)
    expect("𩸽と" in "".join(pages(file)), "it is copied as that character")


def hostile_text(folder):
    """All of it is printed, and nothing of it acts."""
    hostile = "(a) Tj ET endstream endobj << /S /JavaScript /JS (app.alert(1)) >> /URI (http://x.example) \\"
    edit(folder, "departments/2025/shimin-seikatsu.yaml", "mission: |-\n  ",
         f"mission: |-\n  {hostile}\n  {'A' * 5000}\n  ")
    kpolicy(folder, "packet", "shimin-seikatsu", "--for", "interviewer", "-o", "hostile")
    file = folder / "hostile/shimin-seikatsu-interviewer.pdf"
    whole(file)
    text = "".join(pages(file))
    expect(bare(hostile) in text and text.count("A") >= 5000, "all of it is printed")


with tempfile.TemporaryDirectory() as scratch:
    place = city(Path(scratch) / "city")
    japanese(place)
    other_papers(place)
    in_course(place)
    rare_characters(place)
    hostile_text(place)
print("papers as PDF: qpdf and pdftotext read them back whole")
