//! What was read from a memo: the screen after `import memo`, and the sheet for proof-reading.

use crate::date::FiscalYear;
use crate::lang::Lang;
use crate::memo::{Amended, Change, Fate, Item, Memo, Note, Out, Section};
use crate::report::wrap::{cut, pad, wrap};

/// The screen's facts.
pub struct Read<'a> {
    /// The memo.
    pub memo: &'a Memo,
    /// The name of its file.
    pub name: &'a str,
    /// The year it is for.
    pub year: FiscalYear,
    /// Names of the register of plans, with their ids.
    pub registered: &'a [(String, String)],
    /// What differs from the file that is there.
    pub amended: Option<&'a Amended>,
    /// Language.
    pub lang: Lang,
    /// Columns.
    pub width: usize,
}

/// The screen.
pub fn text(read: &Read<'_>) -> String {
    let Read { memo, name, year, lang, .. } = read;
    let count = memo.pieces.len();
    let ja = year.ja();
    let mut out = lang.pick(
        format!("{ja}  基本方針を読み取りました: {name}（文字のある行 {}）\n\n", lines(memo)),
        format!("fiscal year {year}: the memo was read: {name} ({} lines with words)\n\n", lines(memo)),
    );
    if count == 0 {
        return out;
    }
    for (label, value) in front(memo, *lang) {
        out.push_str(&format!("  {}  {value}\n", pad(label, lang.pick(6, 8))));
    }
    out.push('\n');
    memo.sections.iter().for_each(|section| out.push_str(&section_line(section, read)));
    out.push_str(&notes(memo, *lang, read.width));
    out.push_str(&candidates(read));
    if let Some(amended) = read.amended {
        out.push_str(&changes(amended, read));
    }
    out
}

fn lines(memo: &Memo) -> usize {
    let mut lines: Vec<u32> = memo.pieces.iter().map(|piece| piece.line).collect();
    lines.dedup();
    lines.len()
}

fn front(memo: &Memo, lang: Lang) -> Vec<(&'static str, String)> {
    let front = &memo.front;
    let none = || lang.pick("（見つかりません）", "(not found)").to_owned();
    let issuer = [front.post.clone(), front.name.as_ref().map(|(name, _)| name.clone())];
    let issuer: Vec<String> = issuer.into_iter().flatten().collect();
    let levels = memo.levels.iter().map(|(level, mark)| format!("{} {mark}", level.get(lang)));
    vec![
        (lang.pick("題名", "title"), front.title.clone().unwrap_or_else(none)),
        (lang.pick("発出日", "issued"), front.issued.map_or_else(none, |day| day.to_string())),
        (lang.pick("発出者", "issuer"), if issuer.is_empty() { none() } else { issuer.join(" ") }),
        (lang.pick("番号", "marks"), levels.collect::<Vec<_>>().join(lang.pick("、", ", "))),
    ]
}

fn section_line(section: &Section, read: &Read<'_>) -> String {
    let heading = section.heading.as_deref().unwrap_or(read.lang.pick("（見出しなし）", "(no heading)"));
    let title = format!("{} {heading}", section.mark.as_deref().unwrap_or_default());
    let ids = match section.items.as_slice() {
        [] => read.lang.pick("項目なし", "no items").to_owned(),
        [one] => one.id.to_string(),
        [first, .., last] => {
            read.lang.pick(format!("{} から {}", first.id, last.id), format!("{} to {}", first.id, last.id))
        }
    };
    let clauses: usize = section.items.iter().map(|item: &Item| item.clauses.len()).sum();
    let parts = match clauses {
        0 => String::new(),
        _ => read.lang.pick(format!("（部分 {clauses}）"), format!(" (clauses: {clauses})")),
    };
    let room = read.width.saturating_sub(32).clamp(20, 48);
    format!("  {}  {ids}{parts}\n", pad(&cut(title.trim(), room), room))
}

