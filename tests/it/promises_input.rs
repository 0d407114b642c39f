//! What any file may hold without harm (tests/PROMISES.md, P1 to P12), where no other test says it.

use std::time::Instant;

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};
use kpolicy::city::City;
use kpolicy::model::Level;
use kpolicy::source::Readable;
use kpolicy::store::{Content, Entry, Snapshot};

use crate::cases::{Scratch, lay_out};
use crate::promises_files::{LIMIT, timed};
use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";

/// The plan of 総務部 in the small city, which has no finding.
fn plan() -> String {
    std::fs::read_to_string(support::tests_dir("cities/small").join(SOMU)).expect("the plan")
}

/// The plan with its first `from` replaced.
fn with(from: &str, to: &str) -> String {
    let plan = plan();
    assert!(plan.contains(from), "{from:?} is not in the plan");
    plan.replacen(from, to, 1)
}

fn city(bytes: impl Into<Vec<u8>>) -> City {
    let mut snapshot: Snapshot = support::small_city();
    snapshot.insert(SOMU, Entry::File(Content::Bytes(bytes.into())));
    City::load(&snapshot)
}

/// `K201 departments/2025/somu.yaml:13:9 message` for each finding.
fn said(city: &City) -> Vec<String> {
    support::findings(city, |findings| support::lines(city, findings))
}

fn readable(city: &City) -> Readable {
    city.file(city.find(SOMU).expect("the plan")).readable
}

/// Makes a hostile file.
type Make = fn() -> String;

/// P1: shapes on which parsers hang, run out of stack or memory, or write without end.
const HOSTILE: &[(&str, Make)] = &[
    ("billion laughs", || {
        let level = |n: u32| format!("l{n}: &l{n} [{}]\n", format!("*l{},", n - 1).repeat(9));
        format!("l0: &l0 x\n{}", (1..10).map(level).collect::<String>())
    }),
    ("a large anchor used again and again", || format!("a: &a {}\n{}", "x".repeat(20_000), "b: [*a]\n".repeat(2_000))),
    ("open brackets", || format!("extra: {}", "[".repeat(50_000))),
    ("keys in brackets", || "{\"\":[".repeat(20_000)),
    ("dashes on one line", || "- ".repeat(20_000)),
    ("question marks", || "? ".repeat(5_000)),
    ("maps in maps", || (0..600).map(|level| format!("{}a:\n", " ".repeat(level))).collect()),
    ("fields of one map", || (0..10_000).map(|n| format!("k{n}: 1\n")).collect()),
    ("a long key", || format!("{}: 1\n", "k".repeat(100_000))),
    ("an open quote", || format!("title: \"{}", "x\n".repeat(20_000))),
    ("merge markers", || "<<<<<<< a\n".repeat(3_000)),
    ("full-width signs", || "title：\n".repeat(2_000)),
    ("documents", || "---\na: 1\n".repeat(5_000)),
    ("zeros", || "\0".repeat(50_000)),
    ("a line of a megabyte", || format!("direction: {}", "市".repeat(340_000))),
    ("quotes in quotes", || {
        let quoted = |id: &str| format!("{}{id}{}", "「".repeat(70_000), "」".repeat(70_000));
        format!("status: submitted\ngoals:\n  - id: {}\n    cites:\n      - {}\n", quoted("G1"), quoted("3-1"))
    }),
    ("goals without anything", || format!("status: submitted\ngoals:\n{}", "  - id: G1\n".repeat(1_000))),
];

#[test]
fn hostile_files_end_soon_with_a_documented_code() {
    let scratch = Scratch::new("promises-hostile");
    lay_out("small", &scratch.0);
    for (name, make) in HOSTILE {
        std::fs::write(scratch.0.join(SOMU), make()).expect("the plan");
        let before = Instant::now();
        let ran = timed(&scratch.0, &["check", "--warnings"], LIMIT);
        assert_eq!(ran.code, Some(1), "{name} after {:?}: {}", before.elapsed(), ran.err);
        assert!(ran.out.len() <= 1_000_000, "{name} writes {} bytes", ran.out.len());
        assert!(!ran.err.contains("panicked") && !ran.err.contains("思わぬ"), "{name}: {}", ran.err);
    }
}

