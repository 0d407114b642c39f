//! The one table from paths to roles: which file is what, and what is in the wrong place.

use crate::date::FiscalYear;
use crate::ids;
use crate::shape::FileKind;

/// What a path is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The kind of file; none where nothing is known.
    pub kind: Option<FileKind>,
    /// The year of its folder.
    pub year: Option<FiscalYear>,
    /// The department, for a plan: the file's name without its ending.
    pub department: Option<String>,
    /// Why it is not where it belongs (K207).
    pub misplaced: Option<Misplaced>,
}

/// Why a file is misplaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplaced {
    /// Ends in `.yml`, `.YAML`, ….
    Ending,
    /// Deeper than it should be.
    TooDeep,
    /// Not inside a folder named after a fiscal year.
    NoYear,
    /// Inside `policy/`, but no file that kpolicy knows.
    UnknownName,
}

/// The role of a path below the root.
pub fn role(path: &str) -> Role {
    let mut parts: Vec<&str> = path.split('/').collect();
    let name = parts.pop().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = (!name.ends_with(".yaml")).then_some(Misplaced::Ending);
    let top = parts.first().copied().unwrap_or_default();
    let year = parts.get(1).and_then(|folder| FiscalYear::parse_folder(folder));
    let deep = (parts.len() > 2).then_some(Misplaced::TooDeep);
    if top == "departments" {
        let no_year = year.is_none().then_some(Misplaced::NoYear);
        let department = Some(stem.to_owned());
        return Role { kind: Some(FileKind::Plan), year, department, misplaced: no_year.or(deep).or(ending) };
    }
    let kind = match stem {
        "kpolicy" => Some(FileKind::Settings),
        "policy" => Some(FileKind::Policy),
        "references" => Some(FileKind::References),
        "organization" => Some(FileKind::Organization),
        "interviews" => Some(FileKind::Interviews),
        _ => None,
    };
    let place = match kind {
        None => Some(Misplaced::UnknownName),
        Some(FileKind::Settings) => (parts.len() > 1).then_some(Misplaced::TooDeep),
        Some(_) => year.is_none().then_some(Misplaced::NoYear).or(deep),
    };
    Role { kind, year, department: None, misplaced: place.or(ending) }
}

impl Role {
    /// The path where the file belongs, where that is known.
    pub fn proper_path(&self) -> Option<String> {
        let year = self.year.map(|year| year.to_string());
        match self.kind? {
            FileKind::Settings => Some("policy/kpolicy.yaml".to_owned()),
            FileKind::Plan => {
                let department = self.department.as_deref().filter(|name| ids::is_name(name))?;
                Some(format!("departments/{}/{department}.yaml", year?))
            }
            kind => Some(format!("policy/{}/{}.yaml", year?, kind.schema_name())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        let plan = role("departments/2025/somu.yaml");
        assert_eq!((plan.kind, plan.year, plan.misplaced), (Some(FileKind::Plan), Some(FiscalYear(2025)), None));
        for (path, why) in [
            ("departments/2025/somu.yml", Misplaced::Ending),
            ("departments/2025/somu.YAML", Misplaced::Ending),
            ("departments/2025/old/somu.yaml", Misplaced::TooDeep),
            ("departments/somu.yaml", Misplaced::NoYear),
            ("departments/r7/somu.yaml", Misplaced::NoYear),
            ("policy/2025/memo.yaml", Misplaced::UnknownName),
            ("policy/policy.yaml", Misplaced::NoYear),
            ("policy/2025/kpolicy.yaml", Misplaced::TooDeep),
        ] {
            assert_eq!(role(path).misplaced, Some(why), "{path}");
        }
        assert_eq!(role("policy/kpolicy.yaml").misplaced, None);
        assert_eq!(role("departments/2025/old/somu.yml").proper_path().as_deref(), Some("departments/2025/somu.yaml"));
    }
}
