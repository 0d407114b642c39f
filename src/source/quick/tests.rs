//! Held against the parser: the same tree, or nothing.

use super::*;
use crate::shape::FileKind;
use crate::source::{Widths, apply, parse_events, scan};

/// Every shipped file.
fn shipped() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = crate::store::read_work_tree(root).into_iter().flat_map(|files| {
        let texts = files.entries().map(|(path, _)| std::fs::read_to_string(root.join(path)));
        texts.collect::<Result<Vec<_>, _>>().unwrap_or_default()
    });
    files.collect()
}

/// True where this reader took a text. Then the parser must have made the same of it, and the line
/// scan have nothing to tell.
fn agrees(text: &str) -> bool {
    let Some(quick) = read_plain(text) else { return false };
    let parsed = parse_events(text, 0, &apply(text, &[]));
    assert!(parsed.is_whole() && parsed.faults.is_empty(), "{text:?}\n{parsed:?}");
    assert_eq!(format!("{quick:?}"), format!("{:?}", parsed.tree), "{text:?}");
    for kind in FileKind::ALL {
        let slips = scan(text, kind.vocabulary(), Widths::LIKELY[0]).faults;
        assert!(slips.is_empty(), "{text:?}\n{slips:?}");
    }
    true
}

#[test]
fn the_shipped_files_are_read_quickly() {
    let files = shipped();
    assert!(files.len() > 10);
    for text in &files {
        assert!(agrees(text), "{}", text.lines().take(3).collect::<String>());
    }
}

/// A name in full-width brackets is never another way to write a field's own.
#[test]
fn no_field_has_narrow_brackets() {
    for kind in FileKind::ALL {
        assert!(kind.vocabulary().keys.iter().all(|key| !key.contains(['(', ')'])));
    }
}

#[test]
fn what_is_written_another_way_is_left_to_the_parser() {
    for text in [
        "",
        "# 注\n",
        "a:\n",
        "a: [1]\n",
        "a: b: c\n",
        "a: 一\n  二\n",
        "- a\n",
        "a: \"\\n\"\n",
        "a: 1\na: 2\n",
        "a: >\n  b\n",
    ] {
        assert!(read_plain(text).is_none(), "{text:?}");
    }
    for text in [
        "a: 1",
        "a:\n- b\n- c: 1\n  d: '2' # 注\nb: |\n  一\n\n   二 \n\n# 終わり",
        "a: |-\n b\nc: -1 #\n",
        "a: 何 ?\nb: 1 # -?\nc: |-\n  - ?\nd: 1\n",
    ] {
        assert!(agrees(text), "{text:?}");
    }
}

/// At least one text for every question that is asked only because the line scan would tell of it.
#[test]
fn what_the_line_scan_tells_of_is_left_to_it() {
    for text in [
        "goals:\n  - title　: 窓口\n",
        "goals:\n  - 目標名：窓口\n",
        "goals:\n- title：窓口\n",
        "goals:\n  - title:　窓口\n",
        "cites:\n  ・1-2: 窓口\n",
        "cites:\n  ー目標: 窓口\n",
        "ｔｉｔｌｅ: 窓口\n",
        "title: ｜\n",
        "title: ＞\n",
        "cites: ［1-1］\n",
        "cites: ｛1-1｝\n",
        "title: 　窓口\n",
        "title: 窓口　\n",
        "goals: # 注　\n  - title: 窓口\n",
        "title: 窓\u{200b}口\n",
    ] {
        let kinds = FileKind::ALL.into_iter();
        let slips = kinds.map(|kind| scan(text, kind.vocabulary(), Widths::LIKELY[0]).faults.len()).sum::<usize>();
        assert!(slips > 0, "nothing to tell of {text:?}");
        assert!(read_plain(text).is_none(), "{text:?}");
    }
}

/// Signs put in, taken out and doubled at any place of the shipped files.
#[test]
fn a_changed_text_is_read_as_the_parser_reads_it() {
    const SIGNS: &[&str] = &[
        " ",
        "  ",
        "\n",
        "\n\n",
        "#",
        " #",
        ":",
        ": ",
        "-",
        "- ",
        "\"",
        "'",
        "|",
        "|-",
        ">",
        "[",
        "]",
        "{",
        "&",
        "*",
        "!",
        "%",
        "@",
        "?",
        ",",
        "---\n",
        "...\n",
        "\t",
        "\r",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "𠮷",
        "\\",
        "　",
        " 　",
        "：",
        "・",
        "－",
        "ー",
        "＃",
        "［",
        "｛",
        "｜-",
        "＞",
        "\u{a0}",
        "\u{200b}",
        "\u{61c}",
        "\u{fffe}",
        "\u{180e}",
        "\u{3099}",
        "目標名",
        "目標名：",
        "ｔｉｔｌｅ: ",
        "- title　:",
        "\n<<<<<<< a",
        "\n・",
        "\n　",
        "\n＃",
        "#　",
        "\u{2009}",
        "※",
        "ｶﾞ",
    ];
    let files = shipped();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % end.max(1) as u64) as usize
    };
    let rounds = std::env::var("KPOLICY_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(2000);
    let mut taken = 0;
    for _ in 0..rounds {
        // A piece of a file that begins at its left margin.
        let file = &files[below(files.len())];
        let starts: Vec<usize> =
            file.match_indices('\n').map(|(at, _)| at + 1).filter(|at| !file[*at..].starts_with(' ')).collect();
        let mut text = file[starts[below(starts.len())]..].chars().take(30 + below(400)).collect::<String>();
        for _ in 0..1 + below(3) {
            let mut at = below(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let end = text[at..].char_indices().nth(below(4)).map_or(text.len(), |(length, _)| at + length);
            match below(4) {
                0 => text.replace_range(at..end, ""),
                1 => text.replace_range(at..end, &text[at..end].repeat(2)),
                2 => text.replace_range(at..end, SIGNS[below(SIGNS.len())]),
                _ => text.insert_str(at, SIGNS[below(SIGNS.len())]),
            }
        }
        taken += usize::from(agrees(&text));
    }
    assert!(taken > rounds / 10, "{taken} of {rounds}");
}
