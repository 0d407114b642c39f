//! One city as it stands with the open buffers laid over its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crate::city::{City, CityFile, Year};
use crate::coverage::Coverage;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::links::Links;
use crate::rules::{Kept, YearJudgement, join, judge_again};
use crate::store::{Content, Entry, Snapshot, read_work_tree};

/// When a file on the disk was changed last, and how long it is.
type Stamp = (Option<SystemTime>, u64);

/// A city that is open in the editor.
pub(super) struct Site {
    /// Its folder.
    pub(super) root: PathBuf,
    /// Its files, open buffers in place of those on the disk.
    snapshot: Snapshot,
    /// Files on the disk as they were when they were read.
    stamps: BTreeMap<String, Stamp>,
    /// Open buffers, by path.
    open: BTreeMap<String, String>,
    /// Files that differ from those in `city`.
    changed: BTreeSet<String>,
    /// The city as last read.
    pub(super) city: City,
    /// True where the findings are those of an earlier text.
    unjudged: bool,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
    /// What rules found in files that did not change since.
    kept: Kept,
    /// Who answers what, for each year that can be judged.
    joined: BTreeMap<FiscalYear, (Links, Coverage)>,
    /// The day on which it is judged, where one was asked for.
    today: Option<Date>,
    /// Files of the policy side that can be read no more, as they were when they could.
    steady: BTreeMap<String, Arc<CityFile>>,
    /// The city with those in place of the broken ones, where there are any.
    mended: Option<(City, BTreeMap<FiscalYear, (Links, Coverage)>)>,
}

/// A year to answer questions from, with what was derived from it.
pub(super) struct Known<'s> {
    /// The year.
    pub(super) year: Year<'s>,
    /// Its links.
    pub(super) links: &'s Links,
    /// Its coverage.
    pub(super) coverage: &'s Coverage,
}

impl Site {
    /// The city at a folder; nothing is judged yet.
    pub(super) fn open(root: PathBuf, today: Option<Date>) -> Result<Site, Error> {
        let mut site = Site {
            root,
            snapshot: Snapshot::default(),
            stamps: BTreeMap::new(),
            open: BTreeMap::new(),
            changed: BTreeSet::new(),
            city: City::default(),
            unjudged: false,
            findings: Vec::new(),
            kept: Kept::default(),
            joined: BTreeMap::new(),
            today,
            steady: BTreeMap::new(),
            mended: None,
        };
        site.rescan()?;
        Ok(site)
    }

    /// Lays the text of a buffer over a file.
    pub(super) fn lay_over(&mut self, path: &str, text: &str) {
        self.snapshot.overlay(path, text.as_bytes().to_vec());
        self.open.insert(path.to_owned(), text.to_owned());
        self.changed.insert(path.to_owned());
    }

    /// Goes back to the file as it is on the disk.
    pub(super) fn take_off(&mut self, path: &str) -> Result<(), Error> {
        self.open.remove(path);
        self.changed.insert(path.to_owned());
        self.rescan()
    }

    /// A file on the disk that the client says has changed.
    pub(super) fn touched(&mut self, path: &str) {
        self.stamps.remove(path);
    }

    /// Looks at the disk again: files that came, went or changed.
    pub(super) fn rescan(&mut self) -> Result<(), Error> {
        let mut snapshot = read_work_tree(&self.root)?;
        let mut stamps = BTreeMap::new();
        for (path, entry) in snapshot.entries() {
            let Entry::File(Content::Disk(place)) = entry else { continue };
            let told = std::fs::symlink_metadata(place).map(|told| (told.modified().ok(), told.len()));
            stamps.insert(path.to_owned(), told.unwrap_or((None, 0)));
        }
        for (path, stamp) in &stamps {
            if self.stamps.get(path) != Some(stamp) && !self.open.contains_key(path) {
                self.changed.insert(path.clone());
            }
        }
        let gone = self.snapshot.entries().filter(|(path, _)| !snapshot.contains(path));
        self.changed.extend(gone.map(|(path, _)| path.to_owned()));
        for (path, text) in &self.open {
            snapshot.overlay(path, text.as_bytes().to_vec());
        }
        (self.snapshot, self.stamps) = (snapshot, stamps);
        Ok(())
    }

