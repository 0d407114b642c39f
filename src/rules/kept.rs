//! What rules found in single files, kept from one judgement of a city to the next.

use std::sync::Arc;

use crate::city::{City, CityFile};
use crate::cores;
use crate::finding::Finding;
use crate::place::FileId;
use crate::rules::{Check, RULES};
use crate::shape::FileKind;

/// Findings of rules over single files, with the files in which they were found.
///
/// Such a rule may look at the policy side and at which files there are, but into no other plan; so
/// a file's findings stand while it, the policy side and the list of files are the same.
#[derive(Default)]
pub struct Kept {
    files: Vec<Arc<CityFile>>,
    found: Vec<Vec<Finding>>,
    /// Codes of rules over a year that are passed over: what they say of a part of a city is not true
    /// of the whole.
    pub passed_over: &'static [&'static str],
}

/// Fewer files are looked at before another thread has begun.
const MANY: usize = 100;

impl Kept {
    /// The findings of all rules over single files, file by file.
    pub(super) fn findings(&mut self, city: &City) -> Vec<Finding> {
        let same = self.has_files_of(city);
        let files: Vec<FileId> = city.file_ids().collect();
        let stands =
            |index: usize| same && self.files.get(index).is_some_and(|before| Arc::ptr_eq(before, &city.files[index]));
        let others: Vec<usize> = (0..files.len()).filter(|index| !stands(*index)).collect();
        let look = |at: usize| of_file(city, files[others[at]]);
        let made =
            if others.len() < MANY { (0..others.len()).map(look).collect() } else { cores::each(others.len(), look) };
        self.found.resize_with(files.len(), Vec::new);
        for (index, found) in others.into_iter().zip(made) {
            self.found[index] = found;
        }
        self.files.clone_from(&city.files);
        self.found.iter().flatten().cloned().collect()
    }

    /// True where the same files are there and those of the policy side did not change.
    fn has_files_of(&self, city: &City) -> bool {
        let plan = |file: &CityFile| file.role.kind == Some(FileKind::Plan);
        let same = |(before, now): (&Arc<CityFile>, &Arc<CityFile>)| {
            before.path == now.path && (plan(now) || Arc::ptr_eq(before, now))
        };
        self.files.len() == city.files.len() && self.files.iter().zip(&city.files).all(same)
    }
}

fn of_file(city: &City, file: FileId) -> Vec<Finding> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::File(check) | Check::Both(check, _) = rule.check {
            check(city, file, &mut found);
        }
    }
    found
}
