//! Makes and writes papers, several at a time: each whole or not at all.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fonts;
use super::render::{Failure, date, ending, render};
use crate::error::Error;
use crate::packet::{self, Inputs, Options, Packet};
use crate::place::FileId;
use crate::report::pages;
use crate::store::write_whole;

/// What the papers are called.
const PAPER: &str = "面談資料";

/// A file that was written.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) path: PathBuf,
    pub(super) department: usize,
    /// Pages of a PDF.
    pub(super) pages: Option<usize>,
}

/// What papers are made from, and how.
pub(super) struct Press<'a> {
    pub(super) inputs: Inputs<'a>,
    pub(super) options: &'a Options,
    pub(super) formats: &'a [String],
    pub(super) folder: &'a Path,
    pub(super) fonts: Option<&'a fonts::Set>,
}

impl Press<'_> {
    /// Papers of all these departments: what was written, and what stopped the others.
    pub(super) fn run(&self, departments: &[usize]) -> (Vec<Written>, Option<Error>) {
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::new());
        let work = || {
            while let Some(department) = departments.get(next.fetch_add(1, Ordering::Relaxed)) {
                let made = self.department(*department);
                results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((*department, made));
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(departments.len()).min(8);
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(work);
            }
            work();
        });
        let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        results.sort_by_key(|(department, _)| departments.iter().position(|it| it == department));
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

    /// Makes the papers in all formats, and only then writes them.
    fn department(&self, department: usize) -> Result<Vec<Written>, Failure> {
        let packet = packet::build(Inputs { department, ..self.inputs }, self.options);
        let made: Vec<(PathBuf, Vec<u8>, Option<usize>)> =
            self.formats.iter().map(|format| self.render(&packet, format)).collect::<Result<_, _>>()?;
        let mut written = Vec::new();
        for (path, bytes, pages) in made {
            write_whole(&path, &bytes).map_err(Failure::Other)?;
            written.push(Written { path, department, pages });
        }
        Ok(written)
    }

    fn render(&self, packet: &Packet, format: &str) -> Result<(PathBuf, Vec<u8>, Option<usize>), Failure> {
        let lang = self.options.lang;
        let path = self.folder.join(file_name(packet, format));
        let (bytes, pages) = match format {
            "json" => ((serde_json::to_string_pretty(packet).unwrap_or_default() + "\n").into_bytes(), None),
            _ => render(&pages::packet(packet, lang), format, self.fonts, date(&packet.provenance, packet.day))?,
        };
        Ok((path, bytes, pages))
    }
}

/// Names come from ids only, which are safe as file names.
fn file_name(packet: &Packet, format: &str) -> String {
    format!("{}-{}.{}", packet.department.id, packet.audience.id(), ending(format))
}
