//! What most commands need: the city found and read, the day, the years, and departments as
//! people type them.

use std::path::{Path, PathBuf};

use crate::city::names::{fold, nearest};
use crate::city::year::Year;
use crate::city::{City, Doc};
use crate::cli::Global;
use crate::date::{Date, FiscalYear};
use crate::error::Error;
use crate::model::Organization;
use crate::report::wrap::wrap;
use crate::rules::{Judged, Judgement, YearJudgement};
use crate::say;
use crate::store::git::{History, Opened, Provenance};
use crate::store::{Snapshot, check_root, find_root, read_work_tree, write_whole};
use crate::ui::{Ui, without_commands};

/// A city that was found and read.
pub struct Context {
    /// Its folder.
    pub root: PathBuf,
    /// Its files.
    pub city: City,
    /// The year asked for, if one was.
    pub asked: Option<FiscalYear>,
    /// The day on which it is judged.
    pub day: Date,
}

impl Context {
    /// Finds and reads the city, from the work tree or a revision.
    pub fn open(global: &Global, revision: Option<&str>) -> Result<Context, Error> {
        let root = root(global)?;
        let snapshot = match revision {
            Some(revision) => History::require(&root)?.snapshot(revision)?,
            None => read_work_tree(&root)?,
        };
        Context::of(global, root, &snapshot)
    }

    /// Reads a snapshot of the city at `root`.
    pub fn of(global: &Global, root: PathBuf, snapshot: &Snapshot) -> Result<Context, Error> {
        let city = City::load(snapshot);
        let day = match global.today()? {
            Some(day) => day,
            None => city.settings().as_of.as_ref().map_or_else(Date::today_in_japan, |day| day.value),
        };
        let context = Context { root, city, asked: global.year()?, day };
        if context.city.years.is_empty() {
            return Err(Error::environment(say!(
                "基本方針がありません: policy の下に年度のフォルダー（例 policy/2025）がありません。",
                "there is no basic policy: policy/ has no folder of a fiscal year (such as policy/2025)."
            ))
            .hint(say!(
                "基本方針の担当から受け取ったフォルダーかどうかを確かめてください。",
                "Check that this is the folder you received."
            )));
        }
        Ok(context)
    }

    /// The one year that a command is about: the year asked for, else the newest with a policy.
    pub fn one_year(&self) -> Result<FiscalYear, Error> {
        if let Some(year) = self.asked {
            return Ok(year);
        }
        let with_policy = self.city.years.iter().rev().find(|(_, files)| files.policy.is_some());
        let newest = with_policy.or_else(|| self.city.years.iter().next_back());
        newest
            .map(|(year, _)| *year)
            .ok_or_else(|| Error::environment(say!("基本方針がありません。", "there is no basic policy.")))
    }

    /// The commit that a paper is made of, of a revision where one is named; none outside git, or
    /// before the first commit.
    pub fn provenance(&self, revision: Option<&str>) -> Result<Option<Provenance>, Error> {
        if let Some(revision) = revision {
            return History::require(&self.root)?.provenance_of(revision).map(Some);
        }
        match History::open(&self.root)? {
            Opened::None => Ok(None),
            Opened::Repository(history) => history.provenance(),
        }
    }

    /// The years that `check` judges: the year asked for, else all.
    pub fn years(&self) -> Vec<FiscalYear> {
        self.asked.map_or_else(|| self.city.years.keys().copied().collect(), |year| vec![year])
    }

