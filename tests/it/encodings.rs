//! Plans saved in another encoding: named always, converted only when asked to, and only when sure.

use std::fs;
use std::path::Path;

use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};

use crate::cases::{Scratch, lay_out, program};

const SOMU: &str = "departments/2025/somu.yaml";

/// A small city whose plan of 総務部 is saved otherwise, with CRLF as editors on Windows do.
fn saved(name: &str, save: impl Fn(&str) -> Vec<u8>) -> (Scratch, String) {
    let scratch = Scratch::new(name);
    lay_out("small", &scratch.0);
    let text = fs::read_to_string(scratch.0.join(SOMU)).expect("plan").replace('\n', "\r\n");
    fs::write(scratch.0.join(SOMU), save(&text)).expect("write");
    (scratch, text)
}

/// Stdout, stderr and exit code.
fn ran(folder: &Path, arguments: &str) -> (String, String, Option<i32>) {
    let done = program(folder).args(arguments.split(' ')).output().expect("the program runs");
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    // Where a line is broken, and a space with it, depends on its length alone.
    let unbroken = |text: String| text.replace([' ', '\n'], "");
    (words(done.stdout), unbroken(words(done.stderr)), done.status.code())
}

type Save = fn(&str) -> Vec<u8>;

const ENCODINGS: [(&str, &str, Save); 7] = [
    ("cp932", "Shift_JIS (CP932)", |text| SHIFT_JIS.encode(text).0.into_owned()),
    ("euc", "EUC-JP", |text| EUC_JP.encode(text).0.into_owned()),
    ("jis", "ISO-2022-JP", |text| ISO_2022_JP.encode(text).0.into_owned()),
    ("utf16le", "UTF-16", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("utf16be", "UTF-16", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("utf16le-mark", "UTF-16", |text| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("utf16be-mark", "UTF-16", |text| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect()),
];

#[test]
fn each_encoding_is_converted_only_when_asked_to() {
    for (short, name, save) in ENCODINGS {
        let (city, text) = saved(short, save);
        let file = city.0.join(SOMU);
        let (_, said, exit) = ran(&city.0, "check --fix");
        assert_eq!(fs::read(&file).expect("plan"), save(&text), "{short}: --fix alone changes nothing");
        assert!(said.contains("--unsafe-fixes") && exit == Some(1), "{short}: {said}");

        let (shown, said, exit) = ran(&city.0, "check --fix --unsafe-fixes --diff");
        assert_eq!(fs::read(&file).expect("plan"), save(&text), "{short}: --diff writes nothing");
        assert_eq!(shown, format!("{SOMU}: 文字コードを {name} から UTF-8 に変えます（28行）。\n"), "{said}");
        assert_eq!(exit, Some(1));

        let (screen, said, exit) = ran(&city.0, "check --fix --unsafe-fixes");
        assert_eq!(fs::read_to_string(&file).expect("UTF-8"), text, "{short}");
        let from = name.replace(' ', "");
        assert!(said.contains(&format!("K0011（文字コードを{from}からUTF-8へ）")), "{said}");
        assert!(screen.contains("問題はありません") && exit == Some(0), "{screen}");
        assert!(ran(&city.0, "check --fix --unsafe-fixes").1.contains("直し方の決まっているものはありません"));
    }
}

#[test]
fn slips_in_a_converted_file_are_mended_too() {
    let (city, text) = saved("slips", |text| {
        SHIFT_JIS.encode(&text.replace("title: ", "title：").replace("- 1-2", "- １－２")).0.into_owned()
    });
    let (shown, ..) = ran(&city.0, "check --fix --unsafe-fixes --diff");
    assert!(shown.contains("文字コードを Shift_JIS (CP932) から") && shown.contains("+    title: 窓口"), "{shown}");
    ran(&city.0, "check --fix --unsafe-fixes");
    assert_eq!(fs::read_to_string(city.0.join(SOMU)).expect("UTF-8"), text);
}

#[test]
fn what_cannot_be_converted_stays_and_is_told_why() {
    let gaiji = |text: &str| {
        let mut bytes = SHIFT_JIS.encode(text).0.into_owned();
        bytes.extend_from_slice(b"# \xf0\x40\r\n");
        bytes
    };
    let half = |text: &str| {
        // Only half-width katakana beyond ASCII: each pair is an ideograph of EUC-JP as well.
        let ascii: String = text.lines().filter(|line| line.is_ascii()).map(|line| format!("{line}\r\n")).collect();
        SHIFT_JIS.encode(&format!("# ｱｲｳｴ\r\n{ascii}")).0.into_owned()
    };
    let broken = |text: &str| SHIFT_JIS.encode(&text.replace("unit: 件", "unit: \"件")).0.into_owned();
    let cases: [(&str, Save, &str); 3] = [
        ("gaiji", gaiji, "29行目に、UTF-8に変えると元に戻せない文字がある"),
        ("half", half, "だと言い切れないため"),
        ("broken", broken, "ファイルを読めるようにならない"),
    ];
    for (short, save, why) in cases {
        let (city, text) = saved(short, save);
        let (_, said, exit) = ran(&city.0, "check --fix --unsafe-fixes");
        assert_eq!(fs::read(city.0.join(SOMU)).expect("plan"), save(&text), "{short}");
        assert!(said.contains(why) && exit == Some(1), "{short}: {said}");
        let (_, said, _) = ran(&city.0, "check --fix --unsafe-fixes --lang en");
        assert!(said.contains("K001") && said.is_ascii(), "{short}: {said}");
    }
}
