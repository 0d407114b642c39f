//! K013: a Japanese text over several lines, joined by spaces that nobody typed.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::{Level, ShapeFaultKind};
use crate::place::{FileId, Span};
use crate::rules::{Check, Rule, fields};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K013",
    name: "folded-japanese-text",
    level: Level::Warning,
    page: include_str!("folded_japanese_text.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    for fault in file.shape_faults.iter().filter(|fault| matches!(fault.kind, ShapeFaultKind::Folded)) {
        let key = fault.field.map_or("text", |field| field.key);
        let mended = block(&file.text, fault.span);
        // `>` itself is the slip, where there is one; the words below it may stay as they are.
        let sign = mended.as_ref().map(|(edit, _)| edit).filter(|edit| edit.span.start < fault.span.start);
        let place = sign.map_or(fault.span, |edit| Span { start: edit.span.start, end: edit.span.start + 1 });
        let help = match sign {
            Some(_) => say!("「>」を「|-」に替えてください: {key}: |-", "Write \"|-\" in place of \">\": {key}: |-"),
            None => by_lines(key, file.text.get(fault.span.range()).unwrap_or_default()),
        };
        let finding = Finding::new(
            &RULE,
            id.at(place),
            say!("行の継ぎ目に空白が入る書き方です", "in this way of writing a space appears where lines meet"),
        )
        .label(say!("長い文は「|-」で書き始めてください", "begin a long text with \"|-\""))
        .why(say!(
            "面談資料では、言葉の途中に空白が入って印刷されます。",
            "In the interview papers a space is printed in the middle of words."
        ))
        .help(help);
        let finding = fields::held(finding, id, fault);
        let title = say!("「|-」の書き方に直す", "write it with \"|-\"");
        out.push(match mended {
            Some((edit, true)) => finding.fix(title, vec![edit]),
            Some((edit, false)) => finding.unsafe_fix(title, vec![edit]),
            None => finding,
        });
    }
}

/// A line, or its beginning where it would not fit into a line of the screen.
fn beginning(line: &str) -> String {
    match line.char_indices().nth(30) {
        Some((end, _)) => format!("{}..", &line[..end]),
        None => line.to_owned(),
    }
}

/// How the text begins with `|-`.
fn by_lines(key: &str, written: &str) -> Say {
    let lines = written.trim_matches(['"', '\'']).lines().map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.take(2).map(|line| format!("  {}", beginning(line))).collect();
    let lines = lines.join("\n");
    say!(
        "一行に書くか、次のように「|-」で始めてください。\n{key}: |-\n{lines}",
        "Write it on one line, or begin it with \"|-\":\n{key}: |-\n{lines}"
    )
}

/// The text as a `|-` block, and whether that is certain: words of Latin letters that meet at the
/// end of a line would lose the space between them.
fn block(text: &str, span: Span) -> Option<(Edit, bool)> {
    let body = text.get(span.range())?;
    let before = text.get(..span.start as usize)?;
    let line = before.get(before.rfind('\n').map_or(0, |at| at + 1)..)?;
    if !line.trim().is_empty() {
        return from_scalar(text, body, line, span);
    }
    // A `>` stands on the last line above that is not blank.
    let head = before.trim_end();
    let start = head.rfind('\n').map_or(0, |at| at + 1);
    let sign = start + head.get(start..)?.find(" >")? + 1;
    let between = text.get(sign..span.start as usize)?;
    let header: String = between.chars().skip(1).take_while(|c| matches!(c, '+' | '-' | '0'..='9')).collect();
    let rest = between.get(1 + header.len()..)?;
    let digits = header.trim_matches(['+', '-']);
    let edit = Edit { span: Span::new(sign, span.start as usize), text: format!("|{digits}-{rest}") };
    Some((edit, meets_well(body.lines())))
}

/// A plain or quoted text that begins beside its field, and has nothing after it on its last line.
fn from_scalar(text: &str, body: &str, line: &str, span: Span) -> Option<(Edit, bool)> {
    let after = text.get(span.end as usize..)?.lines().next().unwrap_or_default();
    if !after.trim().is_empty() || line.contains(['{', '[']) || !line.ends_with(' ') {
        return None;
    }
    let quoted = body.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).filter(|inner| !inner.contains('\\'));
    let single =
        body.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).filter(|inner| !inner.contains('\''));
    let inner = match (quoted, single) {
        (Some(inner), _) | (_, Some(inner)) => inner,
        _ if body.starts_with(['"', '\'']) => return None,
        _ => body,
    };
    let below = inner.lines().skip(1).filter(|line| !line.trim().is_empty());
    let indent = below.map(|line| line.len() - line.trim_start_matches(' ').len()).min()?;
    // The lines must lie deeper than the field's name.
    let name = line.len() - line.trim_start_matches([' ', '-']).len();
    if indent <= name {
        return None;
    }
    let end = if text.get(span.range())?.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = inner
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| format!("{end}{}{}", " ".repeat(indent), line.trim()))
        .collect();
    Some((Edit { span, text: format!("|-{lines}") }, meets_well(inner.lines())))
}

/// True where no two Latin words meet at a line's end.
fn meets_well<'t>(lines: impl Iterator<Item = &'t str>) -> bool {
    let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.windows(2).all(|pair| {
        let last = pair.first().and_then(|line| line.chars().next_back());
        let first = pair.last().and_then(|line| line.chars().next());
        !(last.is_some_and(|c| c.is_ascii()) && first.is_some_and(|c| c.is_ascii()))
    })
}
