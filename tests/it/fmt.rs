//! Tidying changes the layout and nothing else: same values for two readers, every remark kept at
//! its thing, the result tidy and stable. The texts are written here in every untidy way there is.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::fmt::Write as _;

use kpolicy::fmt::{WhyNot, format};
use kpolicy::shape::FileKind;
use kpolicy::source::{Kind, NodeId, Style, Tree, apply, parse};
use proptest::prelude::*;

use crate::cases::{Scratch, lay_out, program};
use crate::support;

/// What a generated value is.
#[derive(Debug, Clone)]
enum Value {
    /// Plain, quoted or nothing at all, on one line.
    Leaf(&'static str),
    /// A header, and lines without their indentation.
    Text(&'static str, Vec<&'static str>),
    /// Quoted over two lines.
    Long(&'static str, &'static str),
    List(Vec<Value>),
    Map(Vec<Value>),
}

const LEAVES: &[&str] = &[
    "1-1",
    "somu",
    "窓口の改善",
    "\"１\"",
    "'it''s # x'",
    "\"a: [b]\"",
    "2025-04-01",
    "412",
    "true",
    "",
    "10:30",
    "a#b",
    "\"2025-04-03T10:00\"",
    "x  y",
    "~",
];

const HEADERS: &[&str] = &["|-", "|", "|+", ">-", ">", "|2-", "|-2"];

const LINES: &[&str] =
    &["一行目の文。", "", "  深い行", "# 注ではない", "- 点", "a: b", "末尾に空白  ", "[x, y]", "   "];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop::sample::select(LEAVES.to_vec());
    let header = prop::sample::select(HEADERS.to_vec());
    let lines = prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..4);
    let leaf = prop_oneof![
        5 => leaf.prop_map(Value::Leaf),
        2 => (header, lines).prop_map(|(header, mut lines)| {
            // The first line decides the indentation, unless the header does.
            lines.insert(0, "始まり");
            Value::Text(header, lines)
        }),
        1 => Just(Value::Long("\"続く", "文 # x\"")),
    ];
    leaf.prop_recursive(4, 30, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec(inner, 0..4).prop_map(Value::Map),
        ]
    })
}

/// A plan-like file: a map, and dice for every choice of layout.
fn file() -> impl Strategy<Value = (Vec<Value>, Vec<u8>)> {
    (prop::collection::vec(value(), 1..5), prop::collection::vec(any::<u8>(), 40))
}

/// Writes values in whatever layout the dice say.
struct Untidy<'d> {
    dice: std::iter::Cycle<std::slice::Iter<'d, u8>>,
    rolled: usize,
    text: String,
    remarks: usize,
}

