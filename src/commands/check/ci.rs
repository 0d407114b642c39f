//! What a CI runner gets with `--format auto`, besides the text: annotations and a summary; and
//! where its paths begin.

use std::env::var_os;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::checked::Checked;
use crate::report::{github, markdown};
use crate::say;
use crate::store::relative;
use crate::ui::Ui;

/// A summary over 1 MiB is dropped by the runner as a whole.
const SUMMARY: u64 = 1024 * 1024;

/// The runner around this run, as the environment tells it.
pub(super) struct Ci {
    annotations: bool,
    summary: Option<PathBuf>,
    /// The city's folder below the job's, empty or ending in `/`.
    pub(super) below: String,
}

impl Ci {
    /// Asks the environment.
    pub(super) fn of_environment(root: &Path) -> Ci {
        let is = |name: &str| var_os(name).is_some_and(|value| value == "true");
        let folder = if is("GITHUB_ACTIONS") {
            var_os("GITHUB_WORKSPACE")
        } else if is("GITLAB_CI") {
            var_os("CI_PROJECT_DIR")
        } else {
            None
        };
        Ci {
            annotations: is("GITHUB_ACTIONS"),
            summary: var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from),
            below: folder.and_then(|folder| below(Path::new(&folder), root)).unwrap_or_default(),
        }
    }

    /// Prints the annotations and adds the summary, where they are wanted.
    pub(super) fn tell(&self, ui: &mut Ui<'_>, checked: &Checked<'_>) -> Result<(), Error> {
        if self.annotations {
            ui.print(&github::write(checked))?;
        }
        self.summary.as_ref().map_or(Ok(()), |path| add_summary(path, checked))
    }
}

/// The root below a folder; none where it lies elsewhere.
fn below(folder: &Path, root: &Path) -> Option<String> {
    let path = relative(&folder.canonicalize().ok()?, &root.canonicalize().ok()?)?;
    Some(if path.is_empty() { path } else { format!("{path}/") })
}

/// Adds to what earlier commands of the same step wrote, as far as the runner takes it.
fn add_summary(path: &Path, checked: &Checked<'_>) -> Result<(), Error> {
    let failed = |error: std::io::Error| {
        let place = path.display().to_string();
        Error::environment(say!(
            "要約を「{place}」に書き足せません: {error}",
            "cannot add the summary to {place}: {error}"
        ))
        .hint(say!(
            "要約が要らない場合は --format text を使ってください。",
            "Where no summary is wanted, use --format text."
        ))
    };
    let mut file = OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
    let there = file.metadata().map_err(failed)?.len();
    let room = usize::try_from(SUMMARY.saturating_sub(there)).unwrap_or_default();
    let mut text = if there > 0 { "\n".to_owned() } else { String::new() };
    text.push_str(&markdown::within(checked, room.saturating_sub(1)));
    if text.len() < room {
        file.write_all(text.as_bytes()).map_err(failed)?;
    }
    Ok(())
}
