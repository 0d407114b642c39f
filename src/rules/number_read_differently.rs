//! K107: a plain value that some programs take for a number, a truth value, or nothing.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, ShapeFault, ShapeFaultKind, is_canonical_number};
use crate::place::FileId;
use crate::rules::{Check, Rule, fields};
use crate::say;
use crate::shape::{Kind, Target};
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K107",
    name: "number-read-differently",
    level: Level::Warning,
    page: include_str!("number_read_differently.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for fault in &city.file(id).shape_faults {
        let ShapeFaultKind::NumberLike { text, want, instead } = &fault.kind else { continue };
        let finding = finding(id, fault, text, want, instead.as_deref());
        out.push(fields::held(finding, id, fault));
    }
}

fn finding(id: FileId, fault: &ShapeFault, text: &str, want: &'static Kind, instead: Option<&str>) -> Finding {
    let read = read_as(text);
    let (ja, en) = (read.ja, read.en);
    let message = if is_id(want) {
        let Say { ja, en } = fields::holds(want);
        say!("「{text}」は、{ja}ではなく数と読まれます", "\"{text}\" is read as a number, not as {en}")
    } else {
        say!("「{text}」は、読むソフトによって{ja}に変わります", "some programs read \"{text}\" as {en}")
    };
    let finding = Finding::new(&RULE, id.at(fault.span), message).why(say!(
        "同じ計画が、開くソフトによって違う内容になります（1.10 が 1.1 に、012 が 10 に、no が「いいえ」になるなど）。",
        "The same plan would say different things in different programs: 1.10 becomes 1.1, 012 becomes 10, no becomes false."
    ));
    let Some(written) = instead else {
        return finding.label(label(want)).help(help(want));
    };
    let edit = vec![Edit { span: fault.span, text: written.to_owned() }];
    let title = say!("{written} に直す", "write {written}");
    let finding = finding.label(say!("{written} と書きます", "write {written}")).help(Say::same(
        fault.field.filter(|field| !is_list(&field.kind)).map_or_else(
            || if is_id(want) { format!("- {written}") } else { written.to_owned() },
            |field| format!("{}: {written}", field.key),
        ),
    ));
    // A point in place of the hyphen of an id is likely, but a person should look at it.
    if is_id(want) { finding.unsafe_fix(title, edit) } else { finding.fix(title, edit) }
}

fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_) | Kind::Map(..))
}

fn is_id(want: &Kind) -> bool {
    let named = matches!(want, Kind::Ref(target) if !matches!(target, Target::Rating | Target::Measure));
    named || matches!(want, Kind::ItemId | Kind::ClauseId | Kind::Cite | Kind::Subject | Kind::GoalId | Kind::Name)
}

/// What the text becomes where it is taken for something else.
fn read_as(text: &str) -> Say {
    match text.to_ascii_lowercase().as_str() {
        "~" | "null" => say!("「何もない」という意味", "nothing at all"),
        "y" | "yes" | "on" | "true" => say!("「はい」という意味", "true"),
        "n" | "no" | "off" | "false" => say!("「いいえ」という意味", "false"),
        _ if is_canonical_number(text) => say!("文章ではなく数", "a number rather than a text"),
        _ => say!("別の数", "another number"),
    }
}

fn label(want: &Kind) -> Say {
    match want {
        Kind::Choice(_) => say!("決まった言葉で書きます", "write one of the allowed words"),
        _ => fields::form(want),
    }
}

fn help(want: &Kind) -> Say {
    match want {
        Kind::Choice(choices) => {
            let words = fields::choices(choices);
            let (ja, en) = (words.ja, words.en);
            say!("次の言葉から選んで書いてください: {ja}", "Write one of these: {en}")
        }
        _ => {
            let form = fields::form(want);
            let (ja, en) = (form.ja, form.en);
            say!("{ja}。", "Here, {en}.")
        }
    }
}
