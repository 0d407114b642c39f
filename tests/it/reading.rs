//! What the reader makes of bytes: slips named at their own line, mended where that is certain;
//! places that slice the file; the same values as a second YAML reader; never a panic.

use std::path::Path;

use kpolicy::city::{City, CityFile};
use kpolicy::model::ShapeFaultKind;
use kpolicy::source::{Edit, FaultKind, Readable, Syntax, apply, parse};
use kpolicy::store::{Content, Entry, Snapshot, UnsafeKind};
use proptest::prelude::*;

use crate::bodies;
use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";

/// The shipped city.
fn shipped() -> Snapshot {
    kpolicy::store::read_work_tree(&support::tests_dir("..")).expect("the shipped city is there")
}

fn shipped_files() -> Vec<(String, String)> {
    let text = |entry: &Entry| match entry {
        Entry::File(content) => content.read(1 << 20).ok().and_then(|bytes| String::from_utf8(bytes).ok()),
        Entry::Unsafe(_) => None,
    };
    shipped().entries().filter_map(|(path, entry)| Some((path.to_owned(), text(entry)?))).collect()
}

fn somu() -> String {
    shipped_files().into_iter().find(|(path, _)| path == SOMU).expect("somu").1
}

/// A city of one file.
fn alone(path: &str, bytes: Vec<u8>) -> City {
    let mut snapshot = Snapshot::default();
    snapshot.insert(path, Entry::File(Content::Bytes(bytes)));
    City::load(&snapshot)
}

fn file(city: &City) -> &CityFile {
    &city.files[0]
}