    /// Reads what changed, and joins it anew.
    pub(super) fn read(&mut self) -> Result<(), Error> {
        if self.changed.is_empty() {
            return Ok(());
        }
        self.city = self.city.reload(&self.snapshot, &self.changed);
        self.changed.clear();
        self.unjudged = true;
        let years: Vec<FiscalYear> = self.city.years.keys().copied().filter(|year| self.has_year(*year)).collect();
        self.joined = derived(join(&self.city, &years, self.day())?);
        self.mend();
        Ok(())
    }

    /// Judges what changed; false where nothing did.
    pub(super) fn judge(&mut self) -> Result<bool, Error> {
        self.read()?;
        if !std::mem::take(&mut self.unjudged) {
            return Ok(false);
        }
        let (day, city) = (self.day(), &self.city);
        let mut years = Vec::new();
        for (number, (links, coverage)) in std::mem::take(&mut self.joined) {
            let year = Year::new(city, number, day)?;
            years.push(YearJudgement { number, year, links: Some(links), coverage: Some(coverage) });
        }
        let judgement = judge_again(city, years, &mut self.kept);
        self.findings = judgement.findings;
        self.joined = derived(judgement.years);
        Ok(true)
    }

    /// True for a year whose policy and organization are there: without them it cannot be judged.
    fn has_year(&self, year: FiscalYear) -> bool {
        self.city.years.get(&year).is_some_and(|files| files.policy.is_some() && files.organization.is_some())
    }

    /// The day on which the city is judged.
    pub(super) fn day(&self) -> Date {
        let said = self.today.or_else(|| self.city.settings().as_of.as_ref().map(|day| day.value));
        said.unwrap_or_else(Date::today_in_japan)
    }

    /// The language of the city's settings.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.city.settings().lang
    }

    /// The year that a file belongs to, else the newest.
    pub(super) fn year_of(&self, path: &str) -> Option<FiscalYear> {
        let own = self.city.find(path).and_then(|id| self.city.file(id).role.year);
        own.filter(|year| self.city.years.contains_key(year)).or_else(|| self.city.years.keys().next_back().copied())
    }

    /// A year to answer questions from. While a file of the policy side cannot be read, its last
    /// readable text stands in for it.
    pub(super) fn known(&self, number: FiscalYear) -> Option<Known<'_>> {
        let (city, joined) = match &self.mended {
            Some((city, joined)) => (city, joined),
            None => (&self.city, &self.joined),
        };
        let (links, coverage) = joined.get(&number)?;
        let year = Year::new(city, number, self.day()).ok().flatten()?;
        Some(Known { year, links, coverage })
    }

    /// Keeps what can be read of the policy side, for the time when it cannot.
    fn mend(&mut self) {
        self.mended = None;
        let policy = |file: &&Arc<CityFile>| file.path.starts_with("policy/");
        let mut broken = false;
        for file in self.city.files.iter().filter(policy) {
            if file.is_readable() {
                self.steady.insert(file.path.clone(), Arc::clone(file));
            } else {
                broken |= self.steady.contains_key(&file.path);
            }
        }
        if !broken {
            return;
        }
        let files = self.city.files.iter().map(|file| match self.steady.get(&file.path) {
            Some(steady) if !file.is_readable() => Arc::clone(steady),
            _ => Arc::clone(file),
        });
        let city = City::of_files(files.collect());
        let years: Vec<FiscalYear> = city.years.keys().copied().filter(|year| self.has_year(*year)).collect();
        let joined = join(&city, &years, self.day()).map(derived).unwrap_or_default();
        self.mended = Some((city, joined));
    }

    /// True while an earlier text stands in for a file of the policy side.
    pub(super) fn is_mended(&self) -> bool {
        self.mended.is_some()
    }

    /// True for the path of an open buffer.
    pub(super) fn is_open(&self, path: &str) -> bool {
        self.open.contains_key(path)
    }
}

/// What was derived from years that can be read.
fn derived(years: Vec<YearJudgement<'_>>) -> BTreeMap<FiscalYear, (Links, Coverage)> {
    years.into_iter().filter_map(|year| Some((year.number, (year.links?, year.coverage?)))).collect()
}
