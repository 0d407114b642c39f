//! `check --format checkstyle`: for Jenkins and other readers of Checkstyle's XML.

use crate::finding::Finding;
use crate::place::FileId;
use crate::report::checked::Checked;
use crate::report::escape::xml;
use crate::report::told::told;

/// The whole document; a file appears where something was found in it.
pub fn write(checked: &Checked<'_>) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"10.0\">\n".to_owned();
    // Findings lie in the order of files.
    for findings in checked.findings.chunk_by(|a, b| a.place.file == b.place.file) {
        let file = findings.first().map_or(FileId(0), |finding| finding.place.file);
        text.push_str(&format!("  <file name=\"{}\">\n", xml(&checked.ci_path(file))));
        text.extend(findings.iter().map(|finding| error(checked, finding)));
        text.push_str("  </file>\n");
    }
    text.push_str("</checkstyle>\n");
    text
}

fn error(checked: &Checked<'_>, finding: &Finding) -> String {
    let at = checked.city.position(finding.place);
    format!(
        "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"kpolicy.{}\"/>\n",
        at.line,
        at.column,
        finding.level.id(),
        xml(&told(finding, checked.lang)),
        finding.rule.code,
    )
}