fn notes(memo: &Memo, lang: Lang, width: usize) -> String {
    let mut out = String::new();
    let doubts: Vec<&Note> = memo.doubts().collect();
    let remarks: Vec<&Note> = memo.notes.iter().filter(|note| !note.grave).collect();
    let heads = [
        (doubts, lang.pick("判断できない所", "Undecided")),
        (remarks, lang.pick("読み取り方を確かめる所", "To be looked over")),
    ];
    for (notes, head) in heads.iter().filter(|(notes, _)| !notes.is_empty()) {
        out.push_str(&format!("\n{head} {}\n", notes.len()));
        for note in notes {
            let place = lang.pick(format!("{}行", note.line), format!("line {}", note.line));
            let lines = wrap(note.words.get(lang), width.saturating_sub(11));
            for (at, line) in lines.iter().enumerate() {
                let place = if at == 0 { place.as_str() } else { "" };
                out.push_str(&format!("  {} {line}\n", pad(place, 8)));
            }
        }
    }
    out
}

/// Names that may belong into the register: asked, not taken.
fn candidates(read: &Read<'_>) -> String {
    let Read { memo, lang, registered, .. } = read;
    if memo.candidates.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "\n{} {}\n",
        lang.pick("上位の計画などかどうか、確かめる名前", "Names that may be plans to refer to"),
        memo.candidates.len()
    );
    for candidate in &memo.candidates {
        let known = registered.iter().find(|(title, _)| *title == candidate.name);
        let state = match known {
            Some((_, id)) => lang.pick(format!("登録あり: {id}"), format!("registered: {id}")),
            None => lang.pick("登録なし", "not registered").to_owned(),
        };
        let place = lang.pick(format!("{}行", candidate.line), format!("line {}", candidate.line));
        out.push_str(&format!(
            "  {} 「{}」 {}（{}）\n",
            pad(&place, 8),
            candidate.name,
            candidate.items.join(lang.pick("、", ", ")),
            state
        ));
    }
    out.push_str(lang.pick(
        "  計画や指針であれば references.yaml に登録し、項目の references に書いてください。\n",
        "  Register plans and guidelines in references.yaml, and name them under references of the item.\n",
    ));
    out
}

/// What differs from the file that is there.
fn changes(amended: &Amended, read: &Read<'_>) -> String {
    let lang = read.lang;
    if amended.changes.is_empty() {
        return lang.pick("\n今の policy.yaml と同じです。\n", "\nThe present policy.yaml says the same.\n").to_owned();
    }
    let mut out = format!(
        "\n{} {}\n",
        lang.pick("今の policy.yaml との違い", "Differences from the present policy.yaml"),
        amended.changes.len()
    );
    for change in &amended.changes {
        let (head, rest) = change_line(change, lang);
        out.push_str(&format!("  {head}\n"));
        for (label, words) in rest {
            let lines = wrap(&words.lines().collect::<String>(), read.width.saturating_sub(10));
            for (at, line) in lines.iter().enumerate() {
                let label = if at == 0 { label } else { "" };
                out.push_str(&format!("    {} {line}\n", pad(label, 4)));
            }
        }
    }
    out
}

