//! The line scan and the decoding of bytes: no panic, every place inside the text.

use kpolicy::shape::FileKind;
use kpolicy::source::{Scan, Widths, apply, blocks, decode_bytes, scan};

use super::places;

/// Any bytes, with the field names of a plan and of the policy.
pub(crate) fn body(bytes: &[u8]) {
    let Ok(text) = decode_bytes(bytes.to_vec()) else { return };
    let plan = FileKind::Plan.vocabulary();
    for widths in Widths::LIKELY {
        seen(&scan(&text, plan, widths), &text);
    }
    seen(&scan(&text, FileKind::Policy.vocabulary(), Widths::LIKELY[0]), &text);
    for block in blocks(&text, plan) {
        places::slice(block, &text);
    }
}

fn seen(scan: &Scan, text: &str) {
    places::faults(&scan.faults, text);
    for line in &scan.structure {
        places::slice(*line, text);
    }
    for unclosed in &scan.unclosed {
        let rest = text.get(unclosed.start..unclosed.line_end).expect("a place in the text");
        let wide = match unclosed.sign {
            '[' => '［',
            '{' => '｛',
            sign => sign,
        };
        assert!(rest.starts_with([unclosed.sign, wide]), "{unclosed:?} of {text:?}");
    }
    // Applying what is certain never cuts a character either.
    let edits: Vec<_> = scan.faults.iter().flat_map(|fault| fault.edits.iter().cloned()).collect();
    let mended = apply(text, &edits);
    for (at, _) in mended.text.char_indices().step_by(7) {
        let place = mended.original(u32::try_from(at).unwrap_or(u32::MAX)) as usize;
        assert!(text.is_char_boundary(place), "{at} leads to {place} of {text:?}");
    }
}
