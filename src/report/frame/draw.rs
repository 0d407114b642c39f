//! The drawing: the place, its line, what is underlined, and the other places.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, ReportHandler, SpanContents};

use crate::report::frame::shown::Shown;
use crate::report::wrap::{cut, width, wrap};
use crate::ui::{Tone, harmless, paint};

/// The drawing beside `said` lines of words. Where both would be more than [`MOST`] lines, the gap
/// above the line of the file goes first, then the end of what is quoted from other places, then
/// the other places themselves, the last first.
pub(super) fn fitted(shown: &Shown, columns: usize, color: bool, said: usize) -> String {
    let draw = |gap, quoted, places| {
        let frame = Frame { columns, color, gap, quoted, places };
        Drawn { frame: &frame, shown }.to_string()
    };
    let places = shown.related.len();
    let mut ways = vec![(true, QUOTED, places)];
    ways.extend((0..=QUOTED).rev().map(|quoted| (false, quoted, places)));
    ways.extend((0..places).rev().map(|places| (false, 0, places)));
    let mut drawn = String::new();
    for (gap, quoted, places) in ways {
        drawn = draw(gap, quoted, places);
        if drawn.lines().count() + said <= MOST {
            break;
        }
    }
    drawn
}

struct Drawn<'a> {
    frame: &'a Frame,
    shown: &'a Shown,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.frame.debug(self.shown, f)
    }
}

/// Most lines of a finding: what, where, why and what to type stay on one screen.
const MOST: usize = 12;

/// Most lines quoted from another place.
const QUOTED: usize = 3;

/// The drawing.
struct Frame {
    columns: usize,
    color: bool,
    /// True for an empty line between the path and the line of the file.
    gap: bool,
    /// Most lines quoted from another place.
    quoted: usize,
    /// Most other places.
    places: usize,
}

impl ReportHandler for Frame {
    fn debug(&self, error: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(source), Some(mut labels)) = (error.source_code(), error.labels()) else {
            return write!(f, "{error}");
        };
        let Some(label) = labels.next() else { return write!(f, "{error}") };
        let contents = source.read_span(label.inner(), 0, 0).map_err(|_| fmt::Error)?;
        let number = (contents.line() + 1).to_string();
        let gutter = number.len().max(2);
        let beside = error.help().map(|words| harmless(&words.to_string())).unwrap_or_default();
        let place = format!("{}:{number}:{}", harmless(contents.name().unwrap_or_default()), contents.column());
        writeln!(f, "{}{} {place}{beside}", " ".repeat(gutter), paint(self.color, Tone::Quiet, "-->"))?;
        self.code_frame(f, &*contents, &label, &number, gutter)?;
        for related in error.related().into_iter().flatten().take(self.places) {
            self.other_place(f, related, gutter)?;
        }
        Ok(())
    }
}

impl Frame {
    fn code_frame(
        &self,
        f: &mut fmt::Formatter<'_>,
        contents: &dyn SpanContents<'_>,
        label: &LabeledSpan,
        number: &str,
        gutter: usize,
    ) -> fmt::Result {
        let quiet = |text: &str| paint(self.color, Tone::Quiet, text);
        let text = std::str::from_utf8(contents.data()).unwrap_or_default();
        let from = label.offset() - contents.span().offset();
        let (line, before, marked) = window(text, from, from + label.len(), self.columns.saturating_sub(gutter + 3));
        if line.trim().is_empty() && label.is_empty() {
            let words = label.label().unwrap_or_default();
            return if words.is_empty() { Ok(()) } else { self.beside(f, gutter, 0, words) };
        }
        let bar = quiet("|");
        if self.gap {
            writeln!(f, "{} {bar}", " ".repeat(gutter))?;
        }
        writeln!(f, "{number:>gutter$} {bar} {line}")?;
        let carets = paint(self.color, Tone::Error, &"^".repeat(marked.max(1)));
        let words = harmless(label.label().unwrap_or_default());
        let indent = before + marked.max(1) + 1;
        if indent + width(&words) + gutter + 3 <= self.columns {
            writeln!(f, "{} {bar} {}{carets} {words}", " ".repeat(gutter), " ".repeat(before))?;
        } else {
            writeln!(f, "{} {bar} {}{carets}", " ".repeat(gutter), " ".repeat(before))?;
            self.beside(f, gutter, 0, &words)?;
        }
        Ok(())
    }

    /// Words beside the bar, wrapped.
    fn beside(&self, f: &mut fmt::Formatter<'_>, gutter: usize, indent: usize, words: &str) -> fmt::Result {
        for line in wrap(words, self.columns.saturating_sub(gutter + 3 + indent)) {
            writeln!(f, "{} {} {}{line}", " ".repeat(gutter), paint(self.color, Tone::Quiet, "|"), " ".repeat(indent))?;
        }
        Ok(())
    }

    fn other_place(&self, f: &mut fmt::Formatter<'_>, related: &dyn Diagnostic, gutter: usize) -> fmt::Result {
        let (Some(source), Some(mut labels)) = (related.source_code(), related.labels()) else { return Ok(()) };
        let Some(label) = labels.next() else { return Ok(()) };
        let contents = source.read_span(label.inner(), 0, 0).map_err(|_| fmt::Error)?;
        let name = harmless(contents.name().unwrap_or_default());
        let message = harmless(&related.to_string());
        let mark = paint(self.color, Tone::Quiet, ":::");
        writeln!(f, "{}{mark} {name}:{}  {}", " ".repeat(gutter), contents.line() + 1, message.trim_end())?;
        let quote = harmless(label.label().unwrap_or_default());
        let room = self.columns.saturating_sub(gutter + 4);
        let lines = wrap(&quote, room);
        for (at, line) in lines.iter().take(self.quoted).enumerate().filter(|(_, line)| !line.is_empty()) {
            let more = at + 1 == self.quoted && lines.len() > self.quoted;
            let line = if more {
                cut(&format!("{line}{}", " ".repeat(room)), width(line).min(room - 2) + 2)
            } else {
                line.clone()
            };
            writeln!(f, "{} {}  {line}", " ".repeat(gutter), paint(self.color, Tone::Quiet, "|"))?;
        }
        Ok(())
    }
}

/// The part of a line around a place that fits, columns before the place, columns of the place.
fn window(line: &str, from: usize, to: usize, columns: usize) -> (String, usize, usize) {
    let part = |range: std::ops::Range<usize>| line.get(range).map(harmless).unwrap_or_default();
    let (before, marked, after) = (part(0..from), part(from..to), part(to..line.len()));
    let marked = cut(&marked, columns.saturating_sub(8).max(8));
    let room = columns.saturating_sub(width(&marked));
    let before = if width(&before) > room.saturating_sub(4) {
        shorten_front(&before, room.saturating_sub(10).min(20))
    } else {
        before
    };
    let after = cut(&after, columns.saturating_sub(width(&before) + width(&marked)).max(2));
    let widths = (width(&before), width(&marked));
    (format!("{before}{marked}{after}").trim_end().to_owned(), widths.0, widths.1)
}

/// The end of a text, with `..` where its beginning was cut.
fn shorten_front(text: &str, columns: usize) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut used = 2;
    for c in text.chars().rev() {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > columns.max(4) {
            break;
        }
        kept.push(c);
    }
    format!("..{}", kept.into_iter().rev().collect::<String>())
}
