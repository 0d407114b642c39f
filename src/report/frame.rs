//! A finding as people see it on a terminal: what, where, why, what to type.
//!
//! The finding is given to miette's protocol ([`miette::Diagnostic`], [`miette::SourceCode`]) and
//! drawn by our own [`miette::ReportHandler`]: miette's drawings put English words between the
//! parts and use characters whose width differs between consoles. A source is a slice of lines
//! with a known first line, so that a file is never scanned again for each finding.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, ReportHandler, Severity, SourceCode, SourceSpan,
    SpanContents,
};

use crate::city::City;
use crate::finding::{Finding, Related};
use crate::lang::Lang;
use crate::model::Level;
use crate::place::{Place, Span};
use crate::report::wrap::{cut, pad, width, wrap};
use crate::ui::{Tone, harmless, paint};

/// The drawing beside `said` lines of words. Where both would be more than [`MOST`] lines, the gap
/// above the line of the file goes first, then the end of what is quoted from other places, then
/// the other places themselves, the last first.
fn fitted(shown: &Shown, columns: usize, color: bool, said: usize) -> String {
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

/// The lines of a file that a place touches.
#[derive(Debug)]
struct Lines {
    name: String,
    text: String,
    /// Offset of `text` in the file.
    offset: usize,
    /// Line of its beginning, from 0.
    line: usize,
    /// Column of the place, from 1.
    column: usize,
}

impl SourceCode for Lines {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if span.offset() < self.offset || span.offset() + span.len() > self.offset + self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from((self.offset, self.text.len()));
        let contents =
            MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, self.line, self.column, 1);
        Ok(Box::new(contents))
    }
}

/// A finding, or one of its other places, in one language.
#[derive(Debug)]
struct Shown {
    code: String,
    level: Level,
    message: String,
    label: String,
    help: Vec<(&'static str, String)>,
    source: Lines,
    span: SourceSpan,
    related: Vec<Shown>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info | Level::Off => Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(Some(self.label.clone()), self.span))))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.related.iter().map(|related| related as &dyn Diagnostic)))
    }
}

impl Shown {
    fn new(city: &City, finding: &Finding, lang: Lang) -> Shown {
        let (source, span) = lines(city, finding.place);
        let related = finding.related.iter().map(|related| Shown::related(city, related, lang)).collect();
        Shown {
            code: finding.rule.code.to_owned(),
            level: finding.level,
            message: finding.message.get(lang).to_owned(),
            label: finding.label.get(lang).to_owned(),
            help: advice(finding, lang),
            source,
            span,
            related,
        }
    }

    fn related(city: &City, related: &Related, lang: Lang) -> Shown {
        let (source, span) = lines(city, related.place);
        Shown {
            code: String::new(),
            level: Level::Info,
            message: related.message.get(lang).to_owned(),
            label: related.quote.clone().unwrap_or_default(),
            help: Vec::new(),
            source,
            span,
            related: Vec::new(),
        }
    }
}

/// What stands below a finding: a heading and its words.
pub(super) fn advice(finding: &Finding, lang: Lang) -> Vec<(&'static str, String)> {
    let mut help = vec![(lang.pick("理由", "why"), finding.why.get(lang).to_owned())];
    help.push((lang.pick("直し方", "fix"), finding.help.get(lang).to_owned()));
    let near: Vec<String> = finding.nearest.iter().map(|(id, title)| format!("{id}  {}", cut(title, 44))).collect();
    help.push((lang.pick("近いもの", "nearest"), near.join("\n")));
    help.push((lang.pick("確かめる", "look"), finding.look.clone().unwrap_or_default()));
    help.retain(|(_, text)| !text.is_empty());
    help
}

/// The first line of a place; a place of several lines is underlined to the end of its first.
fn lines(city: &City, place: Place) -> (Lines, SourceSpan) {
    let file = city.file(place.file);
    let position = file.lines.position(&file.text, place.span.start);
    let line = file.lines.line_span(&file.text, position.line);
    let start = place.span.start.clamp(line.start, line.end);
    let end = place.span.end.clamp(start, line.end);
    let text = file.text.get(line.range()).unwrap_or_default().to_owned();
    let source = Lines {
        name: file.path.clone(),
        text,
        offset: line.start as usize,
        line: position.line as usize - 1,
        column: position.column as usize,
    };
    (source, SourceSpan::from((start as usize, (end - start) as usize)))
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
        let place = format!("{}:{number}:{}", harmless(contents.name().unwrap_or_default()), contents.column());
        writeln!(f, "{}{} {place}", " ".repeat(gutter), quiet("-->"))?;
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

/// Draws a finding with its heading and its reasons.
pub fn whole(city: &City, finding: &Finding, lang: Lang, columns: usize, color: bool) -> String {
    let shown = Shown::new(city, finding, lang);
    let tone = match finding.level {
        Level::Error => Tone::Error,
        Level::Warning => Tone::Warning,
        Level::Info | Level::Off => Tone::Info,
    };
    let heading = paint(color, tone, &format!("{} [{}]", finding.level.name().get(lang), finding.rule.code));
    let columns = columns.clamp(40, 100);
    let said = said(&shown, lang, columns);
    let (what, help) = said.split_at(heading_lines(&shown, columns).len());
    let mut text = format!("{heading} ");
    what.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text.push_str(&fitted(&shown, columns, color, said.len()));
    help.iter().for_each(|line| text.push_str(&format!("{line}\n")));
    text
}

/// The lines of what is wrong; those after the first are set under its first word.
fn heading_lines(shown: &Shown, columns: usize) -> Vec<String> {
    let lines = wrap(&harmless(&shown.message), columns.saturating_sub(HEADING)).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { line } else { format!("{}{line}", " ".repeat(HEADING)) }).collect()
}

/// Columns of `要修正 [K001] `.
const HEADING: usize = 14;

/// All words of a finding but those in its drawing: what is wrong, then why and what to type.
fn said(shown: &Shown, lang: Lang, columns: usize) -> Vec<String> {
    let indent = lang.pick(10, 9);
    let mut said = heading_lines(shown, columns);
    for (heading, words) in &shown.help {
        for (at, line) in wrap(&harmless(words), columns - indent).iter().enumerate() {
            let head = if at == 0 { pad(heading, indent) } else { " ".repeat(indent) };
            said.push(format!("{head}{line}"));
        }
    }
    said
}

/// The span of a finding within its first line, for formats that underline by themselves.
pub fn first_line(city: &City, place: Place) -> Span {
    let (_, span) = lines(city, place);
    Span::new(span.offset(), span.offset() + span.len())
}
