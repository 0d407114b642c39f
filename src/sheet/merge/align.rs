//! Which entry of the file as it is now an entry of the exported plan has become.

use std::collections::{HashMap, HashSet};

use crate::shape::{Kind, Shape};
use crate::sheet::data::{Data, Path, path_word};

/// Where entries went.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    /// By the path in the exported plan: the path now; none for what is gone.
    now: HashMap<String, Option<Path>>,
    /// Paths of present entries that the exported plan had.
    known: HashSet<String>,
}

impl Aligned {
    pub(super) fn new(base: &Data, now: &Data, shape: &'static Shape) -> Aligned {
        let mut aligned = Aligned::default();
        aligned.note(Path::new(), Some(Path::new()));
        aligned.fields(base, Some(now), shape, (&Path::new(), &Path::new()));
        aligned
    }

    /// The present path of an exported entry.
    pub(super) fn now(&self, base: &[String]) -> Option<&Path> {
        self.now.get(&path_word(base))?.as_ref()
    }

    /// True for a present entry that the exported plan had, or that a row was found to be.
    pub(super) fn is_known(&self, now: &[String]) -> bool {
        self.known.contains(&path_word(now))
    }

    /// A row was found to be this entry.
    pub(super) fn take(&mut self, now: &[String]) {
        self.known.insert(path_word(now));
    }

    fn note(&mut self, base: Path, now: Option<Path>) {
        if let Some(now) = &now {
            self.known.insert(path_word(now));
        }
        self.now.insert(path_word(&base), now);
    }

    fn fields(&mut self, base: &Data, now: Option<&Data>, shape: &'static Shape, (from, to): (&Path, &Path)) {
        for field in shape.fields {
            let below = |path: &Path| path.iter().cloned().chain([field.key.to_owned()]).collect::<Path>();
            let (Some(old), new) = (base.at(&[field.key]), now.and_then(|now| now.at(&[field.key]))) else { continue };
            match field.kind {
                Kind::One(inner) => self.fields(old, new, inner, (&below(from), &below(to))),
                Kind::List(Kind::One(inner)) => {
                    self.list(old.entries(), new.map_or(&[], Data::entries), inner, (&below(from), &below(to)));
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, old: &[Data], new: &[Data], shape: &'static Shape, (from, to): (&Path, &Path)) {
        let pairs = pairs(old, new, shape);
        for (index, pair) in pairs.into_iter().enumerate() {
            let step = |path: &Path, index: usize| path.iter().cloned().chain([index.to_string()]).collect::<Path>();
            let base = step(from, index);
            match pair.and_then(|at| Some((at, new.get(at)?))) {
                Some((at, entry)) => {
                    let now = step(to, at);
                    self.fields(&old[index], Some(entry), shape, (&base, &now));
                    self.note(base, Some(now));
                }
                None => {
                    self.fields(&old[index], None, shape, (&base, &base));
                    self.note(base, None);
                }
            }
        }
    }
}

/// For each old entry, the new one it is: of the same id, the same content, the same first field,
/// else, where as many are left on both sides, the one in the same place.
fn pairs(old: &[Data], new: &[Data], shape: &'static Shape) -> Vec<Option<usize>> {
    let mut pairs = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    let first = shape.fields.first();
    let by_id = first.is_some_and(|field| matches!(field.kind, Kind::GoalId));
    let name = |entry: &Data| first.and_then(|field| entry.text_at(&[field.key])).map(str::to_owned);
    let same_name = |a: &Data, b: &Data| name(a).is_some() && name(a) == name(b);
    // An id stays with its entry; else what is unchanged is found first.
    for round in [by_id, !by_id] {
        let is = |a: &Data, b: &Data| if round { same_name(a, b) } else { a.same(b) };
        for (index, entry) in old.iter().enumerate() {
            if pairs[index].is_some() {
                continue;
            }
            // What stands in the same place is the likeliest.
            let order = std::iter::once(index).chain(0..new.len());
            let found = order.filter(|at| *at < new.len()).find(|at| !taken[*at] && is(entry, &new[*at]));
            if let Some(at) = found {
                (pairs[index], taken[at]) = (Some(at), true);
            }
        }
    }
    let left: Vec<usize> = (0..old.len()).filter(|index| pairs[*index].is_none()).collect();
    let mut free: Vec<usize> = (0..new.len()).filter(|at| !taken[*at]).collect();
    if new.len() > old.len() {
        // Entries were added, and they are added below: what was there before keeps its place.
        free.retain(|at| *at < old.len());
    }
    if left.len() == free.len() && !by_id {
        left.into_iter().zip(free).for_each(|(index, at)| pairs[index] = Some(at));
    }
    pairs
}
