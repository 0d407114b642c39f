//! What rules found in single files, kept from one judgement of a city to the next.

use std::sync::Arc;

use crate::city::{City, CityFile};
use crate::finding::Finding;
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

impl Kept {
    /// The findings of all rules over single files, file by file.
    pub(super) fn findings(&mut self, city: &City) -> Vec<Finding> {
        let same = self.has_files_of(city);
        let found = city.file_ids().enumerate().map(|(index, id)| {
            let before = self.files.get(index).filter(|before| same && Arc::ptr_eq(before, &city.files[index]));
            match before.and_then(|_| self.found.get_mut(index)) {
                Some(found) => std::mem::take(found),
                None => {
                    let mut found = Vec::new();
                    for rule in RULES {
                        if let Check::File(check) | Check::Both(check, _) = rule.check {
                            check(city, id, &mut found);
                        }
                    }
                    found
                }
            }
        });
        self.found = found.collect();
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
