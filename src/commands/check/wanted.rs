//! Which places are reported: departments and files, as people name them.

use crate::city::City;
use crate::commands::context::Context;
use crate::error::Error;
use crate::finding::Finding;
use crate::place::FileId;
use crate::say;

/// Which findings to report.
pub(super) enum Wanted {
    All,
    /// Some departments and files.
    Some {
        departments: Vec<String>,
        files: Vec<FileId>,
    },
}

/// The places that were named.
pub(super) fn wanted(context: &Context, targets: &[String], stdin: Option<&str>) -> Result<Wanted, Error> {
    if targets.is_empty() {
        return Ok(Wanted::All);
    }
    let (mut departments, mut files) = (Vec::new(), Vec::new());
    for target in targets {
        if target == "-" {
            files.extend(stdin.and_then(|path| context.city.find(path)));
            continue;
        }
        let path = context.city_path(target);
        let below: Vec<FileId> = path.iter().flat_map(|path| files_at(&context.city, path)).collect();
        if !below.is_empty() {
            let before = files.len();
            files.extend(below.into_iter().filter(|file| of_year(context, *file)));
            if files.len() == before {
                return Err(other_year(context, target));
            }
        } else {
            departments.push(context.department(target)?);
        }
    }
    // A plan named by its path brings the findings about its department, such as K306.
    for file in &files {
        departments.extend(context.city.file(*file).role.department.clone());
    }
    Ok(Wanted::Some { departments, files })
}

/// True for a file of the year asked for, or of none; for every file when no year was asked for.
pub(super) fn of_year(context: &Context, file: FileId) -> bool {
    let year = context.city.file(file).role.year;
    context.asked.is_none_or(|asked| year.is_none_or(|year| year == asked))
}

fn other_year(context: &Context, target: &str) -> Error {
    let (ja, year) = context.asked.map(|year| (year.ja(), year.to_string())).unwrap_or_default();
    Error::usage(say!("{target} は、{ja}のファイルではありません。", "{target} is no file of fiscal year {year}."))
        .hint(say!("--year を省くか、その年度を示してください。", "Leave --year out, or name the file's year."))
}

fn files_at<'c>(city: &'c City, path: &'c str) -> impl Iterator<Item = FileId> + 'c {
    // The root itself is the empty path.
    let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
    city.file_ids().filter(move |id| city.file(*id).path == path || city.file(*id).path.starts_with(&folder))
}

impl Wanted {
    /// True for findings in these places.
    pub(super) fn takes(&self, city: &City, finding: &Finding) -> bool {
        match self {
            Wanted::All => true,
            Wanted::Some { departments, files } => {
                let own = finding.department.as_ref().is_some_and(|id| departments.contains(id));
                let plan = city.file(finding.place.file).role.department.is_some();
                files.contains(&finding.place.file) || (own && (plan || departments.len() >= files.len()))
            }
        }
    }

    /// The department, where just one was asked for.
    pub(super) fn one(&self) -> Option<String> {
        match self {
            Wanted::Some { departments, .. } => match departments.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            },
            Wanted::All => None,
        }
    }
}
