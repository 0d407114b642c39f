//! `check --format markdown`: the findings as a list for a comment or a page; no text of a plan or
//! file name can act as markup.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::report::checked::Checked;
use crate::report::coverage_markdown::escape;

/// How many there are, then each in one line, worst first.
pub fn write(checked: &Checked<'_>) -> String {
    let Checked { city, findings, lang, .. } = *checked;
    let (errors, warnings) = (checked.count(Level::Error), checked.count(Level::Warning));
    let mut text = lang.pick(
        format!("### 点検の結果　要修正 {errors}、要確認 {warnings}\n"),
        format!("### Findings: {errors} to mend, {warnings} to look at\n"),
    );
    for level in [Level::Error, Level::Warning, Level::Info] {
        if checked.count(level) > 0 {
            text.push_str(&format!("\n**{}**\n\n", level.name().get(lang)));
            text.extend(
                findings.iter().filter(|finding| finding.level == level).map(|finding| line(city, finding, lang)),
            );
        }
    }
    text
}

fn line(city: &City, finding: &Finding, lang: Lang) -> String {
    let (path, at) = (&city.file(finding.place.file).path, city.position(finding.place).line);
    format!("- {}:{at} {} {}\n", escape(path), finding.rule.code, escape(finding.message.get(lang)))
}
