//! K110: a comment that silences a finding and does not say why.

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::FileId;
use crate::rules::{Check, Rule, allow};
use crate::say;

pub(super) static RULE: Rule = Rule {
    code: "K110",
    name: "allow-without-reason",
    level: Level::Warning,
    page: include_str!("allow_without_reason.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    for allow in allow::read(city, id).iter().filter(|allow| !allow.has_reason) {
        let Some(rule) = allow.rule else { continue };
        let code = rule.code;
        out.push(
            Finding::new(
                &RULE,
                allow.place,
                say!("{code} を認める理由が書かれていません", "no reason is given for allowing {code}"),
            )
            .label(say!("番号の後に理由を書いてください", "write the reason after the code"))
            .why(say!(
                "指摘を止めた訳が残らないと、後で見た人が、直し忘れか考えた上のことかを見分けられません。",
                "Without it nobody can tell later whether the finding was judged or forgotten."
            ))
            .help(say!(
                "次のように書いてください。\n# kpolicy: allow {code} 市長と協議の上、今年度はこのままとする",
                "Write it like this:\n# kpolicy: allow {code} agreed with the mayor for this year"
            )),
        );
    }
}