/// P2: the limit is named with the file, and how far it may go.
#[test]
fn limits_are_named() {
    let large = said(&city(format!("{}#{}\n", plan(), "x".repeat(1 << 20))));
    assert!(large.len() == 1 && large[0].starts_with("K008 departments/2025/somu.yaml:1:1 "), "{large:?}");
    assert!(large[0].contains("1024 KB"), "{large:?}");
    let deep = said(&city(format!("{}extra: {}{}\n", plan(), "[".repeat(64), "]".repeat(64))));
    assert!(deep.len() == 1 && deep[0].starts_with("K008 departments/2025/somu.yaml:29:"), "{deep:?}");
    assert!(deep[0].contains("64段"), "{deep:?}");
}

/// P4: one field twice, however it is spelt.
#[test]
fn a_field_twice_is_refused_in_every_spelling() {
    for (from, to) in [
        ("status: submitted", "status: submitted\nstatus: draft"),
        ("status: submitted", "status: submitted\n\"status\": draft"),
        ("status: submitted", "status: submitted\n'status': draft"),
        ("status: submitted", "status: submitted\n\"st\\u0061tus\": draft"),
        ("  - id: G1", "  - id: G1\n    \"\\u0069d\": G2"),
        ("  - id: G1", "  - id: G1\n    \"\\x69d\": G2"),
        ("    division: bosai", "    division: bosai\n    division: bosai"),
        ("          value: 2", "          value: 2\n          value: 3"),
        ("        baseline:\n          value: 2", "        baseline: {value: 2, value: 3}"),
        ("        baseline:\n          value: 2", "        baseline: {value: 2, \"v\\u0061lue\": 3}"),
    ] {
        let city = city(with(from, to));
        let found = said(&city);
        assert!(found.len() == 1 && found[0].starts_with("K010"), "{to:?}: {found:#?}");
        assert_ne!(readable(&city), Readable::Whole, "{to:?}");
    }
}

/// P5: what is no plan, and a plan cut off anywhere before its last goal answers what it must.
#[test]
fn an_empty_or_half_file_never_passes() {
    let shipped = std::fs::read(support::tests_dir("..").join(SOMU)).expect("the plan");
    let small = plan().into_bytes();
    let until = plan().find("    division: bosai").expect("after the citations");
    let mut files: Vec<Vec<u8>> =
        ["", "\u{feff}", "\n\n", "# 計画\n", "---\n", "---\n...\n", "{}", "[]", "~\n", "計画\n"]
            .map(|text| text.as_bytes().to_vec())
            .into();
    files.extend([vec![0; 1], vec![0; 512], vec![b' '; 512]]);
    files.extend((0..until).step_by(7).map(|length| small[..length].to_vec()));
    files.extend((0..20).map(|part| shipped[..shipped.len() * part / 25].to_vec()));
    for bytes in files {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        let city = city(bytes);
        let errors = support::findings(&city, |findings| findings.iter().any(|finding| finding.level == Level::Error));
        assert!(errors, "{shown:?} passes");
    }
}

/// P6: a file in another encoding is named as such, with how to save it.
#[test]
fn other_encodings_are_named() {
    let text = plan();
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    for (name, bytes) in [
        ("Shift_JIS (CP932)", SHIFT_JIS.encode(&text).0.into_owned()),
        ("EUC-JP", EUC_JP.encode(&text).0.into_owned()),
        ("ISO-2022-JP", ISO_2022_JP.encode(&text).0.into_owned()),
        ("UTF-16", wide(u16::to_le_bytes)),
        ("UTF-16", wide(u16::to_be_bytes)),
        ("UTF-16", [b"\xff\xfe".to_vec(), wide(u16::to_le_bytes)].concat()),
        ("UTF-16", [b"\xfe\xff".to_vec(), wide(u16::to_be_bytes)].concat()),
    ] {
        let city = city(bytes);
        support::findings(&city, |findings| {
            let [finding] = findings else { panic!("{name}: {:#?}", support::lines(&city, findings)) };
            assert_eq!(finding.rule.code, "K001", "{name}");
            for words in [&finding.message.ja, &finding.message.en] {
                assert!(words.contains(name), "{words}");
            }
            assert!(finding.help.ja.contains(name) && finding.help.ja.contains("UTF-8"), "{}", finding.help.ja);
        });
    }
}

