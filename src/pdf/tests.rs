//! Whatever blocks say, all of it is on a page and nothing is off the page.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::mark::{Area, Mark};
use super::tags::NodeId;
use super::*;
use crate::lang::Lang;
use crate::report::pages::{Asked, Block, Cell, Table, Tone};

static FONTS: std::sync::LazyLock<Fonts> = std::sync::LazyLock::new(Fonts::embedded);

fn document(front: Vec<Block>, body: Vec<Block>) -> Document {
    let running = Running {
        left: "総務部　面談資料".repeat(9), right: "取扱注意".to_owned(), foot: "版".to_owned()
    };
    Document { lang: Lang::Ja, title: "題".to_owned(), running, front, body, body_pages: None }
}

fn heading(level: u8, text: &str) -> Block {
    let badge = Some(Cell { text: "○ 記載あり".to_owned(), tone: Tone::Gap });
    Block::Heading { level, text: text.to_owned(), anchor: Some("top".to_owned()), badge }
}

fn table(text: &str, rows: usize) -> Block {
    let cell = |text: &str| Cell { text: text.to_owned(), tone: Tone::Half };
    let head =
        [("部分", 8), ("求めていること", 67), ("状況", 25)].map(|(name, width)| (name.to_owned(), width)).to_vec();
    let rows = (0..rows).map(|row| vec![cell(&row.to_string()), cell(text), cell("一部記載")]).collect();
    Block::Table(Table { caption: Some("表".to_owned()), head, rows })
}

/// One block of every kind, each saying the same.
fn every_kind(text: &str) -> Vec<Block> {
    let own = text.to_owned();
    let asked = Asked { reason: own.clone(), ask: own.clone(), about: own.clone() };
    vec![
        heading(1, text),
        Block::Fields(vec![("名".to_owned(), own.clone()), (own.clone(), own.clone())]),
        Block::Warning(own.clone()),
        Block::Lead("使命".to_owned(), own.clone()),
        Block::Counts(vec![("記載あり".to_owned(), 12, Tone::Plain), ("未記載".to_owned(), 1, Tone::Gap)]),
        Block::Questions { heading: "問い".to_owned(), list: vec![asked.clone(), asked], notes: true },
        Block::Keep(vec![heading(2, text), Block::List(vec![own.clone(), own.clone()])]),
        heading(3, text),
        Block::Keep(vec![heading(4, text), Block::Quote(own.clone())]),
        Block::Para(own.clone()),
        Block::Note(own.clone()),
        table(text, 3),
        Block::Pointer(own.clone(), "top".to_owned()),
        Block::Notes(own),
        Block::Sign(vec!["面談日".to_owned(), "署名".to_owned()]),
    ]
}

/// Everything printed that is read aloud, in the order of reading.
fn printed(pages: &[Page]) -> String {
    let mut texts: BTreeMap<NodeId, String> = BTreeMap::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Text { line, node: Some(node), .. } = mark {
            texts.entry(*node).or_default().extend(line.units.iter().map(|(unit, _)| unit.text));
        }
    }
    texts.into_values().collect::<Vec<_>>().join("|")
}

/// What stands off the page.
fn off_the_page(pages: &[Page]) -> Vec<String> {
    let within = |x: f32, y: f32, width: f32, height: f32| {
        x >= -0.1 && x + width <= AREA.0 + 0.1 && y >= -TOP && y + height <= AREA.1 + BOTTOM
    };
    let off = |mark: &Mark| match mark {
        Mark::Text { x, y, line, .. } => !within(*x, *y, line.width, 2.0),
        Mark::Fill(Area { x, y, width, height }, _) => !within(*x, *y, *width, *height),
        Mark::Frame { area, .. } | Mark::Link { area, .. } => !within(area.x, area.y, area.width, area.height),
    };
    let all = pages.iter().enumerate().flat_map(|(page, content)| content.marks.iter().map(move |mark| (page, mark)));
    all.filter(|(_, mark)| off(mark))
        .map(|(page, mark)| format!("page {page}: {mark:?}").chars().take(300).collect())
        .collect()
}

