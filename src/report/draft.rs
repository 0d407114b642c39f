//! The list of a draft: 提出までに書くこと N か所. A half-written plan is never in anybody's way.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::report::wrap::{cut, pad, width};
use crate::ui::harmless;

/// The list of what one plan still lacks.
pub fn list(city: &City, unfinished: &[&Finding], lang: Lang) -> String {
    let count = unfinished.len();
    let mut text =
        lang.pick(format!("提出までに書くこと {count}か所\n"), format!("To write before it is submitted: {count}\n"));
    let year = |finding: &&Finding| city.file(finding.place.file).role.year;
    // Drafts of two years have files of one name.
    let several = unfinished.iter().any(|finding| year(finding) != unfinished.first().and_then(year));
    let place = |finding: &Finding| {
        let path = &city.file(finding.place.file).path;
        let name = if several { path.strip_prefix("departments/") } else { path.rsplit('/').next() };
        let name = name.unwrap_or(path);
        harmless(&format!("{name}:{}", city.position(finding.place).line))
    };
    let longest = unfinished.iter().map(|finding| width(&place(finding))).max().unwrap_or_default();
    let room = 80_usize.saturating_sub(21 + longest).clamp(24, 42);
    let mut last = String::new();
    for finding in unfinished {
        let (heading, detail) = match &finding.todo {
            Some((heading, detail)) => (heading.get(lang).trim_end().to_owned(), detail.get(lang).to_owned()),
            None => (String::new(), finding.message.get(lang).to_owned()),
        };
        let shown = if heading == last { String::new() } else { harmless(&heading) };
        last = heading;
        let (detail, place) = (pad(&cut(&harmless(&detail), room), room), place(finding));
        text.push_str(&format!("  {}{detail} {place}\n", pad(&cut(&shown, 16), 18)));
    }
    text
}
