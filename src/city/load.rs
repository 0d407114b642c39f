//! From a snapshot to a [`City`]: every file read once, on all cores, in an order that does not
//! depend on them.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use arcstr::ArcStr;

use crate::city::file::{CityFile, Doc, Slips};
use crate::city::layout::{Misplaced, Role, role};
use crate::city::{City, YearFiles};
use crate::cores;
use crate::date::FiscalYear;
use crate::model::{Decoder, Interviews, Organization, Plan, Policy, References, Settings, ShapeFault};
use crate::place::{FileId, Span};
use crate::shape::FileKind;
use crate::source::{Fault, FaultKind, MAX_BYTES, Readable, Vocabulary, decode_bytes, read};
use crate::store::{Content, Entry, Snapshot};

pub(super) fn load(snapshot: &Snapshot) -> City {
    let entries: Vec<(&str, &Entry)> = snapshot.entries().collect();
    assemble(read_all(&entries).into_iter().map(Arc::new).collect())
}

/// The files of `before` stay as they were decoded, but for those at `changed`.
pub(super) fn reload(before: &City, snapshot: &Snapshot, changed: &BTreeSet<String>) -> City {
    let known: HashMap<&str, &Arc<CityFile>> = before.files.iter().map(|file| (file.path.as_str(), file)).collect();
    let keep = |path: &str| known.get(path).filter(|_| !changed.contains(path)).map(|file| Arc::clone(file));
    let entries: Vec<(&str, &Entry)> = snapshot.entries().filter(|(path, _)| keep(path).is_none()).collect();
    let mut read = read_all(&entries).into_iter().map(Arc::new);
    let files = snapshot.entries().filter_map(|(path, _)| keep(path).or_else(|| read.next()));
    assemble(files.collect())
}

pub(super) fn assemble(files: Vec<Arc<CityFile>>) -> City {
    let mut city = City { files, ..City::default() };
    arrange(&mut city);
    city
}

/// Loads one version of a city after another; a file that both hold is decoded once.
#[derive(Default)]
pub struct Loader {
    /// By path and the id of the content.
    known: HashMap<(String, String), Arc<CityFile>>,
}

impl Loader {
    /// Puts together a version of which each file is given by its path, the id of its content, and
    /// the way to the content; files must be sorted by path.
    pub fn load<E>(
        &mut self,
        files: &[(String, String)],
        read: &mut dyn FnMut(&str) -> Result<Entry, E>,
    ) -> Result<City, E> {
        let mut loaded = Vec::with_capacity(files.len());
        for key in files {
            let file = match self.known.get(key) {
                Some(file) => file.clone(),
                None => Arc::new(read_file(&key.0, &read(&key.1)?)),
            };
            loaded.push(file);
        }
        // What this version no longer holds seldom comes back, and would fill the memory.
        self.known = files.iter().cloned().zip(loaded.iter().cloned()).collect();
        Ok(assemble(loaded))
    }
}

fn read_all(entries: &[(&str, &Entry)]) -> Vec<CityFile> {
    let read = |entry: &(&str, &Entry)| read_file(entry.0, entry.1);
    if entries.len() < cores::WORTH {
        return entries.iter().map(read).collect();
    }
    cores::each(entries.len(), |at| read(&entries[at]))
}

fn read_file(path: &str, entry: &Entry) -> CityFile {
    let role = role(path);
    let mut file = CityFile {
        path: path.to_owned(),
        role,
        text: ArcStr::new(),
        lines: OnceLock::new(),
        readable: Readable::Nothing,
        headings: 0,
        faults: Vec::new(),
        shape_faults: Vec::new(),
        allows: Vec::new(),
        doc: Doc::None,
        slips: Slips::default(),
        refused: None,
        io_error: None,
    };
    match entry {
        Entry::Unsafe(kind) => file.refused = Some(*kind),
        Entry::File(content) => read_content(&mut file, content),
    }
    file
}

