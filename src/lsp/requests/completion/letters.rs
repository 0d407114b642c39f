//! Latin letters as an input method reads them, for those who type before they switch it on.

/// Latin letters as kana, as an input method turns them; none where they are no such letters.
pub(super) fn kana(text: &str) -> Option<String> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        return None;
    }
    let mut read = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let double = rest.len() > 1
            && rest.as_bytes()[0] == rest.as_bytes()[1]
            && !rest.starts_with(['a', 'i', 'u', 'e', 'o', 'n', '-']);
        if double {
            read.push('っ');
            rest = &rest[1..];
            continue;
        }
        let known =
            LETTERS.iter().filter(|(letters, _)| rest.starts_with(letters)).max_by_key(|(letters, _)| letters.len());
        let Some((letters, kana)) = known else {
            // A syllable that is not finished yet.
            return (rest.len() < 3 && !read.is_empty()).then_some(read);
        };
        read.push_str(kana);
        rest = &rest[letters.len()..];
    }
    Some(read)
}

const LETTERS: &[(&str, &str)] = &[
    ("a", "あ"),
    ("i", "い"),
    ("u", "う"),
    ("e", "え"),
    ("o", "お"),
    ("ka", "か"),
    ("ki", "き"),
    ("ku", "く"),
    ("ke", "け"),
    ("ko", "こ"),
    ("sa", "さ"),
    ("si", "し"),
    ("shi", "し"),
    ("su", "す"),
    ("se", "せ"),
    ("so", "そ"),
    ("ta", "た"),
    ("ti", "ち"),
    ("chi", "ち"),
    ("tu", "つ"),
    ("tsu", "つ"),
    ("te", "て"),
    ("to", "と"),
    ("na", "な"),
    ("ni", "に"),
    ("nu", "ぬ"),
    ("ne", "ね"),
    ("no", "の"),
    ("ha", "は"),
    ("hi", "ひ"),
    ("hu", "ふ"),
    ("fu", "ふ"),
    ("he", "へ"),
    ("ho", "ほ"),
    ("ma", "ま"),
    ("mi", "み"),
    ("mu", "む"),
    ("me", "め"),
    ("mo", "も"),
    ("ya", "や"),
    ("yu", "ゆ"),
    ("yo", "よ"),
    ("ra", "ら"),
    ("ri", "り"),
    ("ru", "る"),
    ("re", "れ"),
    ("ro", "ろ"),
    ("wa", "わ"),
    ("wo", "を"),
    ("n", "ん"),
    ("nn", "ん"),
    ("ga", "が"),
    ("gi", "ぎ"),
    ("gu", "ぐ"),
    ("ge", "げ"),
    ("go", "ご"),
    ("za", "ざ"),
    ("zi", "じ"),
    ("ji", "じ"),
    ("zu", "ず"),
    ("ze", "ぜ"),
    ("zo", "ぞ"),
    ("da", "だ"),
    ("de", "で"),
    ("do", "ど"),
    ("ba", "ば"),
    ("bi", "び"),
    ("bu", "ぶ"),
    ("be", "べ"),
    ("bo", "ぼ"),
    ("pa", "ぱ"),
    ("pi", "ぴ"),
    ("pu", "ぷ"),
    ("pe", "ぺ"),
    ("po", "ぽ"),
    ("kya", "きゃ"),
    ("kyu", "きゅ"),
    ("kyo", "きょ"),
    ("sya", "しゃ"),
    ("sha", "しゃ"),
    ("syu", "しゅ"),
    ("shu", "しゅ"),
    ("syo", "しょ"),
    ("sho", "しょ"),
    ("tya", "ちゃ"),
    ("cha", "ちゃ"),
    ("tyu", "ちゅ"),
    ("chu", "ちゅ"),
    ("tyo", "ちょ"),
    ("cho", "ちょ"),
    ("nya", "にゃ"),
    ("nyu", "にゅ"),
    ("nyo", "にょ"),
    ("hya", "ひゃ"),
    ("hyu", "ひゅ"),
    ("hyo", "ひょ"),
    ("mya", "みゃ"),
    ("myu", "みゅ"),
    ("myo", "みょ"),
    ("rya", "りゃ"),
    ("ryu", "りゅ"),
    ("ryo", "りょ"),
    ("gya", "ぎゃ"),
    ("gyu", "ぎゅ"),
    ("gyo", "ぎょ"),
    ("ja", "じゃ"),
    ("zya", "じゃ"),
    ("ju", "じゅ"),
    ("zyu", "じゅ"),
    ("jo", "じょ"),
    ("zyo", "じょ"),
    ("bya", "びゃ"),
    ("byu", "びゅ"),
    ("byo", "びょ"),
    ("pya", "ぴゃ"),
    ("pyu", "ぴゅ"),
    ("pyo", "ぴょ"),
    ("-", "ー"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_kana() {
        assert_eq!(kana("bousai").as_deref(), Some("ぼうさい"));
        assert_eq!(kana("zentai").as_deref(), Some("ぜんたい"));
        assert_eq!(kana("gakkou").as_deref(), Some("がっこう"));
        assert_eq!(kana("bous").as_deref(), Some("ぼう"));
        assert_eq!(kana("市"), None);
    }
}