fn times(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn page_one_is_one_page_and_its_notes_fill_it() {
    let (_, pages) = lay_out(&document(every_kind("災害に備える。"), Vec::new()), &FONTS);
    assert_eq!(pages.len(), 1);
    let lowest = |mark: &Mark| match mark {
        Mark::Fill(area, _) => area.y + area.height,
        _ => 0.0,
    };
    let lowest = pages[0].marks.iter().map(lowest).fold(0.0, f32::max);
    assert!((AREA.1 - 4.0..=AREA.1).contains(&lowest), "the line to sign on is at the foot: {lowest}");
    let (_, pages) = lay_out(&document(every_kind(&"災害に備える。".repeat(4)), Vec::new()), &FONTS);
    assert_eq!(pages.len(), 1, "set smaller where there is more");
}

#[test]
fn a_text_of_any_length_is_printed_whole() {
    for count in [1, 50, 600] {
        let text = "道路・下水道（34か所）を、令和８年３月31日までに点検する。".repeat(count);
        let (flow, pages) = lay_out(&document(vec![heading(1, "題")], every_kind(&text)), &FONTS);
        assert!(flow.absent.is_empty());
        assert_eq!(off_the_page(&pages), Vec::<String>::new());
        assert_eq!(times(&printed(&pages), "点検する"), 25 * count);
    }
}

#[test]
fn a_long_table_repeats_its_head_as_decoration() {
    let (_, pages) = lay_out(&document(Vec::new(), vec![table("防災", 200)]), &FONTS);
    assert!(pages.len() > 3);
    for page in &pages[1..] {
        let shown = |mark: &&Mark| matches!(mark, Mark::Text { line, .. } if line.units.len() == 7);
        let heads: Vec<&Mark> = page.marks.iter().filter(shown).collect();
        if page.marks.len() > 10 {
            assert!(heads.iter().any(|mark| matches!(mark, Mark::Text { y, .. } if *y < 20.0)), "{heads:?}");
        }
    }
    assert_eq!(times(&printed(&pages), "求めていること"), 1, "read aloud once");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn all_of_it_is_on_a_page(
        text in "[ あ-んア-ン一二三七万上下、。「」（）a-zA-Z0-9/:.<>%&$#\\\\-]{1,300}",
        rows in 0_usize..60,
    ) {
        let mut body = every_kind(&text);
        body.push(table(&text, rows));
        let (flow, pages) = lay_out(&document(every_kind(&text), body), &FONTS);
        prop_assert!(flow.absent.is_empty(), "{:?}", flow.absent);
        prop_assert_eq!(off_the_page(&pages), Vec::<String>::new());
        let printed = printed(&pages);
        prop_assert!(times(&printed, &text) >= 50, "{} of {text}", times(&printed, &text));
    }

    #[test]
    fn any_characters_at_all_make_a_file_or_are_told(text in "\\PC{0,60}") {
        match write(&document(vec![heading(1, "題")], every_kind(&text)), &FONTS, DAY) {
            Ok(pdf) => prop_assert!(pdf.bytes.starts_with(b"%PDF-1.7")),
            Err(Fault::Absent(characters)) => prop_assert!(!characters.is_empty()),
            Err(Fault::Standard(detail)) => prop_assert!(false, "{detail}"),
        }
    }
}

#[test]
fn blank_words_make_a_file_too() {
    for blank in ["", " ", "\n\n", "　"] {
        let made = write(&document(every_kind(blank), every_kind(blank)), &FONTS, DAY);
        assert!(made.is_ok(), "{blank:?} {made:?}");
    }
}

const DAY: Date = Date { year: 2025, month: 4, day: 1 };

#[test]
fn the_same_blocks_give_the_same_bytes_on_any_thread() {
    let make = || write(&document(every_kind("ア"), every_kind("CO₂ ☐ ⚠")), &FONTS, DAY).expect("all can be set").bytes;
    let here = make();
    let there = std::thread::scope(|scope| scope.spawn(make).join().expect("no panic"));
    assert!(here == there);
    let fresh = write(&document(every_kind("ア"), every_kind("CO₂ ☐ ⚠")), &Fonts::embedded(), DAY);
    assert!(here == fresh.expect("all can be set").bytes);
}
