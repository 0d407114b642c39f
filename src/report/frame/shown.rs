//! A finding in one language, as miette's protocol hands it on.

use std::fmt;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use crate::city::City;
use crate::finding::{Finding, Related};
use crate::lang::Lang;
use crate::model::Level;
use crate::place::Place;
use crate::report::frame::advice;

/// The lines of a file that a place touches.
#[derive(Debug)]
pub(super) struct Lines {
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
pub(super) struct Shown {
    code: String,
    level: Level,
    pub(super) message: String,
    label: String,
    pub(super) help: Vec<(&'static str, String)>,
    source: Lines,
    /// Where the level was set: said beside the place, because it needs no line of its own.
    level_set: Option<String>,
    span: SourceSpan,
    pub(super) related: Vec<Shown>,
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

    /// What is to be said beside the place.
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.level_set.as_ref().map(|words| Box::new(words) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(Some(self.label.clone()), self.span))))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.related.iter().map(|related| related as &dyn Diagnostic)))
    }
}

impl Shown {
    pub(super) fn new(city: &City, finding: &Finding, lang: Lang) -> Shown {
        let (source, span) = lines(city, finding.place);
        let others = finding.related.iter().filter(|related| Some(related.place) != finding.level_set);
        let related = others.map(|related| Shown::related(city, related, lang)).collect();
        let level_set = finding.level_set.map(|place| {
            let (path, line) = (&city.file(place.file).path, city.position(place).line);
            lang.pick(format!("（重さは {path}:{line} で決定）"), format!(" (level set at {path}:{line})"))
        });
        Shown {
            code: finding.rule.code.to_owned(),
            level: finding.level,
            message: finding.message.get(lang).to_owned(),
            label: finding.label.get(lang).to_owned(),
            help: advice(finding, lang),
            source,
            level_set,
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
            level_set: None,
            span,
            related: Vec::new(),
        }
    }
}

/// The first line of a place; a place of several lines is underlined to the end of its first.
pub(super) fn lines(city: &City, place: Place) -> (Lines, SourceSpan) {
    let file = city.file(place.file);
    let position = file.lines().position(&file.text, place.span.start);
    let line = file.lines().line_span(&file.text, position.line);
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
