//! What holds of every command (tests/PROMISES.md, P18 to P34), where no other test says it.

mod at_once;
mod environment;
mod failing;
mod hostile;
mod inert;
mod kept;
mod table;
mod windows;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::cases::{program, run_git};

/// Every command that changes nothing of a city, in every form of its result.
pub(crate) const READING: &[&[&str]] = &[
    &[],
    &["--help"],
    &["check", "--help"],
    &["check"],
    &["check", "somu", "--warnings", "--color", "always"],
    &["check", "--statistics"],
    &["check", "--format", "concise"],
    &["check", "--format", "json"],
    &["check", "--format", "github"],
    &["check", "--format", "gitlab"],
    &["check", "--format", "sarif"],
    &["check", "--format", "junit"],
    &["check", "--format", "rdjson"],
    &["check", "--format", "checkstyle"],
    &["check", "--format", "markdown"],
    &["check", "--fix", "--diff"],
    &["check", "--fix", "--unsafe-fixes", "--diff"],
    &["check", "--staged"],
    &["check", "--changed-since", "HEAD~1"],
    &["check", "--rev", "HEAD"],
    &["check", "--merge-with", "other"],
    &["coverage"],
    &["coverage", "--format", "json"],
    &["coverage", "--format", "csv"],
    &["coverage", "--format", "markdown"],
    &["coverage", "--gaps"],
    &["coverage", "--gaps", "--format", "csv"],
    &["coverage", "--gaps", "--format", "markdown"],
    &["coverage", "--by", "clause"],
    &["coverage", "--by", "clause", "--format", "csv"],
    &["coverage", "--by", "reference"],
    &["coverage", "--by", "reference", "--format", "json"],
    &["coverage", "--by", "reference", "--format", "csv"],
    &["coverage", "--by", "reference", "--format", "markdown"],
    &["coverage", "--item", "1-1", "--min", "100"],
    &["status"],
    &["status", "somu"],
    &["status", "--format", "json"],
    &["show", "1-1"],
    &["show", "somu"],
    &["show", "somu:G1"],
    &["list", "items"],
    &["list", "clauses"],
    &["list", "departments"],
    &["list", "divisions"],
    &["list", "interviews"],
    &["list", "goals"],
    &["list", "measures"],
    &["list", "references"],
    &["list", "viewpoints"],
    &["list", "rules"],
    &["list", "items", "--format", "json"],
    &["list", "departments", "--format", "json"],
    &["list", "divisions", "--format", "json"],
    &["list", "interviews", "--format", "json"],
    &["list", "goals", "--format", "json"],
    &["list", "measures", "--format", "json"],
    &["list", "references", "--format", "json"],
    &["explain", "K301"],
    &["explain", "goals.title"],
    &["diff"],
    &["diff", "HEAD~1"],
    &["diff", "HEAD~1..HEAD", "--format", "markdown"],
    &["diff", "HEAD~1", "--format", "json"],
    &["diff", "HEAD~1", "--fail-on-regression"],
    &["history"],
    &["history", "--format", "json"],
    &["history", "--format", "csv"],
    &["fmt", "--check"],
    &["fmt", "--diff"],
    &["rename", "somu:G1", "G7", "--diff"],
    &["rename", "shimin", "kurashi", "--diff"],
    &["schema", "--check"],
    &["completions", "bash"],
    &["man"],
    &["import", "memo", "memo.txt", "--diff"],
    &["import", "memo", "memo.txt", "--sheet", "-", "--diff"],
    &["import", "plan", "somu.xlsx", "--diff"],
];

/// Every command that writes, in an order in which each finds what it needs.
pub(crate) const WRITING: &[&[&str]] = &[
    &["export", "plan", "somu", "-o", "again.xlsx"],
    &["import", "plan", "somu.xlsx"],
    &["import", "plan", "somu.xlsx", "--overwrite"],
    &["import", "memo", "memo.txt"],
    &["packet", "--format", "html,markdown,json"],
    &["packet", "--on", "2025-04-03", "--format", "html,markdown,json"],
    &["packet", "somu", "--format", "pdf"],
    &["handover", "somu", "--format", "html,markdown,json"],
    &["report", "-o", "report.html"],
    &["check", "-o", "sarif=check.sarif", "-o", "junit=check.xml"],
    &["check", "--fix"],
    &["fmt"],
    &["new", "somu"],
    &["new", "--missing", "somu"],
    &["new", "--all"],
    &["schema"],
    &["rename", "somu:G1", "G7"],
    &["rename", "shimin", "kurashi"],
    &["rollover", "2026"],
    &["hook", "install"],
    &["init", "anew"],
];

/// The program as a test runs it: nothing to read, and everything it says.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program runs")
}

pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program(folder);
    command.env("KPOLICY_TODAY", "2025-04-01").args(arguments).stdin(Stdio::null());
    command
}

/// Both streams as one text.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Gives a laid out city what [`READING`] and [`WRITING`] ask for: a memo, a sheet, two commits on
/// `main`, and another branch.
pub(crate) fn furnish(folder: &Path, memo: &str, commit: &dyn Fn(&str)) {
    std::fs::write(folder.join("memo.txt"), memo).expect("the memo");
    let made = run(folder, &["export", "plan", "somu", "-o", "somu.xlsx"]);
    assert!(made.status.success(), "{}", said(&made));
    run_git(folder, &["init", "--quiet", "--initial-branch=main"]);
    commit("初め");
    run_git(folder, &["branch", "other"]);
    let plan = folder.join("departments/2025/somu.yaml");
    let text = std::fs::read_to_string(&plan).expect("the plan");
    std::fs::write(&plan, text.replacen("value: 4", "value: 5", 1)).expect("the plan");
    commit("二つ目");
}

/// A commit of everything, by a fixed author.
pub(crate) fn plain_commit(folder: &Path, message: &str) {
    run_git(folder, &["add", "--all"]);
    run_git(folder, &["commit", "--quiet", "--message", message]);
}
