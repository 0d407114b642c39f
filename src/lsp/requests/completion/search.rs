//! Which candidates a few typed letters mean: an id, words of a title, of the memo, or how a title
//! is read.

use unicode_normalization::UnicodeNormalization;

use super::{Candidate, letters, readings};

/// The candidates that the prefix means, likeliest first; true for one that its id and title alone
/// do not show to be meant.
pub(super) fn found(candidates: Vec<Candidate>, prefix: &str) -> Vec<(Candidate, bool)> {
    let wanted = fold(prefix.trim_matches(['"', '\'', '「', '」', '（', '(']));
    let mut found: Vec<(Match, Candidate)> =
        candidates.into_iter().filter_map(|candidate| Some((meant(&candidate, &wanted)?, candidate))).collect();
    // Of those that match equally well the order stays: it is that of the memo or the organization.
    found.sort_by_key(|(how, candidate)| (*how, candidate.unlikely));
    found.into_iter().map(|(how, candidate)| (candidate, how > Match::Inside)).collect()
}

/// How well a candidate matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// The id, or its beginning.
    Id,
    /// The beginning of the title.
    Title,
    /// Somewhere in the title or the id.
    Inside,
    /// The title as it is read.
    Reading,
    /// The memo's words.
    Words,
    /// The letters in this order.
    Letters,
}

fn meant(candidate: &Candidate, wanted: &str) -> Option<Match> {
    let (id, title) = (fold(&candidate.id), fold(&candidate.title));
    if id.starts_with(wanted) || is_same_id(&id, wanted) {
        return Some(Match::Id);
    }
    if title.starts_with(wanted) {
        return Some(Match::Title);
    }
    let word = wanted.starts_with(|c: char| !c.is_ascii_digit());
    if title.contains(wanted) || (word && id.contains(wanted)) {
        return Some(Match::Inside);
    }
    if kana(wanted).is_some_and(|kana| readings::of(&title).contains(&kana)) {
        return Some(Match::Reading);
    }
    if fold(&candidate.words).contains(wanted) {
        return Some(Match::Words);
    }
    let mut rest = title.chars().chain(id.chars());
    let long = word && wanted.chars().count() > 1;
    (long && wanted.chars().all(|c| rest.any(|other| other == c))).then_some(Match::Letters)
}

/// `1(6)` and `1ー6` begin ids as well.
fn is_same_id(id: &str, wanted: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let signs =
        wanted.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | 'ー' | '−' | '(' | ')' | '.' | '―'));
    signs
        && wanted.starts_with(|c: char| c.is_ascii_digit())
        && digits(id).starts_with(&digits(wanted))
        && separates(id, wanted)
}

/// `11` must not mean `1-1`.
fn separates(id: &str, wanted: &str) -> bool {
    let first = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let own = first(wanted);
    own == first(id) || own == wanted.chars().count() && own < first(id)
}

/// Widths, capitals and spaces do not matter, nor does hiragana or katakana.
fn fold(text: &str) -> String {
    let hiragana = |c: char| match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        other => other,
    };
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).map(hiragana).collect()
}

/// The letters as kana, where they are nothing else: `bousai` and `ぼうさい`.
fn kana(text: &str) -> Option<String> {
    let kana = |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ー'));
    if kana(text) {
        return Some(text.to_owned());
    }
    let read = letters::kana(text)?;
    (kana(&read) && read.chars().count() > 1).then_some(read)
}

#[cfg(test)]
mod tests {
    use lsp_types::CompletionItemKind;

    use super::*;

    #[test]
    fn ids_are_found_by_what_people_type() {
        let candidate = |id: &str, title: &str| Candidate::new(id, title, CompletionItemKind::REFERENCE);
        let all = || {
            let text = "災害への備えを進めること。".to_owned();
            vec![
                candidate("1-1", "情報共有と意思決定"),
                candidate("1-2", "防災・減災対策").words(text),
                candidate("1-6", "ゼロカーボンシティの実現"),
                candidate("11-2", "その他"),
                candidate("somu", "総務部"),
            ]
        };
        for (typed, want) in [
            ("", "1-1 1-2 1-6 11-2 somu"),
            ("1-", "1-1 1-2 1-6"),
            ("１－２", "1-2"),
            ("1(6", "1-6"),
            ("11", "11-2"),
            ("防災", "1-2"),
            ("減災", "1-2"),
            ("ぼうさい", "1-2"),
            ("ボウサイ", "1-2"),
            ("bousai", "1-2"),
            ("備え", "1-2"),
            ("ぜろ", "1-6"),
            ("そうむ", "somu"),
            ("soumu", "somu"),
            ("so", "somu"),
            ("存在しない", ""),
        ] {
            let ids: Vec<String> = found(all(), typed).into_iter().map(|(candidate, _)| candidate.id).collect();
            assert_eq!(ids.join(" "), want, "{typed}");
        }
    }
}
