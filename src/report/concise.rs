//! One line a finding: `path:line:column: 要修正 K201 message`, for `grep` and editors' problem lists.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::report::checked::Checked;
use crate::ui::harmless;

/// All findings.
pub fn write(checked: &Checked<'_>) -> String {
    checked.findings.iter().map(|finding| line(checked.city, finding, checked.lang)).collect()
}

fn line(city: &City, finding: &Finding, lang: Lang) -> String {
    let at = city.position(finding.place);
    let path = harmless(&city.file(finding.place.file).path).replace('\n', " ");
    let level = finding.level.name().get(lang);
    let near = match finding.nearest.first() {
        Some((id, _)) => lang.pick(format!("（{id}?）"), format!(" ({id}?)")),
        None => String::new(),
    };
    let message = harmless(finding.message.get(lang)).replace('\n', " ");
    format!("{path}:{}:{}: {level} {} {message}{near}\n", at.line, at.column, finding.rule.code)
}