/// P7: words of Japanese offices that are no slips.
const LEGITIMATE: &[&str] = &[
    "絵文字👍の案内",
    "家族👨\u{200d}👩\u{200d}👧\u{200d}👦の窓口",
    "肌の色👍🏽と国旗🇯🇵",
    "旗🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "𠮷野さんの𩸽",
    "葛\u{e0100}飾区と辻\u{e0101}",
    "か\u{3099}んは\u{309a}り",
    "ﾊﾝｶｸｶﾅの台帳",
    "①から⑳、㈱国分寺、㍻と㌔",
    "４月〜６月、４月～６月",
    "Ａ－Ｂ間、ー、―、‐、−",
    "（仮称）「総合」『計画』【案】",
    "髙橋・濵田・德永",
    "全角　空白",
    "ＣＯ₂とm²、½、％、℃",
    "⾒直し",
    "Ａ：Ｂ＃１；、。",
];

#[test]
fn legitimate_words_are_never_refused_or_changed() {
    for words in LEGITIMATE {
        let city = city(with("title: 窓口を止めない仕組み", &format!("title: {words}")));
        assert_eq!(said(&city), Vec::<String>::new(), "{words:?}");
    }
    let all = LEGITIMATE.join("\n  ");
    let text = with("  市民が安心して使える窓口をつくる。", &format!("  {all}")).into_bytes();
    assert_eq!(said(&city(text.clone())), Vec::<String>::new());
    let scratch = Scratch::new("promises-words");
    lay_out("small", &scratch.0);
    std::fs::write(scratch.0.join(SOMU), text).expect("the plan");
    let packet = ["packet", "somu", "--format", "html,markdown,json", "-o", "out"];
    assert_eq!(timed(&scratch.0, &packet, LIMIT).code, Some(0));
    let papers: Vec<_> = std::fs::read_dir(scratch.0.join("out")).expect("papers").flatten().collect();
    assert_eq!(papers.len(), 3);
    for paper in papers {
        let mut text = std::fs::read_to_string(paper.path()).expect("a paper");
        // JSON writes what a terminal would act on by its code.
        if paper.path().extension().is_some_and(|ending| ending == "json") {
            text = serde_json::from_str::<serde_json::Value>(&text).expect("JSON").to_string();
        }
        let lost: Vec<_> = LEGITIMATE.iter().filter(|words| !text.contains(**words)).collect();
        assert!(lost.is_empty(), "{lost:?} are not in {:?}", paper.path());
    }
}

/// P8: each character that nobody sees, in a text, with its number and line.
#[test]
fn each_invisible_character_is_named() {
    let ranges = [
        0x01..=0x08,
        0x0b..=0x0c,
        0x0e..=0x1f,
        0x7f..=0x9f,
        0xad..=0xad,
        0x61c..=0x61c,
        0x180e..=0x180e,
        0x200b..=0x200f,
        0x2028..=0x202e,
        0x2060..=0x2064,
        0x2066..=0x206f,
        0xfeff..=0xfeff,
        0xfff9..=0xfffb,
        0xe0001..=0xe0001,
        0xe0020..=0xe0021,
        0xe007e..=0xe007f,
    ];
    for number in ranges.into_iter().flatten() {
        let char = char::from_u32(number).expect("a character");
        let text = with("title: 窓口", &format!("title: 窓{char}口"));
        let found = said(&city(text.replacen("市民が安心", &format!("市民{char}が安心"), 1)));
        let named = |line: usize, said: &String| {
            said.starts_with(&format!("K006 {SOMU}:{line}:")) && said.contains(&format!("U+{number:04X}"))
        };
        assert!(found.len() == 2 && named(9, &found[0]) && named(12, &found[1]), "U+{number:04X}: {found:#?}");
    }
}