fn change_line(change: &Change, lang: Lang) -> (String, Vec<(&'static str, &str)>) {
    let (was, now) = (lang.pick("今", "now"), lang.pick("文書", "memo"));
    match change {
        Change::Filled(name, words) => {
            (lang.pick(format!("空いている欄  {name}"), format!("blank    {name}")), vec![(now, words)])
        }
        Change::Other(name, old, new) => {
            (lang.pick(format!("言葉が違う欄  {name}"), format!("differs  {name}")), vec![(was, old), (now, new)])
        }
        Change::New(id) => (lang.pick(format!("加わる項目    {id}"), format!("new      {id}")), Vec::new()),
        Change::Changed(id, old, new) => {
            (lang.pick(format!("文言が違う項目 {id}"), format!("changed  {id}")), vec![(was, old), (now, new)])
        }
        Change::Gone(id) => (lang.pick(format!("文書にない項目 {id}"), format!("gone     {id}")), Vec::new()),
        Change::Quote(id) => (
            lang.pick(
                format!("quote を直す部分 {id}（新しい文言に、この言葉がありません）"),
                format!("quote    {id} (the new wording does not have these words)"),
            ),
            Vec::new(),
        ),
    }
}

/// The sheet: every line of the source with where it went, to be ticked off one by one.
pub fn sheet(memo: &Memo, name: &str, year: FiscalYear, lang: Lang) -> String {
    let ja = year.ja();
    let mut out = lang.pick(
        format!(
            "{ja} 基本方針の取込確認表  {name}\n原文の１行ごとに、どこへ取り込んだかを示します。原本と比べ、確かめた行の [ ] に印を付けてください。\n\n"
        ),
        format!("Proof sheet, fiscal year {year}: {name}\nEach line of the source and where it went. Compare with the original and tick.\n\n"),
    );
    let columns = 22;
    out.push_str(&format!(
        "      {} {} {}\n",
        pad(lang.pick("  行", "line"), 5),
        pad(lang.pick("取り込み先", "taken into"), columns),
        lang.pick("原文", "source")
    ));
    let mut last = 0;
    for (piece, fate) in memo.pieces.iter().zip(&memo.fates) {
        let number = if piece.line == last { String::new() } else { piece.line.to_string() };
        out.push_str(&format!("[ ] {number:>6}  {} {}\n", pad(&place(fate, lang), columns), piece.text));
        let own = memo.notes.iter().filter(|note| note.line == piece.line && piece.line != last);
        for note in own {
            let mark = if note.grave {
                lang.pick("判断できません", "undecided")
            } else {
                lang.pick("確かめる", "look")
            };
            out.push_str(&format!("             -> {mark}: {}\n", note.words.get(lang)));
        }
        last = piece.line;
    }
    let left = memo.fates.iter().filter(|fate| matches!(fate, Fate::Out(_))).count();
    let (all, taken) = (memo.fates.len(), memo.fates.len() - left);
    out.push_str(&lang.pick(
        format!("\n合計 {all} = 取り込み {taken} + 除外 {left}\n"),
        format!("\ntotal {all} = taken {taken} + left out {left}\n"),
    ));
    out
}

fn place(fate: &Fate, lang: Lang) -> String {
    match fate {
        Fate::Title => lang.pick("題名", "title").to_owned(),
        Fate::Issued => lang.pick("発出日", "issued").to_owned(),
        Fate::Issuer => lang.pick("発出者", "issuer").to_owned(),
        Fate::Heading(number) => lang.pick(format!("章 {number} 見出し"), format!("section {number} heading")),
        Fate::Short(id) => lang.pick(format!("項目 {id} 略称"), format!("item {id} short")),
        Fate::Item(id) => lang.pick(format!("項目 {id}"), format!("item {id}")),
        Fate::Ruby(id) => lang.pick(format!("項目 {id} ふりがな"), format!("item {id} ruby")),
        Fate::Out(why) => lang.pick(format!("除外 {}", why_out(*why, lang)), format!("out: {}", why_out(*why, lang))),
    }
}

fn why_out(why: Out, lang: Lang) -> &'static str {
    match why {
        Out::Again => lang.pick("繰り返し", "again"),
        Out::Page => lang.pick("ページ番号", "page number"),
        Out::Reading => lang.pick("氏名の読み", "reading of the name"),
        Out::Addressee => lang.pick("宛先", "addressee"),
        Out::Letter => lang.pick("文書番号など", "letter"),
        Out::Frame => lang.pick("記・以上", "frame"),
        Out::AfterEnd => lang.pick("「以上」より後", "after the end"),
        Out::Unknown => lang.pick("判断できない", "undecided"),
    }
}
