//! K405: a goal that ends in words nobody can see done (努める, 推進する, 図る, 検討する).

use unicode_normalization::UnicodeNormalization;

use crate::city::year::Department;
use crate::coverage::{is_measured, with_plan};
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Goal, Level, Text};
use crate::rules::{Check, Judged, Rule, gaps};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K405",
    name: "vague-goal",
    level: Level::Info,
    page: include_str!("vague_goal.md"),
    check: Check::Year(check),
};

/// The verbs that name an effort and no result, in the forms in which a sentence ends.
const EFFORTS: [(&str, &[&str]); 4] = [
    ("努める", &["努める", "努めます", "努めていく", "努めていきます"]),
    ("推進する", &["推進する", "推進します", "推進していく", "推進していきます"]),
    ("図る", &["図る", "図ります", "図っていく", "図っていきます"]),
    ("検討する", &["検討する", "検討します", "検討していく", "検討していきます"]),
];

/// What may follow the verb.
const SIGNS: [char; 5] = ['。', '.', '」', '』', ')'];

/// Letters of the longest form.
const LONGEST: usize = 8;

/// Words that set a date or an amount without a digit. これまでに is no date: see [`is_concrete`].
const LIMITS: &str =
    "までに 年度末 年度内 年度中 年内 月末 上半期 下半期 学期 半分 半減 倍増 ゼロに 夏まで 秋まで 冬まで";

/// Deeds that are over at some moment: 手順書を作成し、… can be seen as done.
const DEEDS: &str = "策定 作成 制定 設置 開設 完成 公表 公開 廃止 導入 開始 締結 提出 移行 完了 配布 改定 改正 統合 新設 終え 設け やめ なくし";

/// What counts things after a numeral in kanji.
const COUNTERS: &str = "件回年月割倍か箇校園館棟台枚社";

fn check(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    for (_, dept, plan) in with_plan(judged.year) {
        // K404 says that there is no measure at all: it speaks for the whole goal.
        for goal in plan.goals.iter().filter(|goal| is_measured(goal)) {
            let targets = goal.measures.iter().filter_map(|measure| measure.target.as_ref());
            let states = targets.filter(|target| target.value.is_none()).filter_map(|target| target.state.as_ref());
            for text in goal.title.iter().chain(&goal.outcome).chain(states) {
                if let Some(effort) = vague(text) {
                    out.extend(finding(dept, goal, text, effort));
                }
            }
        }
    }
}

/// The effort with which a text ends, where nothing in it can be counted, dated or seen as done.
fn vague(text: &Text) -> Option<&'static str> {
    if !ends_in_effort(&text.value) {
        return None;
    }
    let text: String = text.says()?.nfkc().filter(|c| !c.is_whitespace()).collect();
    let text = text.trim_end_matches(SIGNS);
    let (effort, form) = EFFORTS.iter().find_map(|(effort, forms)| {
        let form = forms.iter().find(|form| text.ends_with(**form))?;
        Some((*effort, *form))
    })?;
    (!is_concrete(text.strip_suffix(form)?)).then_some(effort)
}

/// The same of the ending alone and of the letters as they stand: most texts end in other words. No
/// other letter than those of the verbs becomes one of them by NFKC.
fn ends_in_effort(text: &str) -> bool {
    let is_sign = |c: &char| c.nfkc().all(|c| SIGNS.contains(&c) || c.is_whitespace());
    let ending = text.chars().rev().filter(|c| !c.is_whitespace()).skip_while(is_sign);
    let mut ending: Vec<char> = ending.take(LONGEST).collect();
    ending.reverse();
    let ending: String = ending.into_iter().collect();
    EFFORTS.iter().any(|(_, forms)| forms.iter().any(|form| ending.ends_with(form)))
}

fn is_concrete(text: &str) -> bool {
    let text = text.replace("これまでに", "").replace("今までに", "");
    LIMITS.split(' ').any(|word| text.contains(word)) || has_number(&text) || has_deed(&text)
}

/// A deed that is told as such (策定し、): the one that the effort itself is about (策定を推進する)
/// is only hoped for.
fn has_deed(text: &str) -> bool {
    DEEDS.split(' ').any(|deed| {
        text.match_indices(deed).any(|(at, _)| {
            let after = text.get(at + deed.len()..).unwrap_or_default();
            let verb = deed.ends_with(['え', 'け', 'め', 'し']);
            if verb { after.starts_with(['、', 'て', 'る']) } else { after.starts_with(['し', 'す']) }
        })
    })
}

/// A digit that counts, or a numeral in kanji before a counter. Digits of names do not count:
/// 第2次, 3R, CO2; nor 1人ひとり.
fn has_number(text: &str) -> bool {
    let chars: Vec<char> = text.replace("1人ひとり", "").replace("1人1人", "").chars().collect();
    let mut before = ' ';
    let mut from = 0;
    while let Some(at) = chars.iter().skip(from).position(|c| is_numeral(*c)).map(|at| at + from) {
        let length = chars.iter().skip(at).take_while(|c| is_numeral(**c) || **c == '.').count();
        if let Some(previous) = at.checked_sub(1).and_then(|previous| chars.get(previous)) {
            before = *previous;
        }
        let after = chars.get(at + length).copied().unwrap_or(' ');
        let named = before == '第' || before.is_ascii_alphabetic() || matches!(after, 'R' | 'G');
        let digits = chars.get(at).is_some_and(char::is_ascii_digit);
        if !named && (digits || COUNTERS.contains(after)) {
            return true;
        }
        from = at + length;
    }
    false
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百千万".contains(c)
}

fn finding(dept: &Department<'_>, goal: &Goal, text: &Text, effort: &str) -> Option<Finding> {
    let place = dept.at(text.span)?;
    let Say { ja, en } = gaps::goal_name(goal);
    Some(
        Finding::new(
            &RULE,
            place,
            say!("{ja}は「{effort}」で終わり、何ができたら終わりか分かりません", "{en} ends in \"{effort}\" and names nothing that can be seen as done"),
        )
        .label(say!("数、期限又は出来上がるものを書いてください", "name a number, a date, or what will be there"))
        .why(say!(
            "努力の姿勢だけでは、年度末に達成したかを誰も確かめられません。",
            "Nobody can tell at the end of the year whether an effort has reached anything."
        ))
        .help(say!(
            "終わったと誰が見ても分かる言葉に直してください。\n例: 窓口の待ち時間を10分以内にする／手順書を９月末までに作り、全課で使う",
            "Write what anyone can see as done, such as: the wait at the counter is ten minutes at most; the manual is written by the end of September and used by all divisions."
        ))
        .related(place.file.at(goal.handle()), Say::same(goal.name()))
        .of(dept.id()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_letter_becomes_one_of_an_effort() {
        let forms = || EFFORTS.iter().flat_map(|(_, forms)| forms.iter());
        assert_eq!(forms().map(|form| form.chars().count()).max(), Some(LONGEST));
        let letters: Vec<char> = forms().flat_map(|form| form.chars()).collect();
        for c in '\0'..=char::MAX {
            let folded: String = c.nfkc().collect();
            // The sign for より ends with a letter of 図ります, but no form has a よ before it.
            assert!(c == 'ゟ' || letters.contains(&c) || !folded.contains(letters.as_slice()), "{c}");
            let is_sign = folded.trim_end_matches(SIGNS).is_empty();
            assert!(!is_sign || ends_in_effort(&format!("図る{c}")), "{c}");
        }
    }
}