    /// A year for commands that cannot do without its policy and organization.
    pub fn judged(&self, year: FiscalYear) -> Result<Year<'_>, Error> {
        Year::new(&self.city, year, self.day)?.ok_or_else(|| self.not_whole(year))
    }

    fn not_whole(&self, year: FiscalYear) -> Error {
        let files = self.city.years.get(&year).map(|files| [files.policy, files.organization]);
        let broken =
            files.into_iter().flatten().flatten().map(|id| self.city.file(id)).find(|file| !file.is_readable());
        let path = broken.map(|file| file.path.clone()).unwrap_or_default();
        let ja = year.ja();
        Error::environment(say!(
            "{ja}をまとめられません: {path} を読めません。",
            "fiscal year {year} cannot be put together: {path} cannot be read."
        ))
        .hint(say!("kpolicy check {path} で、直す所が分かります。", "kpolicy check {path} tells what to mend."))
    }

    /// The one year of a command that prints what it finds, with a word on what it could not read: a
    /// table or paper must not look whole without it.
    pub fn shown(&self, ui: &mut Ui<'_>) -> Result<Year<'_>, Error> {
        let year = self.judged(self.one_year()?)?;
        self.tell_unread(ui, year.year);
        Ok(year)
    }

    /// The same of a year with its findings, put together once.
    pub fn shown_of<'j>(&self, ui: &mut Ui<'_>, judgement: &'j Judgement<'_>) -> Result<Judged<'j>, Error> {
        let number = self.one_year()?;
        let whole = judgement.year(number).and_then(YearJudgement::whole);
        let judged = whole.ok_or_else(|| self.not_whole(number))?;
        self.tell_unread(ui, number);
        Ok(judged)
    }

    fn tell_unread(&self, ui: &mut Ui<'_>, year: FiscalYear) {
        let files = self.city.years.get(&year);
        // A plan that cannot be read is named by every screen; of these files none speaks.
        let files = files.into_iter().flat_map(|files| [files.references, files.interviews]);
        let unread = files.flatten().map(|id| self.city.file(id)).filter(|file| !file.is_readable());
        let paths: Vec<&str> = unread.map(|file| file.path.as_str()).collect();
        if !paths.is_empty() {
            let (count, list) = (paths.len(), paths.join("\n  "));
            let plural = if count == 1 { "file" } else { "files" };
            let words = say!(
                "読めないファイルが{count}つあり、その内容は入っていません。直す所は kpolicy check で分かります。",
                "{count} {plural} could not be read, and what they hold is not in this. kpolicy check tells what to mend."
            );
            let told = wrap(words.get(ui.lang), ui.width).join("\n");
            ui.note(&format!("{told}\n  {list}\n"));
        }
    }

    /// The organization of the newest year that has a readable one.
    fn organization(&self) -> Option<&Organization> {
        let wanted = self.asked.and_then(|year| self.city.years.get(&year));
        let newest = self.city.years.values().rev();
        let mut files = wanted.into_iter().chain(newest).filter_map(|files| files.organization);
        files.find_map(|id| match &self.city.file(id).doc {
            Doc::Organization(organization) => Some(organization),
            _ => None,
        })
    }

    /// Names of departments by id.
    pub fn names(&self) -> std::collections::BTreeMap<String, String> {
        let departments = self.organization().into_iter().flat_map(|organization| &organization.departments);
        departments.map(|department| (department.id.value.clone(), department.title().to_owned())).collect()
    }

    /// The id of a department as people type it: id, name, short name, or a plan's path.
    pub fn department(&self, text: &str) -> Result<String, Error> {
        self.find_department(text)?.ok_or_else(|| self.unknown_department(text))
    }

    /// The same, or nothing when it is no department at all.
    pub fn find_department(&self, text: &str) -> Result<Option<String>, Error> {
        if let Some(id) = self.plan_path(text) {
            return Ok(Some(id));
        }
        let Some(organization) = self.organization() else { return Ok(None) };
        let folded = fold(text);
        let mut found: Vec<(String, String)> = Vec::new();
        for department in &organization.departments {
            let id = &department.id.value;
            let words = [
                Some(id.as_str()),
                department.name.as_ref().map(|n| n.value.as_str()),
                department.short.as_ref().map(|n| n.value.as_str()),
            ];
            if *id == folded.to_lowercase() {
                return Ok(Some(id.clone()));
            }
            if words.iter().flatten().any(|word| fold(word) == folded) && !found.iter().any(|(other, _)| other == id) {
                found.push((id.clone(), department.title().to_owned()));
            }
        }
        match found.as_slice() {
            [] => Ok(None),
            [(id, _)] => Ok(Some(id.clone())),
            many => Err(ambiguous(text, many)),
        }
    }

    /// `departments/2025/somu.yaml`, or the same file named from elsewhere.
    fn plan_path(&self, text: &str) -> Option<String> {
        let path = self.city_path(text)?;
        let file = self.city.find(&path).map(|id| self.city.file(id))?;
        file.role.department.clone()
    }

    /// A path as typed, as a path below the root.
    pub fn city_path(&self, text: &str) -> Option<String> {
        let slashed = text.replace('\\', "/");
        let bare = slashed.trim_start_matches("./").trim_end_matches('/');
        if self.city.find(bare).is_some()
            || !self.city.files.iter().all(|file| !file.path.starts_with(&format!("{bare}/")))
        {
            return Some(bare.to_owned());
        }
        // The other stroke is no separator to every system, but people type it on each.
        let full = Path::new(text).canonicalize().or_else(|_| Path::new(&slashed).canonicalize()).ok()?;
        let root = self.root.canonicalize().ok()?;
        crate::store::relative(&root, &full)
    }

    fn unknown_department(&self, text: &str) -> Error {
        let names = self.names();
        let near = nearest(text, names.values().chain(names.keys()).map(String::as_str)).map(str::to_owned);
        let all: Vec<String> = names.iter().map(|(id, name)| format!("{name}（{id}）")).collect();
        let all = all.join("、");
        let error = Error::usage(say!("「{text}」という部はありません。", "there is no department {text}."));
        let error = match near {
            Some(near) => error.hint(say!("  もしかして: {near}", "  did you mean: {near}")),
            None => error,
        };
        error.hint(say!("  ある部等: {all}", "  departments: {all}"))
    }
}

