//! `check --format github`: workflow commands, which GitHub, Gitea and Forgejo show beside the lines.
//!
//! A runner keeps ten of a level and cuts a message at 4,096 units of UTF-16, so the worst come
//! first and the last one says how many more there are. A column is taken only within one line.

use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::lang::Lang;
use crate::model::Level;
use crate::place::Place;
use crate::report::checked::Checked;
use crate::report::region::ends;
use crate::report::told::told;
use crate::ui::{harmless, without_commands};

/// Most commands of a level.
const MOST: usize = 10;
/// Most units of a message, in UTF-16.
const LONGEST: usize = 4000;

/// At most ten commands of each level.
pub fn write(checked: &Checked<'_>) -> String {
    let mut text = String::new();
    for (level, word) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "notice")] {
        let all = commands(checked, level);
        let shown = if all.len() > MOST { MOST - 1 } else { all.len() };
        text.extend(all.iter().take(shown).map(|command| command.line(checked, word)));
        let rest = all.len() - shown;
        if rest > 0 {
            text.push_str(&more(rest, level, word, checked.lang));
        }
    }
    text
}

/// One annotation.
struct Command {
    place: Place,
    title: String,
    message: String,
}

fn commands(checked: &Checked<'_>, level: Level) -> Vec<Command> {
    let lang = checked.lang;
    let drafted = |finding: &Finding| finding.level == Level::Info && finding.unfinished;
    let mut commands: Vec<Command> = Vec::new();
    let mut drafts: BTreeMap<_, (Place, usize)> = BTreeMap::new();
    for finding in checked.findings.iter().filter(|finding| finding.level == level) {
        if drafted(finding) {
            drafts.entry(finding.place.file).or_insert((finding.place, 0)).1 += 1;
            continue;
        }
        let title = format!("{} {} {}", level.name().get(lang), finding.rule.code, finding.rule.name);
        commands.push(Command { place: finding.place, title, message: told(finding, lang) });
    }
    // What a draft still lacks is one list, not an annotation each.
    commands.extend(drafts.into_values().map(|(place, count)| Command {
        place,
        title: lang.pick("下書き", "draft").to_owned(),
        message:
            lang.pick(format!("提出までに書くこと {count}か所"), format!("{count} to write before it is submitted")),
    }));
    commands
}

impl Command {
    fn line(&self, checked: &Checked<'_>, word: &str) -> String {
        let (start, end) = ends(checked.city, self.place);
        let mut place = format!("line={},endLine={}", start.line, end.line);
        if start.line == end.line {
            place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
        // A line end or colons in a name are escaped already.
        let path = without_commands(&property(&harmless(&checked.ci_path(self.place.file))));
        let message = data(cut(&self.message));
        format!("::{word} file={path},{place},title={}::{message}\n", property(&self.title))
    }
}

fn more(rest: usize, level: Level, word: &str, lang: Lang) -> String {
    let name = level.name().get(lang);
    let (title, message) = lang.pick(
        (
            format!("ほか {rest}件"),
            format!("{name}は、ほか {rest}件あります。kpolicy check --warnings で全てを確かめられます。"),
        ),
        (format!("and {rest} more"), format!("{rest} more of level {name}. kpolicy check --warnings shows them all.")),
    );
    format!("::{word} title={}::{}\n", property(&title), data(&message))
}

/// As much of a message as a runner keeps.
fn cut(message: &str) -> &str {
    let mut units = 0;
    let end = message.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > LONGEST
    });
    end.map_or(message, |(at, _)| &message[..at])
}

/// The words of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value among its properties, which colons and commas part.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
