//! K005: a tab at the beginning of a line.

use crate::city::City;
use crate::finding::Finding;
use crate::model::Level;
use crate::place::FileId;
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::{Edit, Fault, FaultKind};

pub(super) static RULE: Rule = Rule {
    code: "K005",
    name: "tab-indentation",
    level: Level::Error,
    page: include_str!("tab_indentation.md"),
    check: Check::File(check),
};

/// Lines with tabs that are told one by one.
const MANY: usize = 8;

fn likely(tabs: &[&Fault]) -> Vec<Edit> {
    tabs.iter().flat_map(|fault| fault.likely.clone()).collect()
}

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let reading = Reading::new(city, id);
    let tabs: Vec<&Fault> = city.file(id).faults.iter().filter(|fault| fault.kind == FaultKind::Tab).collect();
    // An editor that writes tabs does so on every line: that is one slip.
    let all = tabs.len() > MANY;
    let rest = tabs.len() - 1_usize.min(tabs.len());
    for fault in tabs.iter().take(if all { 1 } else { tabs.len() }) {
        let edits = if fault.edits.is_empty() { &fault.likely } else { &fault.edits };
        let width = edits.first().map_or(2, |edit| edit.text.len());
        let finding = Finding::new(
            &RULE,
            id.at(fault.span),
            if all {
                say!(
                    "この行と、ほかの {rest}行の字下げにタブが使われています",
                    "this line and {rest} others are indented with tabs"
                )
            } else {
                say!("行の頭の字下げにタブが使われています", "the line is indented with a tab")
            },
        )
        .label(if fault.edits.is_empty() {
            say!("上の行と同じ数の半角の空白にします", "use as many spaces as the line above")
        } else {
            say!("半角の空白 {width}文字にします", "use {width} spaces")
        })
        .why(say!(
            "タブの幅は画面ごとに違うため、どの欄の中なのかが決まりません。",
            "A tab is as wide as each screen likes, so it does not say which field the line belongs to."
        ));
        let help = if all && !fault.edits.is_empty() {
            say!(
                "kpolicy check --fix で、全ての行を一度に直せます。次からは、タブの代わりに空白が入るように編集ソフトを設定します。",
                "kpolicy check --fix mends all lines at once. Then set the editor to write spaces in place of tabs."
            )
        } else if fault.edits.is_empty() {
            say!(
                "タブを消し、同じまとまりの上の行と同じ数の半角の空白を入れてください。",
                "Delete the tab and begin with as many spaces as the lines above that belong together."
            )
        } else {
            say!(
                "行の先頭のタブを消し、半角の空白を {width}文字入れてください。",
                "Delete the tab at the beginning of the line and type {width} spaces."
            )
        };
        let finding = finding.help(reading.with_still_read(help));
        let title = say!("タブを半角の空白にします", "replaces the tab by spaces");
        out.push(if fault.edits.is_empty() {
            finding.unsafe_fix(title, if all { likely(&tabs) } else { fault.likely.clone() })
        } else if all {
            finding.fix(title, tabs.iter().flat_map(|fault| fault.edits.clone()).collect())
        } else {
            finding.fix(title, fault.edits.clone())
        });
    }
}
