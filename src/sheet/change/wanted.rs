//! What is to be written, and what a plan says after it.

use crate::sheet::data::{Data, DataKind, Path};
use crate::sheet::merge::{Effect, Merge, Spot};

/// One thing to write.
pub(super) struct Want<'m> {
    pub spot: &'m Spot,
    pub path: &'m Path,
    pub what: What,
}

pub(super) enum What {
    Put(Data),
    Push(Vec<Data>),
    Remove,
}

/// What is to be written, sorted so that what goes to one place stands together.
pub(super) fn wants<'m>(merge: &'m Merge, gone: &'m [Spot], overwrite: bool) -> Vec<Want<'m>> {
    let mut wants = Vec::new();
    for change in &merge.changes {
        let what = match change.effect {
            Effect::Fills => What::Put(change.after.clone()),
            Effect::Extends => What::Push(change.after.entries().to_vec()),
            Effect::Replaces if overwrite => What::Put(change.after.clone()),
            Effect::Clears if overwrite => What::Remove,
            Effect::Replaces | Effect::Clears => continue,
        };
        wants.push(Want { spot: &change.spot, path: &change.path, what });
    }
    for (entry, spot) in merge.gone.iter().zip(gone).filter(|_| overwrite) {
        wants.push(Want { spot, path: &entry.path, what: What::Remove });
    }
    // What lies within an entry that goes is gone with it.
    let removed: Vec<&Path> =
        wants.iter().filter(|want| matches!(want.what, What::Remove)).map(|want| want.path).collect();
    let within = |path: &Path| removed.iter().any(|other| other.len() < path.len() && path.starts_with(other));
    let dropped: Vec<bool> = wants.iter().map(|want| within(want.path)).collect();
    let mut index = 0;
    wants.retain(|_| {
        index += 1;
        !dropped[index - 1]
    });
    let mut lists: Vec<Want<'m>> = Vec::new();
    for added in &merge.added {
        match lists.iter_mut().find(|want| *want.path == added.list) {
            Some(Want { what: What::Push(entries), .. }) => entries.push(added.data.clone()),
            _ => lists.push(Want { spot: &added.spot, path: &added.list, what: What::Push(vec![added.data.clone()]) }),
        }
    }
    wants.extend(lists.into_iter().filter(|want| !removed.iter().any(|other| want.path.starts_with(other))));
    wants.sort_by(|a, b| a.path.cmp(b.path));
    wants
}

pub(super) fn copy(what: &What) -> What {
    match what {
        What::Put(data) => What::Put(data.clone()),
        What::Push(entries) => What::Push(entries.clone()),
        What::Remove => What::Remove,
    }
}

/// What a value is to say after a want.
pub(super) fn meant(data: &mut Data, want: &Want<'_>) {
    at(data, want.path, &want.what);
}

fn at(data: &mut Data, path: &[String], what: &What) {
    let Some((first, rest)) = path.split_first() else {
        match what {
            What::Put(new) => *data = new.clone(),
            What::Push(new) => {
                let mut entries = data.entries().to_vec();
                entries.extend(new.iter().cloned());
                data.kind = DataKind::List(entries);
            }
            What::Remove => *data = Data::default(),
        }
        return;
    };
    if data.is_blank() && !matches!(data.kind, DataKind::List(_) | DataKind::Map(_)) {
        data.kind = DataKind::Map(Vec::new());
    }
    match &mut data.kind {
        DataKind::List(entries) => {
            let Some(index) = first.parse::<usize>().ok().filter(|index| *index < entries.len()) else { return };
            if rest.is_empty() && matches!(what, What::Remove) {
                entries.remove(index);
            } else {
                at(&mut entries[index], rest, what);
            }
        }
        DataKind::Map(fields) => {
            let found = fields.iter().position(|(name, _)| name == first);
            let index = found.unwrap_or_else(|| {
                fields.push((first.clone(), Data::default()));
                fields.len() - 1
            });
            at(&mut fields[index].1, rest, what);
        }
        _ => {}
    }
}

/// A path for sorting entries by their numbers.
pub(super) fn numbers(path: &Path) -> Vec<(usize, &str)> {
    path.iter().map(|step| (step.parse().unwrap_or(0), step.as_str())).collect()
}
