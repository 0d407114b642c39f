//! The list of a draft: 提出までに書くこと N か所. A half-written plan is never in anybody's way.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::report::wrap::{cut, pad};
use crate::ui::harmless;

/// The list of what one plan still lacks.
pub fn list(city: &City, unfinished: &[&Finding], lang: Lang) -> String {
    let count = unfinished.len();
    let mut text =
        lang.pick(format!("提出までに書くこと {count}か所\n"), format!("To write before it is submitted: {count}\n"));
    let mut last = String::new();
    for finding in unfinished {
        let at = city.position(finding.place);
        let path = &city.file(finding.place.file).path;
        let name = path.rsplit('/').next().unwrap_or(path);
        let (heading, detail) = match &finding.todo {
            Some((heading, detail)) => (heading.get(lang).to_owned(), detail.get(lang).to_owned()),
            None => (String::new(), finding.message.get(lang).to_owned()),
        };
        let shown = if heading == last { String::new() } else { harmless(&heading) };
        last = heading;
        let place = harmless(&format!("{name}:{}", at.line));
        text.push_str(&format!("  {}{} {place}\n", pad(&cut(&shown, 14), 16), pad(&cut(&harmless(&detail), 42), 42)));
    }
    text
}
