//! What a department handed in last: the plan as it was when its status became `submitted`.

use crate::city::year::Year;
use crate::city::{City, CityFile};
use crate::error::Error;
use crate::model::{Plan, Status};
use crate::packet::Submission;
use crate::store::git::History;
use crate::store::{Content, Entry, Snapshot};

/// For each of these departments what it handed in last, as far as the history tells.
pub(super) fn find(
    history: &History,
    revision: &str,
    year: &Year<'_>,
    departments: &[usize],
) -> Result<Vec<(usize, Submission)>, Error> {
    let mut found = Vec::new();
    for department in departments {
        let Some(file) = year.departments[*department].file else { continue };
        let submission = last(history, revision, year.city.file(file))?;
        found.extend(submission.map(|submission| (*department, submission)));
    }
    Ok(found)
}

fn last(history: &History, revision: &str, now: &CityFile) -> Result<Option<Submission>, Error> {
    let mut submitted: Option<Submission> = None;
    let mut certain = false;
    let path = now.path.as_str();
    let whole = history.contents(revision, path, &mut |commit, bytes| {
        // The version at hand has been read already.
        if now.is_readable() && bytes == now.text.as_bytes() && is_submitted(now.plan()) {
            submitted = Some(Submission { commit, text: None });
            return true;
        }
        let mut snapshot = Snapshot::default();
        snapshot.insert(path, Entry::File(Content::Bytes(bytes)));
        let city = City::load(&snapshot);
        let file = city.find(path).map(|id| city.file(id));
        // A version that cannot be read tells nothing of its status.
        let Some(file) = file.filter(|file| file.is_readable()) else { return true };
        if is_submitted(file.plan()) {
            submitted = Some(Submission { commit, text: Some(file.text.to_string()) });
        } else if submitted.is_some() {
            certain = true;
        }
        !certain
    })?;
    Ok(submitted.filter(|_| certain || whole))
}

/// A plan that is settled was handed in as well.
fn is_submitted(plan: Option<&Plan>) -> bool {
    let status = plan.and_then(|plan| plan.status.as_ref());
    status.is_some_and(|status| matches!(status.value, Status::Submitted | Status::Settled))
}