impl Untidy<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        self.rolled += 1;
        (usize::from(*self.dice.next().unwrap()) + self.rolled * 7) % sides
    }

    fn remark(&mut self) -> String {
        self.remarks += 1;
        format!("#{}注{} # [{{", ["", " ", "  "][self.remarks % 3], self.remarks)
    }

    /// The end of a line: blanks, a remark, or nothing.
    fn end(&mut self) {
        match self.roll(6) {
            0 => self.text.push_str("  "),
            1 => {
                let (gap, remark) = (" ".repeat(1 + self.roll(6)), self.remark());
                write!(self.text, "{gap}{remark}").unwrap();
            }
            _ => {}
        }
        self.text.push('\n');
    }

    /// What may stand between two lines.
    fn between(&mut self) {
        for _ in 0..self.roll(3) {
            match self.roll(6) {
                0 | 1 => {
                    let (indent, remark) = (" ".repeat(self.roll(9)), self.remark());
                    writeln!(self.text, "{indent}{remark}").unwrap();
                }
                2 | 3 => self.text.push_str(["\n", "\n\n\n", "   \n"][self.rolled % 3]),
                _ => {}
            }
        }
    }

    fn fields(&mut self, values: &[Value], indent: usize, mut first: bool) {
        for (index, value) in values.iter().enumerate() {
            if !first {
                self.between();
                self.text.push_str(&" ".repeat(indent));
            }
            first = false;
            let key = ["title", "目標名", "\"k: 1\"", "cites"][index % 4];
            let gap = " ".repeat(self.roll(4) / 3);
            write!(self.text, "{key}{gap}:").unwrap();
            self.value(value, indent, true);
        }
    }

    fn entries(&mut self, values: &[Value], indent: usize, mut first: bool) {
        for value in values {
            if !first {
                self.between();
                self.text.push_str(&" ".repeat(indent));
            }
            first = false;
            self.text.push('-');
            self.value(value, indent, false);
        }
    }

    /// What follows a colon or a dash in a container at column `indent`.
    fn value(&mut self, value: &Value, indent: usize, field: bool) {
        let gap = " ".repeat(1 + self.roll(3));
        match value {
            Value::Leaf("") => self.end(),
            Value::Leaf(leaf) if self.roll(8) == 0 => {
                self.end();
                self.between();
                write!(self.text, "{}{leaf}", " ".repeat(indent + 1)).unwrap();
                self.end();
            }
            Value::Leaf(leaf) => {
                write!(self.text, "{gap}{leaf}").unwrap();
                self.end();
            }
            Value::Long(one, other) => {
                write!(self.text, "{gap}{one}  \n\n{}{other}", " ".repeat(indent + 1 + self.rolled % 5)).unwrap();
                self.end();
            }
            Value::Text(header, lines) => self.block(header, lines, indent, &gap),
            Value::List(values) | Value::Map(values) if values.is_empty() || self.in_brackets(value) => {
                self.text.push_str(&gap);
                self.brackets(value, indent + 1);
                self.end();
            }
            Value::List(values) | Value::Map(values) => {
                let list = matches!(value, Value::List(_));
                let inline = !field && self.roll(4) > 0;
                let indent = if inline {
                    self.text.push_str(&gap);
                    indent + 1 + gap.len()
                } else {
                    self.end();
                    let least = usize::from(!(field && list));
                    indent + least + self.roll(4)
                };
                if list { self.entries(values, indent, inline) } else { self.fields(values, indent, inline) }
            }
        }
    }

    fn block(&mut self, header: &str, lines: &[&str], indent: usize, gap: &str) {
        write!(self.text, "{gap}{header}").unwrap();
        self.end();
        let deep = if header.contains('2') { indent + 2 } else { indent + 1 + self.roll(6) };
        for line in lines {
            let blank = if line.is_empty() { 0 } else { deep };
            writeln!(self.text, "{}{line}", " ".repeat(blank)).unwrap();
        }
    }

    fn in_brackets(&mut self, value: &Value) -> bool {
        fn short(value: &Value) -> bool {
            match value {
                Value::Leaf(leaf) => !leaf.is_empty(),
                Value::List(values) | Value::Map(values) => values.iter().all(short),
                _ => false,
            }
        }
        short(value) && self.roll(2) == 0
    }

    /// `[…]` or `{…}`, on one line or on several.
    fn brackets(&mut self, value: &Value, indent: usize) {
        let (open, close, values) = match value {
            Value::Leaf(leaf) => return self.text.push_str(leaf),
            Value::List(values) => ('[', ']', values),
            Value::Map(values) => ('{', '}', values),
            _ => return,
        };
        let several = self.roll(3) == 0;
        self.text.push(open);
        for (index, entry) in values.iter().enumerate() {
            if several {
                self.end();
                self.between();
                self.text.push_str(&" ".repeat(indent));
            }
            if open == '{' {
                write!(self.text, "k{index}: ").unwrap();
            }
            self.brackets(entry, indent);
            let last = index + 1 == values.len();
            self.text.push_str(if last { "" } else { [",", ", "][usize::from(!several)] });
        }
        if several {
            self.end();
            self.text.push_str(&" ".repeat(indent));
        }
        self.text.push(close);
    }
}

fn untidy(values: &[Value], dice: &[u8]) -> String {
    let mut writer = Untidy { dice: dice.iter().cycle(), rolled: 0, text: String::new(), remarks: 0 };
    writer.between();
    if dice[0].is_multiple_of(5) {
        writer.text.push_str("---\n");
    }
    writer.fields(values, 0, false);
    writer.between();
    if dice[1].is_multiple_of(5) && writer.text.ends_with('\n') {
        writer.text.pop();
    }
    writer.text
}

/// The tidy text, or the text itself where it is tidy.
fn tidy(text: &str) -> Result<String, WhyNot> {
    format(text, FileKind::Plan.vocabulary()).map(|tidied| tidied.unwrap_or_else(|| text.to_owned()))
}

