//! One city as it stands with the open buffers laid over its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant, SystemTime};

use crate::city::{City, CityFile, Year};
use crate::coverage::Coverage;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::links::Links;
use crate::lsp::background::{self, Joined, Judged, Whole, derived, years};
use crate::lsp::intake::Event;
use crate::lsp::server::Options;
use crate::lsp::sketch;
use crate::rules::{Kept, YearJudgement, join, judge_again};
use crate::store::{Content, Entry, Snapshot, read_work_tree};

/// When a file on the disk was changed last, and how long it is.
type Stamp = (Option<SystemTime>, u64);

/// Files that a city has at most whose whole is judged at each keystroke.
const SMALL: usize = 48;

/// How long nothing must be typed before the whole of a large city is judged: nobody types as slowly.
const QUIET: Duration = Duration::from_millis(300);

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
    /// The city as last joined and judged as a whole; a small one is joined whenever it is read.
    whole: Whole,
    /// The city to whose files the findings belong, where it is large.
    judged: Option<City>,
    /// What rules found in files that did not change since; for the files in hand of a large city.
    sketched: Kept,
    /// The same for the whole.
    kept: Kept,
    /// While a thread judges the city: the files that changed before it began.
    judging: Option<BTreeSet<String>>,
    /// True once a thread is done of which the client was not told.
    settled: bool,
    /// Files that changed after the whole was judged, or since the thread began.
    since: BTreeSet<String>,
    /// When it was last changed, where no thread was begun to judge the whole since.
    due: Option<Instant>,
    /// Files that it has at most to be judged as a whole at each keystroke.
    small: usize,
    /// The day on which it is judged, where one was asked for.
    today: Option<Date>,
    /// Files of the policy side that can be read no more, as they were when they could.
    steady: BTreeMap<String, Arc<CityFile>>,
    /// The city with those in place of the broken ones, where there are any.
    mended: Option<(City, Joined)>,
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
    pub(super) fn open(root: PathBuf, options: &Options) -> Result<Site, Error> {
        let mut site = Site {
            root,
            snapshot: Snapshot::default(),
            stamps: BTreeMap::new(),
            open: BTreeMap::new(),
            changed: BTreeSet::new(),
            city: City::default(),
            unjudged: false,
            findings: Vec::new(),
            whole: Whole::default(),
            judged: None,
            sketched: Kept::default(),
            kept: Kept::default(),
            judging: None,
            settled: false,
            since: BTreeSet::new(),
            due: None,
            small: options.small.unwrap_or(SMALL),
            today: options.today,
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

    /// Reads what changed. A small city is joined anew at once.
    pub(super) fn read(&mut self) -> Result<(), Error> {
        if self.changed.is_empty() {
            return Ok(());
        }
        self.city = self.city.reload(&self.snapshot, &self.changed);
        self.since.append(&mut self.changed);
        self.unjudged = true;
        if !self.is_large() {
            let joined = derived(join(&self.city, &years(&self.city), self.day())?);
            self.whole = Whole { city: self.city.clone(), joined, findings: Vec::new() };
        }
        self.mend();
        Ok(())
    }

    /// True for a city that cannot be judged between two keystrokes.
    fn is_large(&self) -> bool {
        self.city.files.len() > self.small
    }

    /// Judges what changed; false where nothing did. A large city is judged as a whole on a thread of
    /// its own, the files in hand at once.
    pub(super) fn judge(&mut self, events: &Sender<Event>) -> Result<bool, Error> {
        self.read()?;
        let settled = std::mem::take(&mut self.settled);
        if !std::mem::take(&mut self.unjudged) {
            return Ok(settled);
        }
        let day = self.day();
        if !self.is_large() {
            let city = &self.whole.city;
            let mut years = Vec::new();
            for (number, (links, coverage)) in std::mem::take(&mut self.whole.joined) {
                let year = Year::new(city, number, day)?;
                years.push(YearJudgement { number, year, links: Some(links), coverage: Some(coverage) });
            }
            let judgement = judge_again(city, years, &mut self.kept);
            self.findings = judgement.findings;
            self.whole.joined = derived(judgement.years);
            self.since.clear();
            return Ok(true);
        }
        self.sketch();
        self.due = Some(Instant::now());
        // Nothing is known of the other files yet.
        if !self.is_judged() {
            self.judge_whole(events);
        }
        Ok(true)
    }

    /// True where the whole was judged at least once.
    pub(super) fn is_judged(&self) -> bool {
        !self.whole.city.files.is_empty()
    }

    /// How long the whole still waits to be judged, which is done once nobody types.
    pub(super) fn waits(&self) -> Option<Duration> {
        self.due.filter(|_| self.judging.is_none()).map(|changed| QUIET.saturating_sub(changed.elapsed()))
    }

    /// Begins to judge the whole on a thread of its own, where that waits.
    pub(super) fn judge_whole(&mut self, events: &Sender<Event>) {
        if self.waits().is_some() {
            self.due = None;
            self.judging = Some(std::mem::take(&mut self.since));
            let kept = std::mem::take(&mut self.kept);
            background::begin(self.root.clone(), self.city.clone(), self.day(), kept, events.clone());
        }
    }

    /// The findings of the whole as it was, and of the files in hand as they are.
    fn sketch(&mut self) {
        let first = !self.is_judged();
        let open: BTreeSet<&str> = self.open.keys().map(String::as_str).collect();
        // Before the first judgement all files are new; only those that are open can be seen.
        let mut changed: BTreeSet<String> = match first {
            true => open.iter().map(|path| (*path).to_owned()).collect(),
            false => self.since.clone(),
        };
        if !first {
            changed.extend(self.judging.iter().flatten().cloned());
        }
        let (day, old) = (self.day(), std::mem::take(&mut self.findings));
        let before = self.judged.take().unwrap_or_default();
        self.sketched.passed_over = sketch::OF_THE_WHOLE;
        self.findings = sketch::findings(&self.city, (&before, old), &changed, &open, (day, &mut self.sketched));
        self.judged = Some(self.city.clone());
    }

    /// Takes what a thread found; what changed meanwhile is judged next.
    pub(super) fn settle(&mut self, judged: Judged) {
        self.kept = judged.kept;
        self.judging = None;
        if let Some(mut whole) = judged.whole {
            self.findings = std::mem::take(&mut whole.findings);
            self.judged = Some(whole.city.clone());
            self.whole = whole;
        }
        // Exact, unless something changed since.
        self.unjudged = !self.since.is_empty();
        self.settled = true;
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
            None => (&self.whole.city, &self.whole.joined),
        };
        let (links, coverage) = joined.get(&number)?;
        let year = Year::new(city, number, self.day()).ok().flatten()?;
        Some(Known { year, links, coverage })
    }

    /// Keeps what can be read of the policy side, for the time when it cannot.
    fn mend(&mut self) {
        let was = self.mended.take();
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
        // Between two keystrokes a large city cannot be joined again.
        if was.is_some() && self.is_large() {
            self.mended = was;
            return;
        }
        let files = self.city.files.iter().map(|file| match self.steady.get(&file.path) {
            Some(steady) if !file.is_readable() => Arc::clone(steady),
            _ => Arc::clone(file),
        });
        let city = self.city.of_files(files.collect());
        let joined = join(&city, &years(&city), self.day()).map(derived).unwrap_or_default();
        self.mended = Some((city, joined));
    }

    /// True while an earlier text stands in for a file of the policy side.
    pub(super) fn is_mended(&self) -> bool {
        self.mended.is_some()
    }

    /// The files, open buffers in place of those on the disk.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// True for the path of an open buffer.
    pub(super) fn is_open(&self, path: &str) -> bool {
        self.open.contains_key(path)
    }
}
