//! K109: a comment that silences nothing.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::nearest::nearest;
use crate::place::Span;
use crate::rules::allow::Allow;
use crate::rules::{Check, RULES, Rule, rule};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K109",
    name: "unused-allow",
    level: Level::Warning,
    page: include_str!("unused_allow.md"),
    check: Check::Allows(check),
};

fn check(city: &City, allows: &[Allow], out: &mut Vec<Finding>) {
    for allow in allows.iter().filter(|allow| !allow.used) {
        out.extend(match allow.rule {
            None => Some(unknown(allow)),
            Some(rule) if rule.is_fixed() => Some(fixed(city, allow, rule)),
            Some(rule) if allow.ran => Some(unused(city, allow, rule)),
            Some(_) => None,
        });
    }
}

fn unknown(allow: &Allow) -> Finding {
    let word = &allow.word;
    let message = if word.is_empty() {
        say!("どの指摘を認めるのかが書かれていません", "it does not say which finding is allowed")
    } else {
        say!("「{word}」という点検の決まりはありません", "there is no rule \"{word}\"")
    };
    let near = nearest(word, RULES.iter().flat_map(|rule| [rule.code, rule.name])).and_then(rule);
    let finding = Finding::new(&RULE, allow.word_place, message)
        .label(say!("K405 のような番号を書きます", "write a code such as K405"))
        .why(why())
        .help(say!(
            "次のように、番号を一つと理由を書いてください。決まりの番号は kpolicy explain で確かめられます。\n# kpolicy: allow K405 今年度は言葉で示す",
            "Write one code and the reason; kpolicy explain shows the codes:\n# kpolicy: allow K405 told in words this year"
        ));
    let Some(near) = near else { return finding };
    let edit = Edit { span: allow.word_place.span, text: near.code.to_owned() };
    let code = near.code;
    finding
        .nearest(vec![(code.to_owned(), near.name.to_owned())])
        .unsafe_fix(say!("番号を {code} に直す", "write {code}"), vec![edit])
}

fn fixed(city: &City, allow: &Allow, rule: &Rule) -> Finding {
    let code = rule.code;
    Finding::new(
        &RULE,
        allow.place,
        say!("{code} は、認めて済ませることのできない指摘です", "{code} cannot be allowed"),
    )
    .label(say!("この行では止められません", "this comment cannot silence it"))
    .why(say!(
        "この指摘のあるファイルは読めないので、止めても計画は「読取不可」のままです。",
        "A file with it cannot be read, so the plan would stay unreadable all the same."
    ))
    .help(say!("指摘された所を直し、この行を消してください。", "Mend what it points at, and remove this comment."))
    .unsafe_fix(removal(), vec![removed(city, allow)])
}

fn unused(city: &City, allow: &Allow, rule: &Rule) -> Finding {
    let code = rule.code;
    Finding::new(&RULE, allow.place, say!("ここに {code} の指摘はありません", "there is no {code} here to allow"))
        .label(say!("何も止めていません", "silences nothing"))
        .why(why())
        .help(say!(
            "もう要らないなら、この行を消してください。要るなら、指摘の出る行か、そのすぐ上の行に移します。",
            "Remove it if it is no longer needed; else put it on the line of the finding, or the line above."
        ))
        .unsafe_fix(removal(), vec![removed(city, allow)])
}

fn why() -> Say {
    say!(
        "残しておくと、後で同じ所に本当の誤りができたときに、気付かないまま止めてしまいます。",
        "Left there, it would hide a true slip that comes to the same place later."
    )
}

fn removal() -> Say {
    say!("この覚え書きを消す", "remove the comment")
}

/// The comment with the white space before it; its whole line where nothing else stands there.
fn removed(city: &City, allow: &Allow) -> Edit {
    let text = &city.file(allow.place.file).text;
    let span = allow.place.span;
    let before = text.get(..span.start as usize).unwrap_or_default();
    let start = before.trim_end_matches([' ', '\t']).len();
    let alone = before.get(..start).is_none_or(|head| head.is_empty() || head.ends_with('\n'));
    let rest = text.get(span.end as usize..).unwrap_or_default();
    let line_end = if alone { rest.find('\n').map_or(rest.len(), |at| at + 1) } else { 0 };
    Edit { span: Span::new(start, span.end as usize + line_end), text: String::new() }
}
