//! The head of a memo: title, day, issuer, and what stands around them.

use unicode_normalization::UnicodeNormalization;

use super::{Fate, Memo, Note, Out, Piece, marks};
use crate::date::Date;
use crate::say;

/// How titles of such papers end.
const TITLES: &[&str] =
    &["方針", "指針", "方針書", "要領", "目標", "編成", "について", "通知", "通達", "（案）", "(案)", "指示", "大綱"];

/// Posts that issue such papers.
const POSTS: &[&str] = &["市長", "町長", "村長", "区長", "知事", "管理者", "副市長", "教育長"];

/// Widest a line of the head is, in characters.
const WIDEST: usize = 40;

/// Reads the head; returns the first piece of the body.
pub(super) fn read(memo: &mut Memo) -> usize {
    let mut titles: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    while at < memo.pieces.len() {
        let piece = &memo.pieces[at];
        let text = piece.text.clone();
        if let Some(out) = frame(&text) {
            memo.fates[at] = Fate::Out(out);
        } else if let Some(day) = date(&text) {
            issued(memo, at, day);
        } else if is_no_day(&text) {
            memo.fates[at] = Fate::Out(Out::Unknown);
            let line = piece.line;
            memo.notes.push(Note::doubt(
                line,
                say!(
                    "「{text}」は暦にない日です。正しい発出日を issued に書いてください。",
                    "{text} is no day of the calendar. Write the day of issue (issued) by hand."
                ),
            ));
        } else if let Some((post, name)) = issuer(piece, memo.pieces.get(at + 1)) {
            let used = issued_by(memo, at, post, name);
            at += used;
            // How the name is read, printed below it, is no part of the title.
            if memo.front.name.is_some() && memo.pieces.get(at + 1).is_some_and(|piece| is_reading(&piece.text)) {
                at += 1;
                memo.fates[at] = Fate::Out(Out::Reading);
            }
        } else if is_title(piece) {
            titles.push((at, text));
        } else {
            break;
        }
        at += 1;
    }
    title(memo, &titles);
    at
}

/// What stands around a letter: its number, to whom it goes, 記.
pub(super) fn frame(text: &str) -> Option<Out> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let short = bare.chars().count() <= 24;
    let inner = bare.trim_matches(['（', '）', '(', ')', '【', '】', '[', ']', '〔', '〕']);
    match bare.as_str() {
        "記" => return Some(Out::Frame),
        _ if inner == "公印省略"
            || inner == "写"
            || inner.starts_with("別紙") && short && !bare.contains(['。', '、']) =>
        {
            return Some(Out::Letter);
        }
        _ => {}
    }
    let addressed = ["様", "殿", "各位", "御中", "宛て", "宛"].iter().any(|ending| bare.ends_with(ending));
    if short && !bare.contains('。') && (addressed || (bare.starts_with('各') && bare.ends_with('長'))) {
        return Some(Out::Addressee);
    }
    let number = bare.contains('第') && bare.ends_with('号') && !bare.contains(['、', '。']);
    (short && number && marks::at(text).is_none_or(|mark| mark.kind == marks::Kind::Number)).then_some(Out::Letter)
}

/// A day, also in kanji: 令和八年三月三十日.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut digits = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if "一二三四五六七八九十".contains(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            digits.push_str(&marks::kanji(&run)?.to_string());
            run.clear();
        }
        digits.extend(Some(c).filter(|c| *c != '\0'));
    }
    Date::parse_loose(&digits)
}

/// True for a line that reads like a day and is none: 令和８年３月３２日.
fn is_no_day(text: &str) -> bool {
    let bare: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    let number = |c: char| c.is_ascii_digit() || "元一二三四五六七八九十".contains(c);
    let Some((year, rest)) = bare.split_once('年') else { return false };
    let Some((month, day)) = rest.split_once('月') else { return false };
    let era = ["令和", "平成", ""].iter().find_map(|era| year.strip_prefix(era)).unwrap_or(year);
    let day = day.strip_suffix('日').unwrap_or_default();
    [era, month, day].iter().all(|part| !part.is_empty() && part.chars().all(number))
}

fn issued(memo: &mut Memo, at: usize, day: Date) {
    memo.fates[at] = match memo.front.issued {
        None => {
            memo.front.issued = Some(day);
            Fate::Issued
        }
        Some(first) => {
            if first != day {
                let line = memo.pieces[at].line;
                memo.notes.push(Note::doubt(
                    line,
                    say!(
                        "日付が２つあります。発出日は {first} としましたが、{day} かもしれません。",
                        "there are two dates. {first} is taken for the day of issue; it may be {day}."
                    ),
                ));
            }
            Fate::Out(Out::Again)
        }
    };
}