/// Every remark with the number of values and names that end before it.
fn remarks(text: &str) -> Vec<(String, usize, bool)> {
    let whole = apply(text, &[]);
    let parsed = parse(text, 0, &whole);
    let mut ends = Vec::new();
    parsed.tree.root().into_iter().for_each(|root| leaves(&parsed.tree, root, &mut ends));
    let one = |(span, words): (kpolicy::place::Span, &str)| {
        let line = text[..span.range().start].rsplit('\n').next().unwrap_or_default();
        let before = ends.iter().filter(|end| **end <= span.start).count();
        (words.trim_end().to_owned(), before, line.contains([']', '}']))
    };
    parsed.tree.comments().map(one).collect()
}

/// Where each name and each value that has words ends.
fn leaves(tree: &Tree<'_>, node: NodeId, ends: &mut Vec<u32>) {
    match &tree.node(node).kind {
        Kind::Blank => {}
        // A remark may stand behind the header, which belongs to what follows.
        Kind::Scalar { .. } => ends.push(tree.span(node).end),
        Kind::List(entries) => entries.iter().for_each(|entry| leaves(tree, *entry, ends)),
        Kind::Map(fields) => fields.iter().for_each(|(key, value)| {
            leaves(tree, *key, ends);
            leaves(tree, *value, ends);
        }),
    }
}

fn data(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text).unwrap()
}

