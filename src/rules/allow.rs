//! `# kpolicy: allow K405 理由`: comments that silence one finding each, and what became of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::city::City;
use crate::city::year::Year;
use crate::finding::Finding;
use crate::place::{FileId, Place, Span};
use crate::rules::{Check, Rule, YearJudgement, rule};

/// How such a comment begins, after its `#`.
const HEAD: &str = "kpolicy: allow";

/// One such comment.
pub struct Allow {
    /// The comment.
    pub(super) place: Place,
    /// The word where the code belongs.
    pub(super) word: String,
    /// Where that word stands.
    pub(super) word_place: Place,
    /// The rule with that code.
    pub(super) rule: Option<&'static Rule>,
    /// True where words follow the code.
    pub(super) has_reason: bool,
    /// True once it silenced a finding.
    pub(super) used: bool,
    /// True where the rule ran over the file, so that silence means that there is nothing to silence.
    pub(super) ran: bool,
    /// The lines whose finding it silences: one, or with it the first of the long text that it opens,
    /// inside which no comment can stand.
    lines: std::ops::RangeInclusive<u32>,
}

/// The comments of one file, in order.
pub(super) fn read(city: &City, id: FileId) -> Vec<Allow> {
    city.file(id).allows.iter().filter_map(|span| one(city, id, *span)).collect()
}

fn one(city: &City, id: FileId, span: Span) -> Option<Allow> {
    let text = city.text(id.at(span));
    // A remark that only speaks of such comments is none.
    let rest = text.trim_start_matches(['#', ' ', '\t', '　']).strip_prefix(HEAD)?;
    let word = rest.split_whitespace().next().unwrap_or_default();
    let said = rest.trim_start().strip_prefix(word).unwrap_or_default();
    let at = span.start as usize + text.len() - rest.trim_start().len();
    let word_place = id.at(Span::new(at, at + word.len()));
    Some(Allow {
        place: id.at(span),
        word: word.to_owned(),
        word_place,
        rule: rule(word),
        has_reason: said.chars().any(char::is_alphanumeric),
        used: false,
        ran: false,
        lines: lines(city, id, span),
    })
}

/// Its own line where something stands before it; else the next line that is no comment.
fn lines(city: &City, id: FileId, span: Span) -> std::ops::RangeInclusive<u32> {
    let file = city.file(id);
    let mut line = file.lines().line(span.start);
    let text = |line: u32| file.text.get(file.lines().line_span(&file.text, line).range()).unwrap_or_default().trim();
    if text(line).starts_with('#') {
        line += 1;
        while text(line).starts_with('#') {
            line += 1;
        }
    }
    let said = text(line).split(" #").next().unwrap_or_default().trim_end();
    let sign = said.rsplit([' ', ':']).next().unwrap_or_default();
    let opens = said != sign && sign.starts_with(['|', '>']);
    line..=line + u32::from(opens)
}

/// Takes away the findings that comments silence, one each, and says what became of the comments.
pub(super) fn silence(
    city: &City,
    years: &[YearJudgement<'_>],
    named: bool,
    findings: &mut Vec<Finding>,
) -> Vec<Allow> {
    let mut allows: Vec<Allow> = city.file_ids().flat_map(|id| read(city, id)).collect();
    if allows.is_empty() {
        return allows;
    }
    let line = |finding: &Finding| city.file(finding.place.file).lines().line(finding.place.span.start);
    let mut there: BTreeMap<(FileId, &str, u32), VecDeque<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        there.entry((finding.place.file, finding.rule.code, line(finding))).or_default().push_back(index);
    }
    let mut silenced = BTreeSet::new();
    for allow in &mut allows {
        let Some(rule) = allow.rule.filter(|rule| !rule.is_fixed()) else { continue };
        let id = allow.place.file;
        allow.ran = ran(city, years, named, rule, id);
        let mut found = allow.lines.clone();
        let found = found.find_map(|line| there.get_mut(&(id, rule.code, line)).and_then(VecDeque::pop_front));
        if let Some(index) = found {
            silenced.insert(index);
            allow.used = true;
        }
    }
    let mut index = 0;
    findings.retain(|_| {
        index += 1;
        !silenced.contains(&(index - 1))
    });
    allows
}

/// True where a rule had its turn over a file: a year that cannot be read or is closed was not judged.
fn ran(city: &City, years: &[YearJudgement<'_>], named: bool, rule: &Rule, id: FileId) -> bool {
    if matches!(rule.check, Check::File(_) | Check::Allows(_)) {
        return true;
    }
    // What changed is judged only where there is a version before.
    if matches!(rule.check, Check::Change(_)) || !city.file(id).is_readable() {
        return false;
    }
    let closed = |year: &Year<'_>| year.docs.policy.closed && !named && rule.family() > 2;
    let of_file = |year: &&YearJudgement<'_>| city.file(id).role.year.is_none_or(|own| own == year.number);
    years.iter().filter(of_file).filter_map(|year| year.year.as_ref()).any(|year| !closed(year))
}
