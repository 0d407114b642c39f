//! Files that a city's repository receives: the hook, and what servers run. Each is a file beside
//! this one; only what differs from city to city is filled in here.

pub mod begin;

use std::fmt::Write;

use crate::date::FiscalYear;
use crate::model::{Organization, PlanDuty};

/// GitHub Actions: `.github/workflows/kpolicy.yml`.
pub const GITHUB: &str = include_str!("github.yml");
/// GitLab: `.gitlab-ci.yml`.
pub const GITLAB: &str = include_str!("gitlab.yml");
/// Gitea and Forgejo: `.gitea/workflows/kpolicy.yml` or `.forgejo/workflows/kpolicy.yml`.
pub const GITEA: &str = include_str!("gitea.yml");

/// The script of a hook. `below` is the city's folder below the top of the work tree, where hooks
/// run; `program` is where the program lies if no `PATH` leads to it.
pub fn hook(name: &str, below: &str, program: Option<&str>) -> String {
    let folder = below.trim_end_matches('/');
    let place = if folder.is_empty() { String::new() } else { format!("-C {} ", quoted(folder)) };
    include_str!("hook.sh")
        .replace("@NAME@", name)
        .replace("@PROGRAM@", &quoted(program.unwrap_or("kpolicy")))
        .replace("@WHERE@", &place)
}

/// A word that a shell takes as it stands.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// `CODEOWNERS`: who looks at a change of which file. Each department looks at its own plan, the
/// planning division at the policy; `team` turns a department's id into what the server calls it,
/// such as `@city/somu`. What is asked for last counts.
pub fn codeowners(
    organization: &Organization,
    year: FiscalYear,
    planning: &str,
    team: &dyn Fn(&str) -> String,
) -> String {
    let mut text = String::from("# 変更を確かめる人。左がファイル、右が担当です。\n");
    _ = writeln!(text, "/policy/ {planning}\n/departments/ {planning}\n/schemas/ {planning}");
    for department in organization.departments.iter().filter(|department| department.plan != PlanDuty::None) {
        let id = &department.id.value;
        _ = writeln!(text, "/departments/{year}/{id}.yaml {} {planning}", team(id));
    }
    text
}