/// The rule that speaks of a fault.
fn code(kind: &FaultKind) -> &'static str {
    match kind {
        FaultKind::NotUtf8 { .. } => "K001",
        FaultKind::Syntax(_) => "K002",
        FaultKind::ConflictMarker => "K003",
        FaultKind::FullWidth { .. } => "K004",
        FaultKind::Tab => "K005",
        FaultKind::Invisible { .. } => "K006",
        FaultKind::Unsupported(_) => "K007",
        FaultKind::TooLarge { .. } | FaultKind::TooDeep => "K008",
        FaultKind::DuplicateKey { .. } => "K010",
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// One slip made in the shipped plan of 総務部: the words replaced (first place where they stand),
/// what is typed in their place, the rule, and the line of the finding counted from the slip.
struct Slip(&'static str, &'static str, &'static str, usize);

/// Mended in memory, these read as if nothing had happened.
const MENDED: &[Slip] = &[
    Slip("    title: 災害時", "    title：災害時", "K004", 0),
    Slip("    title: 災害時", "    title： 災害時", "K004", 0),
    Slip("    title: 災害時", "    title　：　災害時", "K004", 0),
    Slip("    title: 災害時", "    ｔｉｔｌｅ：災害時", "K004", 0),
    Slip("    title: 災害時", "    ｔｉｔｌｅ: 災害時", "K004", 0),
    Slip("status: submitted", "status：submitted", "K004", 0),
    Slip("goals:\n  - id: G1\n    title", "goals：\n  - id: G1\n    title", "K004", 0),
    Slip("  - id: G2", "  － id: G2", "K004", 0),
    Slip("  - id: G2", "  －id: G2", "K004", 0),
    Slip("  - id: G2", "  ー　id: G2", "K004", 0),
    Slip("      - 3-2-b\n    text", "      ・3-2-b\n    text", "K004", 0),
    Slip("      - 2024:G2", "      ー 2024:G2", "K004", 0),
    Slip("# 記入例", "＃ 記入例", "K004", 0),
    Slip("goals:\n  - id: G1\n    title", "goals:\n  ＃ 第一の目標\n  - id: G1\n    title", "K004", 1),
    Slip(
        "    cites:\n      - 1-5\n      - 2-2-a",
        "    cites: [1-5、2-2-a、3-2-b、3-8]\n    x_old:\n      - 2-2-a",
        "K004",
        0,
    ),
    Slip("direction: |-", "direction: ｜－", "K004", 0),
    Slip("direction: |-", "direction: |ー", "K004", 0),
    Slip("    title: 災害時", "\ttitle: 災害時", "K005", 0),
    Slip("    title: 災害時", "\t\ttitle: 災害時", "K005", 0),
    Slip("    title: 災害時", "  \ttitle: 災害時", "K005", 0),
    Slip("  - id: G2", "\t- id: G2", "K005", 0),
    Slip("    title: 災害時", "　　title: 災害時", "K006", 0),
    Slip("    title: 災害時", "　　　　title: 災害時", "K006", 0),
    Slip("    title: 災害時", "\u{a0}\u{a0}\u{a0}\u{a0}title: 災害時", "K006", 0),
    Slip("      - 3-2-b\n    text", "　　　- 3-2-b\n    text", "K006", 0),
    Slip("      - 3-2-b\n    text", "　　　　　　- 3-2-b\n    text", "K006", 0),
    Slip("    title: 災害時", "    title:　災害時", "K006", 0),
    Slip("    title: 災害時", "    title:\u{a0}災害時", "K006", 0),
    Slip("    title: 災害時", "    title: 　災害時", "K006", 0),
    Slip("    title: 災害時", "    title　: 災害時", "K006", 0),
    Slip("  - id: G2", "  -　id: G2", "K006", 0),
    Slip("status: submitted", "status: submitted　", "K006", 0),
    Slip("direction: |-", "direction: |-　", "K006", 0),
    Slip("direction: |-", "direction:　|-", "K006", 0),
    Slip("  防犯は、注意", "　防犯は、注意", "K006", 0),
    Slip("  防犯は、注意", "\t防犯は、注意", "K005", 0),
    Slip("supports:\n", "　\nsupports:\n", "K006", 0),
    Slip("    title: 災害時", "    title: 災\u{200b}害時", "K006", 0),
    Slip("    title: 災害時", "    ti\u{200b}tle: 災害時", "K006", 0),
    Slip("department: somu", "\u{feff}department: somu", "K006", 0),
    Slip("    title: 災害時", "    title: 災害\u{2028}時", "K006", 0),
    Slip("    title: 災害時", "    title: 災害\u{b}時", "K006", 0),
    Slip("    title: 災害時", "    title: 災害\0時", "K006", 0),
    Slip("    title: 災害時", "    title: 災害\u{85}時", "K006", 0),
    Slip("status: submitted\nexample", "status: submitted\rexample", "K006", 0),
];

/// These make the file unreadable, and only they are named.
const BROKEN: &[Slip] = &[
    Slip("    title: 災害時", "    title: \"災害時", "K002", 0),
    Slip("    title: 災害時", "    title: '災害時", "K002", 0),
    Slip("    title: 災害時", "    title:災害時", "K002", 0),
    Slip("    title: 災害時", "    title: 災害時: 30件", "K002", 0),
    Slip("    title: 災害時", "    title: 「災害: 時」", "K002", 0),
    Slip("    title: 災害時", "    title: * 災害時", "K002", 0),
    Slip("    title: 災害時", "    title: %災害時", "K002", 0),
    Slip("    title: 災害時", "    title: @災害時", "K002", 0),
    Slip("    title: 災害時", "    title: `災害時", "K002", 0),
    Slip("    title: 災害時", "    title: > 災害時", "K002", 0),
    Slip("    title: 災害時", "    title: - 災害時", "K002", 0),
    Slip("    title: 災害時", "    title: | 災害時", "K002", 0),
    Slip("    title: 災害時", "    title: \"災害\"時", "K002", 0),
    Slip("    title: 災害時", "    災害時の指揮\n    title: 災害時", "K002", 0),
    Slip("    title: 災害時", "     title: 災害時", "K002", 0),
    Slip("    title: 災害時", "   title: 災害時", "K002", 0),
    Slip("    title: 災害時", "    title；災害時", "K002", 0),
    Slip("    cites:\n      - 1-5\n", "    cites: [1-5, 2-1\n", "K002", 0),
    Slip("      - 3-2-b\n    text", "      -3-2-b\n  text", "K002", 0),
    Slip("status: submitted", "status:submitted", "K002", 0),
    Slip("direction: |-", "direction: \"", "K002", 0),
    Slip("    title: 災害時", "    title: '", "K002", 0),
    Slip("        value: 412", "        value:412", "K002", 0),
    Slip(
        "    title: 災害時",
        "<<<<<<< HEAD\n    title: 災\n=======\n    title: 災害時\n>>>>>>> x\n    issue_old: ",
        "K003",
        0,
    ),
    Slip("status: submitted", "<<<<<<< HEAD\nstatus: draft\n=======\nstatus: submitted\n>>>>>>> main", "K003", 0),
    Slip("status: submitted", "status: submitted\n>>>>>>> main", "K003", 1),
    Slip("    title: 災害時", "    title: *災害時", "K007", 0),
    Slip("    title: 災害時", "    title: &災害時 あ", "K007", 0),
    Slip("    title: 災害時", "    title: !重要 災害時", "K002", 0),
    Slip("    title: 災害時", "    title: !x 災害時", "K007", 0),
    Slip("goals:\n  - id: G1\n    title", "---\ngoals:\n  - id: G1\n    title", "K007", 0),
    Slip("status: submitted", "? status\n: submitted", "K007", 0),
    Slip("status: submitted", "status: draft\nstatus: submitted", "K010", 1),
    Slip("    title: 災害時", "    title: 災\n    title: 災害時", "K010", 1),
    Slip("    title: 災害時", "    目標名: 災\n    title: 災害時", "K010", 1),
];

impl Slip {
    fn make(&self, base: &str) -> (String, usize) {
        assert!(base.contains(self.0), "{:?} is not in the plan", self.0);
        let at = base.find(self.0).unwrap_or_default();
        (base.replacen(self.0, self.1, 1), line_of(base, at) + self.3)
    }
}

/// What is said of a file: code and line, shape faults of these rules too.
fn said(file: &CityFile) -> Vec<(&'static str, usize)> {
    let mut said: Vec<_> = file
        .faults
        .iter()
        .map(|fault| (code(&fault.kind), line_of(&file.text, fault.span.range().start)))
        .chain(file.shape_faults.iter().filter_map(|fault| match fault.kind {
            ShapeFaultKind::TwiceNamed { .. } => Some(("K010", line_of(&file.text, fault.span.range().start))),
            _ => None,
        }))
        .collect();
    said.dedup();
    said
}

#[test]
fn every_slip_is_named_at_its_line_and_mended() {
    let base = somu();
    let good: serde_yaml::Value = serde_yaml::from_str(&base).expect("the plan is YAML");
    let mut wrong = Vec::new();
    for slip in MENDED {
        let (text, line) = slip.make(&base);
        let city = alone(SOMU, text.clone().into_bytes());
        let file = file(&city);
        let edits: Vec<Edit> = file.faults.iter().flat_map(|fault| fault.edits.clone()).collect();
        let mended = apply(&text, &edits);
        let same = serde_yaml::from_str::<serde_yaml::Value>(&mended.text).is_ok_and(|value| {
            // Comments and one slip in a list leave the values as they were.
            value == good || slip.1.contains("x_old")
        });
        if said(file) != [(slip.2, line)] || file.readable != Readable::Whole || !same {
            wrong.push(format!("{:?}: {:?} want {line}, {:?}, same {same}", slip.1, file.faults, file.readable));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_break_is_named_at_its_line() {
    let base = somu();
    let mut wrong = Vec::new();
    for slip in BROKEN {
        let (text, line) = slip.make(&base);
        let city = alone(SOMU, text.into_bytes());
        let file = file(&city);
        let found = said(file);
        let first = found.first() == Some(&(slip.2, line));
        let only = found.iter().all(|(code, _)| *code == slip.2) && (slip.2 == "K003" || found.len() == 1);
        let vague = file.faults.iter().any(|fault| fault.kind == FaultKind::Syntax(Syntax::Indentation(None)));
        if !first || !only || vague || file.readable == Readable::Whole {
            wrong.push(format!("{:?}: {:?} want {line}", slip.1, file.faults.iter().zip(&found).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line with a quote or bracket that nobody closes: before its first word, behind its dash, before its
/// value, alone in place of what begins below it, and a value in quotes that lost the closing one.
fn unclosed(line: &str) -> Vec<String> {
    let undashed = line.trim_start_matches([' ', '-']);
    let (lead, dashed) = (line.len() - line.trim_start().len(), line.len() - undashed.len());
    let value = undashed.find(": ").map(|colon| dashed + colon + 2);
    let mut broken = Vec::new();
    for sign in ['"', '\'', '[', '{'] {
        let mut put = |at: usize, rest: &str| broken.push(format!("{}{sign}{rest}", &line[..at]));
        put(lead, &line[lead..]);
        if dashed > lead {
            put(dashed, undashed);
        }
        match value.map(|value| (value, &line[value..])) {
            Some((value, "|-")) => put(value, ""),
            Some((value, words)) if !words.starts_with('"') => put(value, words),
            None if line.ends_with(':') => broken.push(format!("{line} {sign}")),
            _ => {}
        }
    }
    broken.extend(line.strip_suffix('"').map(str::to_owned));
    broken
}

/// In whatever kind of file, and wherever in it.
#[test]
fn what_is_never_closed_is_named_where_it_opens() {
    /// So many lines of each file.
    const LINES: usize = 12;
    let mut wrong = Vec::new();
    for (path, text) in shipped_files().into_iter().filter(|(path, _)| path.starts_with("policy/") || path == SOMU) {
        let lines: Vec<&str> = text.lines().collect();
        let mut long = None;
        let own = |line: &&str| {
            let (lead, bare) = (line.len() - line.trim_start().len(), line.trim_start());
            if bare.is_empty() || bare.starts_with('#') || long.is_some_and(|long| lead > long) {
                return false;
            }
            long = bare.ends_with("|-").then(|| line.len() - line.trim_start_matches([' ', '-']).len());
            true
        };
        let own: Vec<usize> = lines.iter().map(own).enumerate().filter_map(|(at, own)| own.then_some(at)).collect();
        let spread = (0..LINES).map(|at| own[at * (own.len() - 1) / (LINES - 1)]);
        for (at, broken) in spread.flat_map(|at| unclosed(lines[at]).into_iter().map(move |broken| (at, broken))) {
            let whole = [&lines[..at], &[broken.as_str()], &lines[at + 1..], &[""]].concat();
            let city = alone(&path, whole.join("\n").into_bytes());
            let found = said(file(&city));
            if found != [("K002", at + 1)] {
                wrong.push(format!("{path}:{} {broken:?}: {found:?}", at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Full-width signs that are words.
#[test]
fn words_are_left_alone() {
    let base = somu();
    for (from, to) in [
        ("    title: 災害時", "    title: 災害時：本部、指揮＃１"),
        ("    title: 災害時", "    title: 「災害」時　（夜間）"),
        ("    title: 災害時", "    title: \"災害: 時\" #"),
        ("    title: 災害時", "    title: 'it''s 災害: 時' #"),
        ("  防犯は、注意", "  title：防犯は、注意"),
        ("  防犯は、注意", "  － 防犯は、注意"),
        ("  防犯は、注意", "  ＃防犯は、注意"),
        ("  防犯は、注意", "  　防犯は、注意"),
        ("  防犯は、注意", "  =======\n  防犯は、注意"),
        ("supports:\n", "\nsupports:\n"),
        ("    title: 災害時", "    title: 災害時の👨\u{200d}👩\u{200d}👧と葛\u{e0100}飾"),
        ("    title: 災害時", "    title: ・災害時"),
        ("    title: 災害時", "    title: \u{fe0f}災害時 ①～〜－"),
    ] {
        let text = base.replacen(from, to, 1);
        assert_ne!(text, base, "{from}");
        let city = alone(SOMU, text.into_bytes());
        assert_eq!((said(file(&city)), file(&city).readable), (Vec::new(), Readable::Whole), "{to}");
    }
    let marks = alone(SOMU, format!("\u{feff}{}", base.replace('\n', "\r\n")).into_bytes());
    assert_eq!((said(file(&marks)), file(&marks).readable), (Vec::new(), Readable::Whole));
}

/// Words that stand in a file as they are read share its text: a large city would not fit otherwise.
#[test]
fn words_are_not_copied() {
    let city = alone(SOMU, somu().into_bytes());
    let plan = file(&city).plan().expect("a plan");
    let goals = plan.goals.iter().flat_map(|goal| [&goal.title, &goal.issue, &goal.outcome]);
    let texts = goals.flatten().chain(&plan.mission).map(|text| &text.value);
    let names = plan.goals.iter().flat_map(|goal| &goal.partners).chain(&plan.department).map(|name| &name.text);
    let (mut shared, mut own) = (0, 0);
    for words in texts.chain(names) {
        let copied = !kpolicy::model::Words::parent(words).as_str().as_ptr().eq(&file(&city).text.as_ptr());
        (shared, own) = (shared + usize::from(!copied), own + usize::from(copied));
        // Only a text of several lines is other than it stands in the file.
        assert!(!copied || words.contains('\n'), "{words}");
    }
    assert!(shared > 10 && shared > 5 * own, "{shared} of {}", shared + own);
}

#[test]
fn two_broken_blocks_are_two_faults_and_the_rest_is_read() {
    let text =
        somu().replacen("    title: 災害時", "    title: \"災害時", 1).replacen("  - what: 夜間", "  - what:夜間", 1);
    let city = alone(SOMU, text.into_bytes());
    let kinds: Vec<_> = file(&city).faults.iter().map(|fault| &fault.kind).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
    assert!(kinds.contains(&&FaultKind::Syntax(Syntax::UnclosedQuote('"'))), "{kinds:?}");
    assert!(kinds.contains(&&FaultKind::Syntax(Syntax::NoSpaceAfterColon("what".into()))), "{kinds:?}");
    assert_eq!(file(&city).readable, Readable::Parts);
    assert_eq!(file(&city).headings, 15);
}

#[test]
fn hostile_bytes_end_soon() {
    let deep = format!("extra: {}", "[".repeat(10_000));
    let maps: String = (0..2_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    for text in [
        deep,
        maps,
        "- ".repeat(10_000),
        "\0".repeat(100_000),
        "\u{200b}a".repeat(20_000),
        "title：\n".repeat(4_000),
        "\t\n\tx: 1\n".repeat(4_000),
        "\"\n".repeat(50_000),
        "[\n".repeat(50_000),
        "<<<<<<< a\n".repeat(20_000),
        "a".repeat(1 << 20),
        "x: ".repeat(100_000),
        "?".repeat(10_000),
        "\u{feff}".repeat(100),
        "\r".repeat(20_000),
    ] {
        bodies::scan::body(text.as_bytes());
        bodies::parse::in_full(&text);
    }
    let large = alone(SOMU, vec![b'#'; (1 << 20) + 1]);
    assert_eq!(said(file(&large)), [("K008", 1)]);
    let mut snapshot = Snapshot::default();
    snapshot.insert(SOMU, Entry::Unsafe(UnsafeKind::Link));
    snapshot.insert("departments/2025/gone.yaml", Entry::File(Content::Disk(Path::new("/nonexistent/x").into())));
    let city = City::load(&snapshot);
    assert!(city.files.iter().all(|file| file.readable == Readable::Nothing));
    assert!(city.files.iter().any(|file| file.io_error.is_some()));
}

/// Our reading and serde_yaml's of the same text.
fn differs(text: &str) -> Option<String> {
    let whole = apply(text, &[]);
    let ours = parse(text, 0, &whole);
    let theirs: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    if ours.error.is_some() {
        return Some("only serde_yaml reads it".to_owned());
    }
    let same = ours.tree.root().map_or(theirs.is_null(), |root| bodies::parse::same(&ours.tree, root, &theirs));
    (!same).then(|| format!("{:#?}\n{theirs:#?}", ours.tree))
}

#[test]
fn a_second_reader_agrees_on_every_shipped_file() {
    let files = shipped_files();
    assert!(files.len() >= 15);
    for (path, text) in files {
        assert_eq!(differs(&text), None, "{path}");
        assert!(serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok(), "{path}");
        let city = alone(&path, text.clone().into_bytes());
        assert_eq!((said(file(&city)), file(&city).readable), (Vec::new(), Readable::Whole), "{path}");
        assert!(bodies::parse::in_full(&text), "{path}");
    }
}

/// What slips are made of.
const PIECES: &[&str] = &[
    "：",
    ": ",
    ":",
    "　",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "－ ",
    "ー",
    "・",
    "- ",
    "-",
    "＃",
    " #",
    "#",
    "［",
    "］",
    "[",
    "]",
    "{",
    "}",
    "、",
    "，",
    ",",
    "\"",
    "'",
    "「",
    "」",
    "|-",
    "｜",
    ">",
    "*",
    "&a ",
    "!t ",
    "? ",
    "%",
    "@",
    "`",
    "---\n",
    "...\n",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{85}",
    "\u{2028}",
    "title",
    "cites: ",
    "goals:\n",
    "1-6",
    "（記入）",
    "市",
    "👨\u{200d}👩",
    "~",
    "2025-04-01",
    "令和７年",
    "  ",
    "\u{e0100}",
];

/// A text with pieces put in, cut out and doubled at any character.
pub(crate) fn mangled() -> impl Strategy<Value = String> {
    let files: Vec<String> = shipped_files().into_iter().map(|(_, text)| text).collect();
    let change = (any::<prop::sample::Index>(), 0..PIECES.len(), 0_usize..12, 0_u8..4);
    (prop::sample::select(files), any::<prop::sample::Index>(), 200_usize..3_000, prop::collection::vec(change, 0..6))
        .prop_map(|(text, from, length, changes)| {
            // A stretch of a file is as telling as the whole and many times faster.
            let mut chars: Vec<char> = text.chars().collect();
            let from = from.index(chars.len());
            let line = chars[..from].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
            chars = chars.into_iter().skip(line).take(length).collect();
            for (at, piece, count, how) in changes {
                let at = at.index(chars.len() + 1);
                match how {
                    0 | 1 => drop(chars.splice(at..at, PIECES[piece].chars())),
                    2 => drop(chars.drain(at..(at + count).min(chars.len()))),
                    _ => {
                        let copy: Vec<char> = chars[at..(at + count).min(chars.len())].to_vec();
                        drop(chars.splice(at..at, copy));
                    }
                }
            }
            chars.into_iter().collect()
        })
}

/// A plan-like value, written by serde_yaml.
fn generated() -> impl Strategy<Value = serde_yaml::Value> {
    use serde_yaml::Value;
    let word = prop::sample::select(vec![
        "窓口の改善",
        "a: b",
        "# x",
        "- x",
        "1.10",
        "no",
        "~",
        "",
        " x ",
        "二行\n目",
        "末尾\n",
        "\"引用\"",
        "it's",
        "[x]",
        "、。：",
        "%",
        "2025-04-01",
        "\ttab",
        "\u{3000}字下げ",
        "| x",
        "> x",
        "長い文。長い文。長い文。長い文。長い文。長い文。長い文。",
        "終\n\n",
        "\\n",
    ]);
    let leaf = prop_oneof![
        word.prop_map(|word| Value::String(word.to_owned())),
        any::<i32>().prop_map(|number| Value::Number(number.into())),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..5).prop_map(Value::Sequence),
            prop::collection::btree_map("[a-z]{1,6}|[ぁ-ん]{1,4}", inner, 1..5).prop_map(|map| Value::Mapping(
                map.into_iter().map(|(key, value)| (Value::String(key), value)).collect()
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_reader_agrees_on_generated_files(value in generated()) {
        let text = serde_yaml::to_string(&value).expect("a value can be written");
        prop_assert_eq!(differs(&text), None, "{}", text);
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_a_finding() {
    let mut snapshot = support::small_city();
    snapshot.insert("departments/2025/shimin.yaml", Entry::File(Content::Disk(Path::new("/nonexistent/x").into())));
    let city = City::load(&snapshot);
    support::findings(&city, |findings| {
        let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
        assert_eq!(codes, ["K011"]);
    });
}

/// One conflict is one finding, and a line that a merge doubled can be taken out.
#[test]
fn bad_merges() {
    let conflict = "<<<<<<< a\nstatus: draft\n=======\nstatus: submitted\n>>>>>>> b";
    for (typed, code, fix) in [
        (conflict, "K003", false),
        ("status: submitted\nstatus: submitted", "K010", true),
        ("status: draft\nstatus: submitted", "K010", false),
    ] {
        let mut snapshot = shipped();
        snapshot.overlay(SOMU, somu().replacen("status: submitted", typed, 1).into_bytes());
        let city = City::load(&snapshot);
        support::findings(&city, |findings| {
            let seen: Vec<_> = findings.iter().map(|finding| (finding.rule.code, finding.fix.is_some())).collect();
            assert_eq!(seen, [(code, fix)]);
            for edits in findings.iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| &fix.edits) {
                assert_eq!(apply(&city.file(findings[0].place.file).text, edits).text, somu());
            }
        });
    }
}
