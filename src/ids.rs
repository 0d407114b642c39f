//! Ids, parsed at the border: whatever passes here is well-formed from then on.
//!
//! An id is stable and never derived from the mark printed in the memo. Besides the exact form, the
//! forms people really type are understood (`１－６`, `1(6)`, `1-6ア`); the caller reports those
//! as K212 and offers the exact form.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use arrayvec::ArrayString;
use unicode_normalization::UnicodeNormalization;

use crate::date::FiscalYear;

/// An item of the policy: section and number, `1-6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    /// Section number; 0 is the preamble.
    pub section: u16,
    /// Number within the section.
    pub number: u16,
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.section, self.number)
    }
}

/// An item or one of its clauses: `1-6`, `1-6-a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId {
    /// The item.
    pub item: ItemId,
    /// The clause's letter, `a` to `z`, or none for the whole item.
    pub clause: Option<u8>,
}

impl fmt::Display for LeafId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.clause {
            Some(letter) => write!(f, "{}-{}", self.item, char::from(letter)),
            None => write!(f, "{}", self.item),
        }
    }
}

/// What a plan cites: a leaf of this year's policy, or of another year's (`2024:1-6`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cite {
    /// Another fiscal year, if one is named.
    pub year: Option<FiscalYear>,
    /// The item or clause.
    pub leaf: LeafId,
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year}:{}", self.leaf),
            None => write!(f, "{}", self.leaf),
        }
    }
}

/// A goal's or follow-up's own id within its plan: up to three capital letters and up to three digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalId(ArrayString<6>);

impl GoalId {
    /// The id that a text is, letter by letter.
    pub fn parse(text: &str) -> Option<GoalId> {
        is_goal(text).then(|| ArrayString::from(text).ok().map(GoalId))?
    }
}

impl Deref for GoalId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for GoalId {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq<str> for GoalId {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for GoalId {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Display for GoalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for GoalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// A goal as another line names it: `G3`, `seisaku:G2`, `2024:G3`, `2024:somu:G3`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoalRef {
    /// Another fiscal year, if one is named.
    pub year: Option<FiscalYear>,
    /// Another department, if one is named.
    pub department: Option<Box<str>>,
    /// The goal's own id.
    pub goal: GoalId,
}

impl fmt::Display for GoalRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(f, "{year}:")?;
        }
        if let Some(department) = &self.department {
            write!(f, "{department}:")?;
        }
        write!(f, "{}", self.goal)
    }
}

/// An id read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read<T> {
    /// Written exactly.
    Exact(T),
    /// Understood, but written another way (K212).
    Spelled(T),
    /// Understood once quotes or brackets around it are dropped (K004).
    Wrapped(T),
    /// Not such an id (K106).
    Malformed,
}

impl<T> Read<T> {
    fn loosely(self) -> Read<T> {
        match self {
            Read::Exact(id) => Read::Spelled(id),
            other => other,
        }
    }
}

/// Reads an item or clause id, exact or as people type it.
pub fn read_leaf(text: &str) -> Read<LeafId> {
    read(text, parse_leaf, |text| parse_leaf(&fold_leaf(text)))
}

/// An id as `exact` has it, else as people type it, in quotes or not. Quotes may stand in quotes, a
/// hundred thousand deep where somebody means harm.
fn read<T>(text: &str, exact: fn(&str) -> Option<T>, typed: impl Fn(&str) -> Option<T>) -> Read<T> {
    if let Some(id) = exact(text) {
        return Read::Exact(id);
    }
    let Some(mut inner) = unwrap_quotes(text) else { return typed(text).map_or(Read::Malformed, Read::Spelled) };
    while let Some(further) = unwrap_quotes(inner) {
        inner = further;
    }
    exact(inner).or_else(|| typed(inner)).map_or(Read::Malformed, Read::Wrapped)
}

/// Reads a citation: a leaf, with another year before a colon if so wished.
pub fn read_cite(text: &str) -> Read<Cite> {
    if let Some((year, rest)) = text.split_once([':', '：'])
        && let Some(known) = FiscalYear::parse_folder(year.trim())
    {
        let read = read_leaf(rest.trim());
        let exact = text.strip_prefix(year).is_some_and(|tail| tail.starts_with(':'))
            && rest == rest.trim()
            && year == year.trim();
        let read = if exact { read } else { read.loosely() };
        return map(read, |leaf| Cite { year: Some(known), leaf });
    }
    map(read_leaf(text), |leaf| Cite { year: None, leaf })
}

fn map<A, B>(read: Read<A>, f: impl FnOnce(A) -> B) -> Read<B> {
    match read {
        Read::Exact(id) => Read::Exact(f(id)),
        Read::Spelled(id) => Read::Spelled(f(id)),
        Read::Wrapped(id) => Read::Wrapped(f(id)),
        Read::Malformed => Read::Malformed,
    }
}