/// Layout that a tidy file does not have, outside its texts.
fn untidiness(text: &str) -> Option<String> {
    let whole = apply(text, &[]);
    let parsed = parse(text, 0, &whole);
    let mut inside = vec![false; text.split('\n').count()];
    let mut open: Vec<NodeId> = parsed.tree.root().into_iter().collect();
    let line = |at: u32| text[..at as usize].matches('\n').count();
    while let Some(node) = open.pop() {
        let span = parsed.tree.span(node);
        match &parsed.tree.node(node).kind {
            Kind::List(entries) => open.extend(entries),
            Kind::Map(fields) => open.extend(fields.iter().flat_map(|(key, value)| [*key, *value])),
            // A text ends with the line; `|+` keeps blank lines after it.
            Kind::Scalar { style: Style::Literal | Style::Folded, text } => {
                let end = line(span.end) + text.len() - text.trim_end().len();
                (line(span.start)..=end)
                    .for_each(|line| inside.get_mut(line).into_iter().for_each(|inside| *inside = true));
            }
            Kind::Scalar { .. } => (line(span.start) + 1..=line(span.end)).for_each(|line| inside[line] = true),
            Kind::Blank => {}
        }
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let free = |line: usize| !inside[line];
    for (at, words) in lines.iter().enumerate().filter(|(at, _)| free(*at)) {
        let indent = words.len() - words.trim_start().len();
        if words.ends_with([' ', '\t']) || indent % 2 == 1 {
            return Some(format!("line {}: {words:?}", at + 1));
        }
        if words.is_empty() && (at == 0 || (lines[at - 1].is_empty() && free(at - 1))) {
            return Some(format!("blank line {}", at + 1));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_the_layout_changes((values, dice) in file()) {
        let text = untidy(&values, &dice);
        let tidied = tidy(&text);
        prop_assert!(tidied.is_ok(), "{tidied:?}\n{text}");
        let tidied = tidied.unwrap();
        prop_assert_eq!(data(&text), data(&tidied), "{}\n{}", text, tidied);
        let (were, are) = (remarks(&text), remarks(&tidied));
        prop_assert_eq!(were.len(), are.len(), "{}\n{}", &text, &tidied);
        for ((words, before, brackets), (now, then, _)) in were.iter().zip(&are) {
            prop_assert_eq!(words, now, "{}\n{}", &text, &tidied);
            // Behind brackets it moves up to the line they stood on, and never down.
            prop_assert!(before == then || (*brackets && then < before), "{words}: {before} {then}\n{text}\n{tidied}");
        }
        prop_assert_eq!(tidy(&tidied), Ok(tidied.clone()), "not stable:\n{}\n{}", text, tidied);
        prop_assert_eq!(untidiness(&tidied), None, "{}\n{}", text, tidied);
    }

    #[test]
    fn line_ends_and_marks_are_kept((values, dice) in file()) {
        let text = untidy(&values, &dice);
        let tidied = tidy(&text).unwrap();
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        if text.contains('\n') {
            prop_assert_eq!(tidy(&windows).unwrap(), format!("\u{feff}{}", tidied.replace('\n', "\r\n")));
        }
    }
}

fn shipped() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["policy", "policy/2025", "departments/2025"] {
        for entry in std::fs::read_dir(support::tests_dir("..").join(folder)).unwrap().flatten() {
            if entry.path().extension().is_some_and(|ending| ending == "yaml") {
                files.push((entry.path().display().to_string(), std::fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    files
}

#[test]
fn what_is_shipped_is_tidy() {
    let files = shipped();
    assert!(files.len() >= 15);
    for (path, text) in files {
        assert_eq!(format(&text, FileKind::Plan.vocabulary()), Ok(None), "{path}");
    }
}

/// The shipped files, written by another hand, come back as they were shipped.
#[test]
fn shipped_files_come_back_from_another_hand() {
    for (path, text) in shipped() {
        let wide: String = text.split_inclusive('\n').map(wide).collect();
        assert_eq!(tidy(&wide).as_ref(), Ok(&text), "{path}, four spaces");
        let brackets = one_line_lists(&text);
        assert!(!text.contains("  cites:") || brackets.contains(" cites: ["), "{path}");
        assert_eq!(tidy(&brackets).as_ref(), Ok(&text), "{path}, brackets");
        let blanks = text.replace(":\n", ":  \n").replace("\n\n", "\n\n\n  \n");
        assert_eq!(tidy(&blanks).as_ref(), Ok(&text), "{path}, blanks");
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(tidy(&windows), Ok(windows.clone()), "{path}, CRLF");
    }
}

/// Twice the indentation, also behind a dash.
fn wide(line: &str) -> String {
    let words = line.trim_start_matches(' ');
    let words = words.strip_prefix("- ").map_or(words.to_owned(), |rest| format!("-   {rest}"));
    format!("{}{words}", " ".repeat((line.len() - line.trim_start_matches(' ').len()) * 2))
}

/// Lists of ids put into brackets.
fn one_line_lists(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut list: Option<(usize, Vec<&str>)> = None;
    let end = |list: &mut Option<(usize, Vec<&str>)>, out: &mut Vec<String>| {
        if let Some((_, entries)) = list.take().filter(|(_, entries)| !entries.is_empty()) {
            let line = out.last_mut().unwrap();
            *line = format!("{line} [{}]", entries.join(", "));
        }
    };
    for line in text.lines() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let id = words.strip_prefix("- ").filter(|id| !id.contains([':', '、', '#', '"', '\'']));
        match (&mut list, id) {
            (Some((at, entries)), Some(id)) if indent == *at => entries.push(id),
            _ => {
                end(&mut list, &mut out);
                list = (words.ends_with(':') && !words.starts_with('#')).then(|| {
                    let inner = if words.starts_with("- ") { indent + 4 } else { indent + 2 };
                    (inner, Vec::new())
                });
                out.push(line.to_owned());
            }
        }
    }
    end(&mut list, &mut out);
    out.join("\n") + "\n"
}

#[test]
fn the_layout_of_each_thing() {
    for (text, want) in [
        ("cites: [1-1,1-2]  # 二つ\n", "cites:  # 二つ\n  - 1-1\n  - 1-2\n"),
        ("cites: [\n  1-1, # 甲\n  # 次\n  1-2\n]\n", "cites:\n  - 1-1 # 甲\n  # 次\n  - 1-2\n"),
        ("a:\n- {id: x, of: {n: 1}}  # 注\n- []\n", "a:\n  - id: x  # 注\n    of:\n      n: 1\n  - []\n"),
        ("a: [1-1] # kpolicy: allow K201 理由\n", "a: [1-1] # kpolicy: allow K201 理由\n"),
        ("# kpolicy: allow K201 理由\na:   [1-1]\nb: [1]\n", "# kpolicy: allow K201 理由\na: [1-1]\nb:\n  - 1\n"),
        ("a: |-   # 注\n      文  \n\n        深い\n\n\n# 終\n", "a: |-   # 注\n  文  \n\n    深い\n\n# 終\n"),
        ("\n\na :   1\n\n\n\nb:\n   -   2   \n\n", "a: 1\n\nb:\n  - 2\n"),
        ("a:     1 # 一\nbc:    2 # 二\n", "a: 1     # 一\nbc: 2    # 二\n"),
        ("a:\n    b: 1    # 一\n    cde: 2  # 二\n", "a:\n  b: 1      # 一\n  cde: 2    # 二\n"),
        ("a:\n- 長い    # 一\n- b       # 二\n", "a:\n  - 長い  # 一\n  - b     # 二\n"),
        ("a:    1 # 一\nbcd: 2 # 二\n", "a: 1 # 一\nbcd: 2 # 二\n"),
        ("a:\n- b\n#  - c\nd:\n", "a:\n  - b\n#  - c\nd:\n"),
        ("a:\n    - b\n    # 後\nd:\n    # 何もない\ne: 1\n", "a:\n  - b\n  # 後\nd:\n  # 何もない\ne: 1\n"),
        ("a: # 注\n  b\n", "a: # 注\n  b\n"),
        ("a:\n   b\n", "a: b\n"),
        ("-\n   a: 1\n   b: 2\n", "- a: 1\n  b: 2\n"),
        ("{a: 1, b: [2]}\n", "a: 1\nb:\n  - 2\n"),
        ("# 注だけ  \n\n\n\n# 二\n\n", "# 注だけ\n\n# 二\n"),
        ("a: \"二\n   行 \"\n", "a: \"二\n  行 \"\n"),
        ("a: |\n   文", "a: |\n  文"),
        ("", ""),
    ] {
        assert_eq!(tidy(text).as_deref(), Ok(want), "{text}");
        assert_eq!(tidy(want).as_deref(), Ok(want), "not stable");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for text in [
        "a: \"開いたまま\n",
        "a： 1\n",
        "\ta: 1\n",
        "a: &x 1\n",
        "a: 1\na: 2\n",
        "<<<<<<< a\na: 1\n=======\n>>>>>>> b\n",
        "a: {what: 甲, 乙}\n",
        "a: 1\rb: 2\n",
        "title：窓口\n",
    ] {
        assert_eq!(tidy(text), Err(WhyNot::Broken), "{text}");
    }
}

/// The bad and good examples of every rule, and any bytes.
#[test]
fn every_example_is_tidied_or_left_alone() {
    let rules = support::tests_dir("../src/rules");
    let mut examples = 0;
    for page in std::fs::read_dir(rules).unwrap().flatten().map(|entry| entry.path()) {
        if page.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&page).unwrap();
        for example in text.split("```").skip(1).step_by(2) {
            let example = example.split_once('\n').map_or("", |(_, rest)| rest);
            let tidied = tidy(example);
            assert_ne!(tidied, Err(WhyNot::Unsure), "{}: {example}", page.display());
            if let Ok(tidied) = tidied {
                assert_eq!(tidy(&tidied), Ok(tidied.clone()), "{}", page.display());
            }
            examples += 1;
        }
    }
    assert!(examples > 100, "{examples}");
}

#[test]
fn a_tidy_file_is_not_written_again() {
    let scratch = Scratch::new("fmt");
    lay_out("shipped", &scratch.0);
    let plans = scratch.0.join("departments/2025");
    let seen = || {
        let mut seen = std::collections::BTreeMap::new();
        for file in std::fs::read_dir(&plans).unwrap().flatten() {
            #[cfg(unix)]
            let number = std::os::unix::fs::MetadataExt::ino(&file.metadata().unwrap());
            #[cfg(not(unix))]
            let number = 0_u64;
            seen.insert(file.file_name(), (number, file.metadata().unwrap().modified().unwrap()));
        }
        seen
    };
    let somu = std::fs::read_to_string(plans.join("somu.yaml")).unwrap();
    std::fs::write(plans.join("somu.yaml"), somu.replace("status: ", "status:  ")).unwrap();
    let before = seen();
    let run = |arguments: &[&str]| program(&scratch.0).arg("fmt").args(arguments).output().unwrap().status.code();
    assert_eq!((run(&["--check"]), run(&["--diff"])), (Some(1), Some(1)));
    assert_eq!(seen(), before);
    assert_eq!(run(&[]), Some(0));
    let changed: Vec<_> = seen().into_iter().filter(|(name, file)| before.get(name) != Some(file)).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert_eq!(std::fs::read_to_string(plans.join("somu.yaml")).unwrap(), somu);
    assert_eq!(run(&["--check"]), Some(0));
}