fn ambiguous(text: &str, many: &[(String, String)]) -> Error {
    let list: Vec<String> = many.iter().map(|(id, name)| format!("{name}（{id}）")).collect();
    let (count, list) = (many.len(), list.join("、"));
    let first = &many[0].1;
    Error::usage(say!("「{text}」に当たる部が{count}つあります: {list}", "{text} could be {count} departments: {list}"))
        .hint(say!("  {first} のように、名称か記号で示してください。", "  Give the name or the id, such as {first}."))
}

/// The city's folder: from `-C`, which does not search, or from here upwards.
pub(super) fn root(global: &Global) -> Result<PathBuf, Error> {
    if let Some(root) = &global.root {
        check_root(root)?;
        return Ok(root.clone());
    }
    let here = std::env::current_dir().map_err(|error| {
        Error::environment(say!("今いるフォルダーが分かりません: {error}", "the present folder is unknown: {error}"))
    })?;
    find_root(&here)
}

/// The departments of a year that were asked for, all where none was.
pub(super) fn departments(context: &Context, year: &Year<'_>, asked: &[String]) -> Result<Vec<usize>, Error> {
    if asked.is_empty() {
        return Ok((0..year.departments.len()).collect());
    }
    let mut found = Vec::new();
    for text in asked {
        let id = context.department(text)?;
        let index = year.departments.iter().position(|department| department.id() == id);
        let index = index.ok_or_else(|| {
            let (ja, name) = (year.year.ja(), text);
            Error::usage(say!("{name}は、{ja}に計画を作る部ではありません。", "{name} writes no plan in this year."))
                .hint(say!(
                    "organization.yaml の plan の欄で決まります。",
                    "The field plan in organization.yaml decides."
                ))
        })?;
        found.push(index);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Items of a year as asked for, all where none was.
pub(super) fn items(year: &Year<'_>, asked: &[String]) -> Result<Vec<usize>, Error> {
    if asked.is_empty() {
        return Ok((0..year.items.len()).collect());
    }
    let mut found = Vec::new();
    for text in asked {
        found.push(item(year, text)?.0);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// An item, and the clause if one was named, as people type it.
pub(super) fn item(year: &Year<'_>, text: &str) -> Result<(usize, Option<usize>), Error> {
    use crate::city::LeafLocation;
    use crate::ids::{Read, read_leaf};
    let location = match read_leaf(text) {
        Read::Exact(id) | Read::Spelled(id) | Read::Wrapped(id) => year.locate(id),
        Read::Malformed => None,
    };
    match location {
        Some(LeafLocation::Item(item)) => Ok((item, None)),
        Some(LeafLocation::Clause(leaf)) => Ok((year.leaves[leaf].item, Some(leaf))),
        None => Err(unknown_item(year, text)),
    }
}

fn unknown_item(year: &Year<'_>, text: &str) -> Error {
    let ids: Vec<String> = year.items.iter().map(|item| item.item.id.value.to_string()).collect();
    let near = nearest(text, ids.iter().map(String::as_str)).map(str::to_owned);
    let (ja, number, all) = (year.year.ja(), year.year, ids.join(" "));
    let error = Error::usage(say!(
        "項目「{text}」は、{ja}の基本方針にありません。",
        "the basic policy of fiscal year {number} has no item {text}."
    ));
    let error = match near {
        Some(near) => error.hint(say!("  もしかして: {near}", "  did you mean: {near}")),
        None => error,
    };
    error
        .hint(say!("  ある項目: {all}", "  items: {all}"))
        .hint(say!("見出しも見るには kpolicy list items です。", "kpolicy list items tells their titles."))
}

/// Writes a result to a file, or to stdout where none is named. The file appears only when whole. In a
/// log, no line of it is a command; JSON has its own way and is not changed by this.
pub(super) fn write_result(ui: &mut Ui<'_>, output: Option<&Path>, text: &str) -> Result<(), Error> {
    let text = without_commands(text);
    match output {
        None => ui.print(&text),
        Some(path) => write_whole(path, text.as_bytes()),
    }
}