/// A post and perhaps a name: 「国分寺市長 井 澤 邦 夫」; the name may stand on the next line.
fn issuer(piece: &Piece, next: Option<&Piece>) -> Option<(String, Option<(String, bool)>)> {
    let text = piece.text.as_str();
    if text.contains(['。', '、', '「']) || text.chars().count() > WIDEST {
        return None;
    }
    let (post, rest) = match text.split_once(char::is_whitespace) {
        Some((post, rest)) => (post, rest.trim()),
        None => {
            let ends = POSTS.iter().filter_map(|post| text.find(post).map(|at| at + post.len()));
            text.split_at(ends.max()?)
        }
    };
    if !POSTS.iter().any(|known| post.ends_with(known)) {
        return None;
    }
    let name = |text: &str| (1..=8).contains(&text.chars().filter(|c| !c.is_whitespace()).count());
    match rest {
        "" => {
            let below = next.filter(|piece| {
                let text = piece.text.as_str();
                let other = frame(text).is_some() || marks::at(text).is_some() || date(text).is_some();
                name(text) && !other && !ends_like_title(text) && !text.contains(['。', '、'])
            });
            Some((post.to_owned(), below.map(|piece| parted(&piece.text, piece.tight))))
        }
        rest if name(rest) => Some((post.to_owned(), Some(parted(rest, piece.tight)))),
        _ => None,
    }
}

/// A name written in kana only: みずほ　ののか.
fn is_reading(text: &str) -> bool {
    let kana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '・') || c.is_whitespace();
    let inner = text.trim_matches(['（', '）', '(', ')']);
    !inner.is_empty() && inner.chars().count() <= 16 && inner.chars().all(kana)
}

/// A name that was set apart letter by letter is parted in the middle, which is a guess.
fn parted(name: &str, tight: bool) -> (String, bool) {
    let letters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let divided = name.trim().contains(char::is_whitespace);
    match letters.as_slice() {
        [a, b, c, d] if tight && !divided => (format!("{a}{b} {c}{d}"), true),
        _ => (name.split_whitespace().collect::<Vec<_>>().join(" "), tight && !divided),
    }
}

/// Notes the issuer; returns how many pieces more than one it took.
fn issued_by(memo: &mut Memo, at: usize, post: String, name: Option<(String, bool)>) -> usize {
    let below = name.is_some()
        && !memo.pieces[at]
            .text
            .chars()
            .filter(|c| !c.is_whitespace())
            .eq(post.chars().chain(name.iter().flat_map(|(name, _)| name.chars())).filter(|c| !c.is_whitespace()));
    let again = memo.front.post.is_some();
    let fate = if again { Fate::Out(Out::Again) } else { Fate::Issuer };
    memo.fates[at] = fate.clone();
    if below {
        memo.fates[at + 1] = fate;
    }
    if again {
        if memo.front.post.as_ref() != Some(&post) {
            let line = memo.pieces[at].line;
            let first = memo.front.post.clone().unwrap_or_default();
            memo.notes.push(Note::doubt(
                line,
                say!(
                    "発出者と思われる行が２つあります。「{first}」としました。",
                    "two lines look like the issuer; {first} is taken."
                ),
            ));
        }
    } else {
        (memo.front.post, memo.front.name) = (Some(post), name);
    }
    usize::from(below)
}

fn is_title(piece: &Piece) -> bool {
    let text = &piece.text;
    let count = text.chars().count();
    if count > WIDEST || text.contains(['。', '、']) {
        return false;
    }
    if marks::at(text).is_some_and(|mark| mark.shape >= marks::Shape::Loose) {
        return false;
    }
    ends_like_title(text) || !piece.full
}

fn ends_like_title(text: &str) -> bool {
    let text = match text.rfind(['（', '(']).filter(|_| text.ends_with(['）', ')'])) {
        Some(at) => &text[..at],
        None => text,
    };
    TITLES.iter().any(|ending| text.ends_with(ending))
}

/// The title out of the lines that could be it: lines that follow one another are one.
fn title(memo: &mut Memo, lines: &[(usize, String)]) {
    let mut groups: Vec<(Vec<usize>, String)> = Vec::new();
    for (at, text) in lines {
        match groups.last_mut() {
            Some((pieces, words)) if pieces.last() == at.checked_sub(1).as_ref() && !ends_like_title(words) => {
                words.push_str(text);
                pieces.push(*at);
            }
            _ => groups.push((vec![*at], text.clone())),
        }
    }
    let chosen = groups.iter().position(|(_, words)| ends_like_title(words)).unwrap_or(0);
    let Some((pieces, words)) = groups.get(chosen).cloned() else { return };
    for piece in pieces {
        memo.fates[piece] = Fate::Title;
    }
    memo.front.title = Some(words.clone());
    for (_, (pieces, other)) in groups.iter().enumerate().filter(|(at, _)| *at != chosen) {
        let same = folded(other) == folded(&words);
        for piece in pieces {
            memo.fates[*piece] = Fate::Out(if same { Out::Again } else { Out::Unknown });
        }
        if !same {
            let line = memo.pieces[pieces[0]].line;
            memo.notes.push(Note::doubt(
                line,
                say!(
                    "「{other}」が題名の一部か、見出しか、判断できません。取り込んでいません。",
                    "{other}: a part of the title, or a heading? It is left out."
                ),
            ));
        }
    }
}

/// The words of a line for comparing.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}