fn read_content(file: &mut CityFile, content: &Content) {
    let bytes = match content.read(MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => {
            file.io_error = Some(error.to_string());
            return;
        }
    };
    if bytes.len() > MAX_BYTES {
        file.faults.push(Fault::new(Span::at(0), FaultKind::TooLarge { bytes: bytes.len() }));
        return;
    }
    match decode_bytes(bytes) {
        Ok(text) => file.text = text,
        Err((line, guess)) => {
            file.faults.push(Fault::new(Span::at(0), FaultKind::NotUtf8 { guess, line }));
            return;
        }
    }
    static NONE: std::sync::LazyLock<Vocabulary> = std::sync::LazyLock::new(Vocabulary::default);
    let words = file.role.kind.map_or(&*NONE, FileKind::vocabulary);
    let mut faults = Vec::new();
    let (mut doc, mut shape_faults) = (Doc::None, Vec::<ShapeFault>::new());
    let (kind, text) = (file.role.kind, &file.text);
    let (mut headings, mut allows) = (0, Vec::new());
    let readable = read(text, words, &mut faults, &mut |tree, part| {
        headings += tree.root().map_or(0, |root| tree.field_count(root));
        let silencing = tree.comments().filter(|(_, comment)| comment.contains("kpolicy: allow"));
        allows.extend(silencing.map(|(span, _)| span));
        let Some(kind) = kind else { return };
        let mut decoder = Decoder::new(tree, text, part);
        let next = decode(kind, &mut decoder);
        shape_faults.extend(decoder.finish());
        doc = match (std::mem::replace(&mut doc, Doc::None), next) {
            (Doc::Plan(mut plan), Doc::Plan(more)) => {
                plan.merge(*more);
                Doc::Plan(plan)
            }
            (_, next) => next,
        };
    });
    let twice = shape_faults.iter().any(|fault| matches!(fault.kind, crate::model::ShapeFaultKind::TwiceNamed { .. }));
    // An anchor, alias or tag stands where a value should: what it lacks follows from that.
    let foreign = faults.iter().filter(|fault| matches!(fault.kind, FaultKind::Unsupported(_)));
    let foreign: std::collections::HashSet<u32> = foreign.map(|fault| file.lines().line(fault.span.start)).collect();
    shape_faults.retain(|fault| !foreign.contains(&file.lines().line(fault.span.start)));
    // `status` and `"st\u0061tus"` are spelt differently, but the tree has reported one name twice.
    let doubled = faults.iter().filter(|fault| matches!(fault.kind, FaultKind::DuplicateKey { .. }));
    let doubled: std::collections::HashSet<Span> = doubled.map(|fault| fault.span).collect();
    let is_told = |fault: &ShapeFault| {
        matches!(fault.kind, crate::model::ShapeFaultKind::TwiceNamed { .. }) && doubled.contains(&fault.span)
    };
    shape_faults.retain(|fault| !is_told(fault));
    file.readable = if twice && readable == Readable::Whole { Readable::Parts } else { readable };
    file.headings = headings;
    file.slips = Slips::new(&shape_faults);
    (file.faults, file.shape_faults, file.doc) = (faults, shape_faults, doc);
    file.allows = allows;
}

fn decode(kind: FileKind, decoder: &mut Decoder<'_>) -> Doc {
    match kind {
        FileKind::Settings => Doc::Settings(Settings::decode(decoder)),
        FileKind::Policy => Doc::Policy(Box::new(Policy::decode(decoder))),
        FileKind::References => Doc::References(References::decode(decoder)),
        FileKind::Organization => Doc::Organization(Organization::decode(decoder)),
        FileKind::Interviews => Doc::Interviews(Interviews::decode(decoder)),
        FileKind::Plan => Doc::Plan(Box::new(Plan::decode(decoder))),
    }
}

/// Sorts files into years. A file in its proper place counts before a misplaced one; years exist
/// where `policy/` has a folder for them.
fn arrange(city: &mut City) {
    let years: Vec<FiscalYear> =
        city.files.iter().filter(|file| file.path.starts_with("policy/")).filter_map(|file| file.role.year).collect();
    let newest = years.iter().max().copied();
    for year in years {
        city.years.entry(year).or_default();
    }
    let mut order: Vec<FileId> = city.file_ids().collect();
    order.sort_by_key(|id| city.file(*id).role.misplaced.is_some());
    for id in order {
        let role = city.file(id).role.clone();
        place(city, id, &role, newest);
    }
}

fn place(city: &mut City, id: FileId, role: &Role, newest: Option<FiscalYear>) {
    let Some(kind) = role.kind else { return };
    if kind == FileKind::Settings {
        city.settings_file.get_or_insert(id);
        return;
    }
    // A plan that lies directly under `departments/` can only be meant for the year in hand.
    let year = match (role.year, role.misplaced) {
        (None, Some(Misplaced::NoYear)) if kind == FileKind::Plan => newest,
        (year, _) => year,
    };
    let Some(files) = year.and_then(|year| city.years.get_mut(&year)) else { return };
    let first = match kind {
        FileKind::Plan => {
            let Some(department) = role.department.clone() else { return };
            *files.plans.entry(department).or_insert(id)
        }
        kind => *slot(files, kind).get_or_insert(id),
    };
    if first != id {
        files.doubles.push((id, first));
    }
}

fn slot(files: &mut YearFiles, kind: FileKind) -> &mut Option<FileId> {
    match kind {
        FileKind::Organization => &mut files.organization,
        FileKind::References => &mut files.references,
        FileKind::Interviews => &mut files.interviews,
        FileKind::Policy | FileKind::Plan | FileKind::Settings => &mut files.policy,
    }
}
