//! Memos handed out as PDF: the same outline as their text, and plain words where there is none.

use kpolicy::memo::{Memo, NoText, pdf_text};
use krilla::Document;
use krilla::geom::Point;
use krilla::page::PageSettings;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{FontRef, MetadataProvider};

const FONT: &[u8] = include_bytes!("../../src/pdf/fonts/BIZUDGothic-Regular.ttf");

/// Words, where they stand from the top left, and their size.
type Run<'t> = (&'t str, (f32, f32), f32);

fn pdf(pages: &[&[Run<'_>]]) -> Vec<u8> {
    let font = Font::new(FONT.to_vec().into(), 0).expect("the font");
    let table = FontRef::new(FONT).expect("the font");
    let mut document = Document::new();
    for runs in pages {
        let mut page = document.start_page_with(PageSettings::from_wh(600.0, 800.0).expect("a size"));
        let mut surface = page.surface();
        for (text, (x, y), size) in *runs {
            let glyph = |(at, c): (usize, char)| {
                let id = table.charmap().map(c).unwrap_or_else(|| panic!("no {c} in the font")).to_u32();
                KrillaGlyph::new(GlyphId::new(id), 1.0, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None)
            };
            let glyphs: Vec<KrillaGlyph> = text.char_indices().map(glyph).collect();
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, font.clone(), text, *size, false);
        }
        surface.finish();
        page.finish();
    }
    document.finish().expect("a PDF")
}

#[test]
fn lines_spaces_and_readings_are_where_they_stand() {
    // The reading is drawn after the whole line, as browsers do it.
    let first: &[Run<'_>] = &[
        ("令和７年３月25日", (400.0, 60.0), 10.0),
        ("市政運営の基本方針", (200.0, 90.0), 10.0),
        ("国分寺市長", (380.0, 110.0), 10.0),
        ("井", (450.0, 110.0), 10.0),
        ("澤", (470.0, 110.0), 10.0),
        ("邦", (490.0, 110.0), 10.0),
        ("夫", (510.0, 110.0), 10.0),
        ("１", (60.0, 140.0), 10.0),
        ("防災", (80.0, 140.0), 10.0),
        ("(1)", (60.0, 160.0), 10.0),
        ("両面から強靱なまちづくりに取り", (100.0, 160.0), 10.0),
        ("じん", (150.0, 151.0), 5.0),
    ];
    let second: &[Run<'_>] = &[("組むこと。", (100.0, 60.0), 10.0)];
    let text = pdf_text(pdf(&[first, second])).expect("text");
    let memo = Memo::read(&text);
    assert_eq!(memo.front.title.as_deref(), Some("市政運営の基本方針"), "{text}");
    assert_eq!(memo.front.name, Some(("井澤 邦夫".to_owned(), true)), "{text}");
    let item = memo.items().next().expect("an item");
    assert_eq!(item.text, "両面から強靱なまちづくりに取り組むこと。", "{text}");
    assert_eq!((item.ruby[0].base.as_str(), item.ruby[0].reading.as_str()), ("靱", "じん"), "{text}");
    assert_eq!(memo.doubts().count(), 0, "{:?}", memo.notes);
}

#[test]
fn what_holds_no_text_says_so() {
    assert_eq!(pdf_text(pdf(&[&[], &[]])), Err(NoText::Scanned(2)));
    assert_eq!(pdf_text(b"%PDF-1.7\nnothing".to_vec()), Err(NoText::Broken));
    let whole = pdf(&[&[("基本方針", (60.0, 60.0), 10.0)]]);
    for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 20] {
        // Whatever it says, it says it.
        _ = pdf_text(whole[..cut].to_vec());
    }
}

/// Words that stand apart may belong to nothing before them, which nobody should have to guess.
#[test]
fn a_wide_gap_is_an_empty_line() {
    let lines: &[Run<'_>] = &[
        ("市政運営の基本方針", (200.0, 60.0), 10.0),
        ("１ 防災", (60.0, 90.0), 10.0),
        ("(1) 訓練を行うこと。", (60.0, 105.0), 10.0),
        ("(2) 備蓄を点検すること。", (60.0, 120.0), 10.0),
        ("避難所ごとに数えること。", (80.0, 135.0), 10.0),
        ("(3) 手順を改めること。", (60.0, 150.0), 10.0),
        ("なお、面談を受けること。", (60.0, 180.0), 10.0),
    ];
    let text = pdf_text(pdf(&[lines])).expect("text");
    assert!(text.contains("手順を改めること。\n\nなお"), "{text}");
    assert!(text.contains("点検すること。\n避難所"), "{text}");
    assert_eq!(Memo::read(&text).doubts().count(), 1, "{text}");
}
