//! After any edits, the server knows what it would know had the buffer just been opened.

use kpolicy::lang::Lang;
use kpolicy::lsp::documents::{Change, Document};
use kpolicy::lsp::encoding::{Encoding, Lines};
use lsp_types::Range;
use proptest::prelude::*;
use serde_json::Value;

use super::client::Client;
use crate::cases::{Scratch, lay_out};

/// Pieces that editors, input methods and clerks bring in.
pub(super) const PIECES: &[&str] = &[
    "",
    "1-2",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "- ",
    ": ",
    "：",
    "　",
    "𠮷野家",
    "葛\u{e0100}飾",
    "か\u{3099}",
    "👨\u{200d}👩\u{200d}👧",
    "\u{feff}",
    "cites:\n      - 3-1\n",
    "\"",
    "|-\n",
    "#",
    "goals:\n",
    "\t",
    "（記入）",
    "status: draft\n",
    "{",
    "]",
];

/// Places as fractions of the text, and a piece.
pub(super) fn edits() -> impl Strategy<Value = Vec<(u16, u16, usize)>> {
    prop::collection::vec((any::<u16>(), 0u16..2000, 0..PIECES.len()), 1..12)
}

pub(super) fn span(text: &str, from: u16, length: u16) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(text.len() * usize::from(from) / 65_536);
    // Mostly a few letters, now and then a block.
    let length = if length < 1900 { usize::from(length % 12) } else { usize::from(length) / 4 };
    let mut end = floor((start + length).min(text.len()));
    let mut start = start;
    // Nobody can stand between CR and LF.
    for at in [&mut start, &mut end] {
        if text[..*at].ends_with('\r') && text[*at..].starts_with('\n') {
            *at -= 1;
        }
    }
    start..end.max(start)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn a_text_edited_piece_by_piece_is_the_text(edits in edits(), utf8 in any::<bool>()) {
        let encoding = if utf8 { Encoding::Utf8 } else { Encoding::Utf16 };
        let mut text = include_str!("../../cities/small/departments/2025/somu.yaml").to_owned();
        let mut document = Document::new("file:///x".to_owned(), 1, text.clone(), encoding);
        for (version, (from, length, piece)) in (2..).zip(edits) {
            let span = span(&text, from, length);
            let lines = Lines::new(&text, encoding);
            let range = Range { start: lines.position(&text, span.start), end: lines.position(&text, span.end) };
            text.replace_range(span, PIECES[piece]);
            document.apply(vec![Change { range: Some(range), text: PIECES[piece].to_owned() }], version);
            prop_assert_eq!(&document.text, &text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn what_the_server_knows_does_not_drift(edits in edits(), other in edits()) {
        let scratch = Scratch::new("lsp-drift");
        lay_out("small", &scratch.0);
        let (path, policy) = ("departments/2025/somu.yaml", "policy/2025/policy.yaml");
        let mut client = Client::new(&scratch.0, Encoding::Utf16, Lang::Ja);
        client.open(path);
        client.open(policy);
        for (path, edits) in [(path, &edits), (policy, &other)] {
            for (from, length, piece) in edits {
                let span = span(&client.buffers[path].1, *from, *length);
                client.edit(path, span, PIECES[*piece]);
                if piece % 3 == 0 {
                    client.diagnostics(path);
                }
            }
        }
        let mut fresh = Client::new(&scratch.0, Encoding::Utf16, Lang::Ja);
        for path in [path, policy] {
            fresh.open_with(path, client.buffers[path].1.clone());
        }
        // The policy was edited last: what is said of it comes when all is known.
        for path in [policy, path] {
            prop_assert_eq!(client.diagnostics(path), fresh.diagnostics(path));
            for method in ["textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/codeLens"] {
                let known: [Result<Value, i32>; 2] = [&mut client, &mut fresh].map(|client| {
                    let params = serde_json::json!({ "textDocument": { "uri": client.address(path) } });
                    client.try_ask(method, params)
                });
                prop_assert_eq!(&known[0], &known[1]);
            }
        }
        client.leave();
        fresh.leave();
    }
}