/// Exactly `N-M` or `N-M-a`, no leading zeros, at most four digits each.
fn parse_leaf(text: &str) -> Option<LeafId> {
    let mut parts = text.split('-');
    let section = short_number(parts.next()?)?;
    let number = short_number(parts.next()?)?;
    let clause = match parts.next() {
        None => None,
        Some(letter) => match letter.as_bytes() {
            [byte @ b'a'..=b'z'] => Some(*byte),
            _ => return None,
        },
    };
    parts.next().is_none().then_some(LeafId { item: ItemId { section, number }, clause })
}

fn short_number(text: &str) -> Option<u16> {
    let plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    (plain && (text == "0" || !text.starts_with('0'))).then(|| text.parse().ok())?
}

/// Brings `１－６`, `1ー6`, `1(6)`, `(1)-6`, `1-6ア`, `1-6(ア)`, `1-6-A` to `1-6`, `1-6-a`.
fn fold_leaf(text: &str) -> String {
    let mut folded = String::new();
    let mut pending = false;
    for c in text.nfkc() {
        let part = match c {
            '0'..='9' => c,
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            'ア' => 'a',
            'イ' => 'b',
            'ウ' => 'c',
            'エ' => 'd',
            'オ' => 'e',
            'カ' => 'f',
            'キ' => 'g',
            'ク' => 'h',
            '-' | '−' | 'ー' | '―' | '‐' | '‑' | '–' | '—' | '─' | '(' | ')' | '〜' => {
                pending = !folded.is_empty();
                continue;
            }
            c if c.is_whitespace() => continue,
            other => other,
        };
        let turns = folded.chars().next_back().is_some_and(|last| last.is_ascii_digit() != part.is_ascii_digit());
        if pending || turns {
            folded.push('-');
        }
        pending = false;
        folded.push(part);
    }
    folded
}

/// The text between one pair of quotes or corner brackets that nobody meant as part of an id.
pub fn unwrap_quotes(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 9] = [
        ('「', '」'),
        ('『', '』'),
        ('“', '”'),
        ('”', '”'),
        ('‘', '’'),
        ('’', '’'),
        ('＂', '＂'),
        ('【', '】'),
        ('＜', '＞'),
    ];
    PAIRS.iter().find_map(|(open, close)| Some(text.strip_prefix(*open)?.strip_suffix(*close)?.trim()))
}

/// True for `[a-z][a-z0-9-]{0,63}` that is no reserved name of Windows: departments, divisions,
/// references, viewpoints, interviewers.
pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    let first = bytes.next().is_some_and(|b| b.is_ascii_lowercase());
    let rest = bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    first && rest && text.len() <= 64 && !is_reserved(text)
}

/// Names that Windows keeps for devices; a file of that name cannot be made there.
pub fn is_reserved(name: &str) -> bool {
    let numbered = || match name.as_bytes() {
        [device @ .., b'1'..=b'9'] => device.eq_ignore_ascii_case(b"com") || device.eq_ignore_ascii_case(b"lpt"),
        _ => false,
    };
    ["con", "prn", "aux", "nul"].iter().any(|device| name.eq_ignore_ascii_case(device)) || numbered()
}

/// True for `department` or `department/division`.
pub fn is_unit(text: &str) -> bool {
    match text.split_once('/') {
        Some((department, division)) => is_name(department) && is_name(division),
        None => is_name(text),
    }
}

/// True for `[A-Z]{1,3}[0-9]{1,3}`: a goal's or a follow-up's own id.
pub fn is_goal(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = text.len() - letters;
    (1..=3).contains(&letters) && (1..=3).contains(&digits) && text.bytes().skip(letters).all(|b| b.is_ascii_digit())
}

/// Reads a goal's own id: `G1`; `Ｇ１`, `g1`, `G-1` are understood.
pub fn read_goal(text: &str) -> Read<GoalId> {
    read(text, GoalId::parse, |text| {
        let folded: String = text
            .nfkc()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '−' | 'ー'))
            .flat_map(char::to_uppercase)
            .collect();
        GoalId::parse(&folded)
    })
}

/// Reads a goal as others name it, with year and department before colons.
pub fn read_goal_ref(text: &str) -> Read<GoalRef> {
    if let Some(goal) = GoalId::parse(text) {
        return Read::Exact(GoalRef { year: None, department: None, goal });
    }
    let usual = text.bytes().all(|byte| byte.is_ascii_graphic());
    let folded = if usual { Cow::Borrowed(text) } else { text.nfkc().filter(|c| !c.is_whitespace()).collect() };
    let mut parts: Vec<&str> = folded.split(':').collect();
    let Some(goal) = parts.pop() else { return Read::Malformed };
    let year = parts.first().and_then(|part| FiscalYear::parse_folder(part));
    if year.is_some() {
        parts.remove(0);
    }
    let department = match parts.as_slice() {
        [] => None,
        [department] if is_name(department) => Some(Box::from(*department)),
        _ => return Read::Malformed,
    };
    let read = map(read_goal(goal), |goal| GoalRef { year, department, goal });
    if folded == text { read } else { read.loosely() }
}

#[cfg(test)]
mod tests;