/// P10: what a merge leaves, in a map, in a list, in a text.
#[test]
fn merge_markers_are_named_wherever_they_stand() {
    let conflict = |ours: &str, theirs: &str| format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> main\n");
    for (from, to, line) in [
        ("    division: bosai\n", conflict("    division: bosai\n", "    division: madoguchi\n"), 17),
        ("      - 1-2\n", conflict("      - 1-2\n", "      - 1-3\n"), 16),
        ("  市民が安心して使える窓口をつくる。\n", conflict("  市民が\n", "  市民と\n"), 9),
        ("status: submitted\n", conflict("status: submitted\n", "status: draft\n"), 1),
    ] {
        let city = city(with(from, &to));
        let found = said(&city);
        assert!(found[0].starts_with(&format!("K003 {SOMU}:{line}:1 ")), "{to}: {found:#?}");
        assert!(found.iter().all(|said| said.starts_with("K003")), "{to}: {found:#?}");
        assert_ne!(readable(&city), Readable::Whole);
    }
}

/// P11: words that ` #` takes away.
#[test]
fn text_lost_after_a_hash_is_named() {
    for (from, to, line) in [
        ("title: 窓口を止めない仕組み", "title: 施策 #1 を進める", 12),
        ("- what: 手順書を改める", "- what: 手順書 #2を改める", 27),
        ("unit: 件", "unit: 件 #月", 21),
    ] {
        let found = said(&city(with(from, to)));
        assert!(found.iter().any(|said| said.starts_with(&format!("K009 {SOMU}:{line}:"))), "{to}: {found:#?}");
    }
    assert_eq!(said(&city(with("unit: 件", "unit: 件 # 月ごと"))), Vec::<String>::new());
}

/// P12: a number is printed as it is written, or refused; a wrong type is refused at the value.
#[test]
fn numbers_are_never_rounded_and_wrong_types_are_named_at_the_value() {
    let scratch = Scratch::new("promises-numbers");
    lay_out("small", &scratch.0);
    for (typed, printed) in [
        ("12345678901234567890", None),
        ("9007199254740993", None),
        ("-98765432109876543210", None),
        ("0.1234567890123456789", None),
        ("999999999999999", Some("999,999,999,999,999件")),
        ("123456789.25", Some("123,456,789.25件")),
        ("0.000123", Some("0.000123件")),
    ] {
        let text = with("          value: 4", &format!("          value: {typed}"));
        let found = said(&city(text.clone()));
        std::fs::write(scratch.0.join(SOMU), text).expect("the plan");
        let ran = timed(&scratch.0, &["packet", "somu", "--format", "markdown", "-o", "out"], LIMIT);
        let paper = std::fs::read_to_string(scratch.0.join("out/somu-department.md")).expect(&ran.err);
        match printed {
            Some(printed) => assert!(paper.contains(printed) && found.len() <= 1, "{typed}: {found:?} {paper}"),
            None => assert!(found.len() == 1 && found[0].contains(typed), "{typed}: {found:?}"),
        }
    }
    for (from, to, line) in [
        ("direction: |-\n  市民が安心して使える窓口をつくる。", "direction:\n  - 市民", 9),
        ("goals:\n", "goals: 一つ\nextra:\n", 10),
        ("        baseline:\n          value: 2", "        baseline:\n          - 2", 23),
        ("    division: bosai", "    division: [bosai]", 17),
        ("    cites:\n      - 1-1", "    cites:\n      - [1-1]", 15),
    ] {
        let found = said(&city(with(from, to)));
        let place = format!("K103 {SOMU}:{line}:");
        assert!(found.iter().any(|said| said.starts_with(&place)), "{to}: {found:#?}");
    }
}
