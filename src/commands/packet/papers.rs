//! Makes and writes papers, several at a time: each whole or not at all.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fonts;
use super::render::{Failure, date, ending, render};
use crate::cores;
use crate::date::Date;
use crate::error::Error;
use crate::packet::{self, Cover, Day, Inputs, Options, Submission};
use crate::place::FileId;
use crate::report::escape;
use crate::report::pages::{self, Document};
use crate::say;
use crate::store::write_one_of;

/// What the papers are called.
const PAPER: &str = "面談資料";

/// A file that was written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) path: PathBuf,
    /// None for the cover of a day.
    pub(super) department: Option<usize>,
    /// Pages of a PDF.
    pub(super) pages: Option<usize>,
}

/// One paper, before it is given a format.
struct Paper<'p, T> {
    /// The file's name without its ending, made of ids only, which are safe there.
    name: String,
    department: Option<usize>,
    facts: &'p T,
    document: Document,
    /// The day on which it says it was made.
    date: Date,
}

/// What papers are made from, and how.
pub(super) struct Press<'a> {
    pub(super) inputs: Inputs<'a>,
    pub(super) options: &'a Options,
    pub(super) formats: &'a [String],
    pub(super) folder: &'a Path,
    pub(super) fonts: Option<&'a fonts::Set>,
    /// Plans as they were handed in, by department.
    pub(super) submissions: &'a [(usize, Submission)],
}

impl Press<'_> {
    /// Papers of all these departments: what was written, and what stopped the others.
    pub(super) fn run(&self, departments: &[usize]) -> (Vec<Written>, Option<Error>) {
        let make = |at: usize| (departments[at], self.department(departments[at]));
        let results = cores::each(departments.len(), make);
        self.sort_out(results)
    }

    fn sort_out(&self, results: Vec<(usize, Result<Vec<Written>, Failure>)>) -> (Vec<Written>, Option<Error>) {
        let (mut written, mut absent, mut files, mut error) = (Vec::new(), BTreeSet::new(), BTreeSet::new(), None);
        let mut whose = Vec::new();
        for (department, result) in results {
            match result {
                Ok(papers) => written.extend(papers),
                Err(Failure::Absent(characters)) => {
                    absent.extend(characters);
                    whose.push(self.inputs.year.departments[department].name());
                    files.extend(self.plan_file(department));
                }
                Err(Failure::Other(other)) => error = error.or(Some(other)),
            }
        }
        if let (false, Some(fonts)) = (absent.is_empty(), self.fonts) {
            let city = self.inputs.year.city;
            // Plans first, then what they share, then plans that are cited.
            let mut places: Vec<FileId> = files.iter().copied().collect();
            places.extend(city.file_ids().filter(|id| !files.contains(id)));
            error = error.or_else(|| Some(fonts.refuse(PAPER, city, &whose, &places, &absent)));
        }
        (written, error)
    }

    fn plan_file(&self, department: usize) -> Option<FileId> {
        let year = self.inputs.year;
        year.city.years.get(&year.year)?.plans.get(year.departments[department].id()).copied()
    }

    /// The cover of a day.
    pub(super) fn cover(&self, on: Date, departments: &[usize]) -> Result<Vec<Written>, Error> {
        let packet =
            |department: &usize| packet::build(Inputs { department: *department, ..self.inputs }, self.options);
        let packets: Vec<_> = departments.iter().map(packet).collect();
        let facts = Cover::new(on, &packets);
        let document = pages::cover(&facts, self.options.lang);
        let date = date(&self.options.provenance, Day(self.inputs.year.day));
        let paper = Paper { name: format!("{on}-cover"), department: None, facts: &facts, document, date };
        self.print(&paper).map_err(|failure| match failure {
            Failure::Other(error) => error,
            Failure::Absent(characters) => match self.fonts {
                Some(fonts) => {
                    let city = self.inputs.year.city;
                    let places: Vec<FileId> = city.file_ids().collect();
                    let cover = self.options.lang.pick("当日の表紙", "the cover");
                    fonts.refuse(cover, city, &[cover], &places, &characters.into_iter().collect())
                }
                None => Error::environment(say!("PDF を作れません。", "cannot write PDF.")),
            },
        })
    }

    fn department(&self, department: usize) -> Result<Vec<Written>, Failure> {
        let inputs = Inputs { department, ..self.inputs };
        let mut packet = packet::build(inputs, self.options);
        let submission = self.submissions.iter().find(|(of, _)| *of == department);
        packet.since_submission = submission.and_then(|(_, it)| packet::since_submission(inputs, it));
        let name = format!("{}-{}", packet.department.id, packet.audience.id());
        let document = pages::packet(&packet, self.options.lang);
        let date = date(&self.options.provenance, packet.day);
        self.print(&Paper { name, department: Some(department), facts: &packet, document, date })
    }

    /// Makes a paper in all formats, and only then writes it.
    fn print<T: serde::Serialize>(&self, paper: &Paper<'_, T>) -> Result<Vec<Written>, Failure> {
        let made: Vec<(PathBuf, Vec<u8>, Option<usize>)> =
            self.formats.iter().map(|format| self.render(paper, format)).collect::<Result<_, _>>()?;
        let mut written = Vec::new();
        for (path, bytes, pages) in made {
            write_one_of(&path, &bytes).map_err(Failure::Other)?;
            written.push(Written { path, department: paper.department, pages });
        }
        Ok(written)
    }

    fn render<T: serde::Serialize>(
        &self,
        paper: &Paper<'_, T>,
        format: &str,
    ) -> Result<(PathBuf, Vec<u8>, Option<usize>), Failure> {
        let path = self.folder.join(format!("{}.{}", paper.name, ending(format)));
        let (bytes, pages) = match format {
            "json" => (escape::json(paper.facts).into_bytes(), None),
            _ => render(&paper.document, format, self.fonts, paper.date)?,
        };
        Ok((path, bytes, pages))
    }
}
