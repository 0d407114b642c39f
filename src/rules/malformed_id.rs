//! K106: what should be an id does not have the form of one.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::links::LinkFaultKind;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Place};
use crate::rules::{Check, Judged, Rule, fields};
use crate::say;
use crate::shape::{Kind, Target};
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K106",
    name: "malformed-id",
    level: Level::Error,
    page: include_str!("malformed_id.md"),
    check: Check::Both(check, check_names),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        if let ShapeFaultKind::MalformedId { text, want } = &fault.kind {
            let what = match want {
                Kind::Ref(Target::PastGoal) => say!("前年度の目標の番号", "the id of an earlier year's goal"),
                Kind::Ref(Target::OthersGoal) => say!("他の部の目標の番号", "the id of another department's goal"),
                Kind::Ref(Target::OwnGoal) => say!("目標の番号", "the id of a goal"),
                want => fields::holds(want),
            };
            let (ja, en) = (what.ja, what.en);
            let message = say!("「{text}」は、{ja}の書き方ではありません", "\"{text}\" is not written like {en}");
            let mut finding = finding(id.at(fault.span), message, fields::form(want));
            if let Some(parts) = fields::several(text) {
                let lines = parts.join("\n- ");
                finding = finding
                    .help(say!("１行に一つずつ書いてください。\n- {lines}", "Write one on each line.\n- {lines}"));
            } else if let Some(number) = number_alone(text, want) {
                finding = finding
                    .label(say!("{number} だけを書きます", "write {number} alone"))
                    .help(say!(
                        "番号の後の言葉を消してください: - {number}",
                        "Remove the words after the number: - {number}"
                    ))
                    .unsafe_fix(
                        say!("{number} に直す", "write {number}"),
                        vec![Edit { span: fault.span, text: number.to_owned() }],
                    );
            } else if text.contains(['～', '〜', '~']) {
                finding = finding.help(say!(
                    "「～」でまとめず、応える項目を１行に一つずつ、全て書いてください。\n- 1-1\n- 1-2",
                    "Write every item by itself, one on each line.\n- 1-1\n- 1-2"
                ));
            }
            out.push(fields::held(fields::without_memo(finding, fault, text), id, fault));
        }
    }
}

/// The number of an item that its name follows: `1-5 デジタル技術の活用`.
fn number_alone<'t>(text: &'t str, want: &Kind) -> Option<&'t str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let number = text.strip_suffix(rest)?;
    let item = matches!(want, Kind::Cite | Kind::Subject | Kind::ItemId | Kind::ClauseId);
    let form = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains('-') && !number.ends_with('-');
    let name = rest.starts_with([' ', '　', '（', '(', '「']) && rest.chars().any(char::is_alphabetic);
    (item && form && name).then_some(number)
}

/// Names that are neither an id nor the name of anything.
fn check_names(judged: &Judged<'_>, out: &mut Vec<Finding>) {
    let mut names = fields::NearNames::default();
    for fault in &judged.links.faults {
        let LinkFaultKind::Malformed { text, wanted, known } = &fault.kind else { continue };
        let what = wanted.name();
        let (ja, en) = (what.ja, what.en);
        let message = say!(
            "「{text}」は、{ja}の名称でも記号でもありません",
            "\"{text}\" is neither the name nor the id of any {en}"
        );
        let near = names.of(known, text);
        let label = match near {
            Some((id, title)) => say!("{id}（{title}）のことですか", "did you mean {id} ({title})?"),
            None => say!("この名前の{ja}はありません", "no {en} has this name"),
        };
        let form = if wanted.is_unit() {
            let words =
                fields::listed(known.iter().take(12).map(|(id, title)| say!("{title}（{id}）", "{id} ({title})")));
            let (ja, en) = (words.ja, words.en);
            say!("名称でも記号でも書けます: {ja}", "Write a name or an id: {en}")
        } else {
            let form = fields::form(&Kind::Name);
            let (ja, en) = (form.ja, form.en);
            say!("次の形に書き直してください。{ja}。", "Write it in this form: {en}.")
        };
        let mut finding = finding(fault.place, message, label).help(form);
        if wanted.is_unit() {
            finding = finding.why(say!(
                "組織にない名前では、担当や連携の相手に伝わりません。",
                "A name that the organization does not have reaches nobody."
            ));
        }
        if near.is_some() {
            finding.help = say!("正しい名称か記号に書き直してください。", "Write the right name or id.");
        }
        finding = finding.nearest(near.cloned().into_iter().collect());
        if let Some(holder) = fault.holder {
            finding = finding.related(holder, say!("この目標の中にあります", "it stands in this goal"));
        }
        out.push(finding);
    }
}

fn finding(place: Place, message: Say, form: Say) -> Finding {
    let (ja, en) = (form.ja.clone(), form.en.clone());
    Finding::new(&RULE, place, message)
        .label(form)
        .why(say!(
            "この書き方では、何を指しているのか分からず、どこにも結び付きません。",
            "Written like this, nobody can tell what it names; it is joined to nothing."
        ))
        .help(say!("次の形に書き直してください。{ja}。", "Write it in this form: {en}."))
}
