//! Plans that are not there yet.

use crate::cli::Global;
use crate::commands::context::Context;
use crate::commands::new::Desk;
use crate::coverage::Coverage;
use crate::error::Error;
use crate::lang::Lang;
use crate::links::Links;
use crate::report::wrap::{pad, width};
use crate::say;
use crate::skeleton;

/// A plan that is to be created.
pub(in crate::commands) struct Begun {
    /// Where.
    pub(in crate::commands) path: String,
    /// The department's name.
    pub(in crate::commands) name: String,
    /// Its text.
    pub(in crate::commands) text: String,
    /// How many goals of last year it goes on with, and how many of them were not reached.
    pub(in crate::commands) carried: (usize, usize),
}

/// The plans of departments that have none. The city is judged as if they had begun one.
pub(in crate::commands) fn begin(desk: &Desk, global: &Global, ids: &[String]) -> Result<Vec<Begun>, Error> {
    let mut snapshot = desk.snapshot.clone();
    let path = |id: &str| format!("departments/{}/{id}.yaml", desk.year);
    for id in ids {
        snapshot.overlay(path(id), skeleton::BEGUN.as_bytes().to_vec());
    }
    let context = Context::of(global, desk.root.clone(), &snapshot)?;
    let year = context.judged(desk.year)?;
    let coverage = Coverage::new(&year, &Links::new(&year));
    let mut begun = Vec::new();
    for (index, department) in year.departments.iter().enumerate() {
        if !ids.iter().any(|id| id == department.id()) {
            continue;
        }
        if let Some(path) = skeleton::unread_past(&year, index) {
            return Err(unread(&path));
        }
        let carried = skeleton::carried(&year, index);
        let unmet = carried.iter().filter(|carried| carried.is_unmet()).count();
        begun.push(Begun {
            path: path(department.id()),
            name: department.name().to_owned(),
            text: skeleton::plan(&year, &coverage, index, &carried),
            carried: (carried.len(), unmet),
        });
    }
    Ok(begun)
}

/// What goes on from last year would be lost for good: the new plan is never written over.
fn unread(path: &str) -> Error {
    Error::environment(say!(
        "昨年度の計画 {path} を読めないため、何も作りませんでした。",
        "nothing was written: last year's plan {path} cannot be read."
    ))
    .hint(say!(
        "目標を引き継ぐために要ります。kpolicy check {path} で、直す所が分かります。",
        "Its goals are to be carried on. kpolicy check {path} tells what to mend."
    ))
}

/// One line a plan: where, whose, how much is to be written, what is carried.
pub(in crate::commands) fn table(begun: &[Begun], lang: Lang) -> String {
    let widest = |of: fn(&Begun) -> &str| begun.iter().map(|begun| width(of(begun))).max().unwrap_or_default();
    let (paths, names) = (widest(|begun| &begun.path), widest(|begun| &begun.name));
    let line = |begun: &Begun| {
        // The mark in the first lines says what it means.
        let open = begun.text.matches("（記入）").count().saturating_sub(1);
        let mut words = say!("（記入） {open}か所", "{open} to write").get(lang).to_owned();
        let (carried, unmet) = begun.carried;
        if carried > 0 {
            let unmet =
                if unmet > 0 { say!("、うち未達成 {unmet}", ", {unmet} not reached") } else { say!("", "") };
            let unmet = unmet.get(lang);
            words.push_str(say!("  継続する目標 {carried}{unmet}", "  {carried} goals carried{unmet}").get(lang));
        }
        format!("  {}  {}  {words}\n", pad(&begun.path, paths), pad(&begun.name, names))
    };
    begun.iter().map(line).collect()
}
