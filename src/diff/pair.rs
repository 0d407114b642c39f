//! Which entry of an old list became which of the new one. A goal under another number is the same
//! goal while its title or outcome stays; an entry reworded in part is the same entry.

use std::collections::HashMap;

use crate::diff::fields::name;
use crate::diff::value::Value;

type Entry<'v> = (usize, &'v Value);

/// Pairs, in the order of the new list; then what is gone, in the order of the old one.
pub(super) fn pair<'v>(old: &'v [Value], new: &'v [Value]) -> Vec<(Option<Entry<'v>>, Option<Entry<'v>>)> {
    let mut partner: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    let same = |value: &Value| Some(value.texts().join("\u{0}"));
    let titled = |field: &'static str| move |value: &Value| value.text(field).map(str::to_owned);
    let both = |value: &Value| Some(format!("{}\u{0}{}", value.text("id")?, value.text("title")?));
    match_by(old, new, &mut partner, &mut taken, &same);
    match_by(old, new, &mut partner, &mut taken, &both);
    match_by(old, new, &mut partner, &mut taken, &titled("title"));
    match_by(old, new, &mut partner, &mut taken, &titled("outcome"));
    match_by(old, new, &mut partner, &mut taken, &name);
    match_alike(old, new, &mut partner, &mut taken);
    let kept = new.iter().enumerate().map(|(index, value)| {
        let before = partner[index].map(|before| (before, &old[before]));
        (before, Some((index, value)))
    });
    let gone = old.iter().enumerate().filter(|(index, _)| !taken[*index]).map(|entry| (Some(entry), None));
    kept.chain(gone).collect()
}

/// Pairs entries that are free and have the same key, first with first.
fn match_by(
    old: &[Value],
    new: &[Value],
    partner: &mut [Option<usize>],
    taken: &mut [bool],
    key: &dyn Fn(&Value) -> Option<String>,
) {
    let mut free: HashMap<String, std::collections::VecDeque<usize>> = HashMap::new();
    for (index, value) in old.iter().enumerate().filter(|(index, _)| !taken[*index]) {
        if let Some(key) = key(value).filter(|key| !key.is_empty()) {
            free.entry(key).or_default().push_back(index);
        }
    }
    for (index, value) in new.iter().enumerate() {
        if partner[index].is_some() {
            continue;
        }
        let found = key(value).and_then(|key| free.get_mut(&key)).and_then(std::collections::VecDeque::pop_front);
        if let Some(before) = found {
            partner[index] = Some(before);
            taken[before] = true;
        }
    }
}

/// Pairs what is left over by texts that both hold: at least half of the longer ones.
fn match_alike(old: &[Value], new: &[Value], partner: &mut [Option<usize>], taken: &mut [bool]) {
    /// Shorter texts (days, marks, units) are shared by chance; so are texts that many entries hold.
    const LONG: usize = 4;
    const FEW: usize = 4;
    let long = |value: &Value| -> Vec<String> {
        let texts = value.texts().into_iter().filter(|text| text.chars().count() >= LONG);
        texts.map(str::to_owned).collect()
    };
    let mut holders: HashMap<String, Vec<usize>> = HashMap::new();
    for index in (0..old.len()).filter(|index| !taken[*index]) {
        for text in long(&old[index]) {
            holders.entry(text).or_default().push(index);
        }
    }
    for (index, value) in new.iter().enumerate() {
        if partner[index].is_some() {
            continue;
        }
        let texts = long(value);
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for holder in texts.iter().filter_map(|text| holders.get(text)).filter(|all| all.len() <= FEW).flatten() {
            *votes.entry(*holder).or_default() += 1;
        }
        let mut votes: Vec<(usize, usize)> = votes.into_iter().filter(|(holder, _)| !taken[*holder]).collect();
        votes.sort_by_key(|(holder, votes)| (std::cmp::Reverse(*votes), *holder));
        if let Some((holder, _)) = votes.first().filter(|(_, votes)| votes * 2 >= texts.len()) {
            partner[index] = Some(*holder);
            taken[*holder] = true;
        }
    }
    // One entry left on each side, and nothing else to tell them apart: a rewording.
    let rest: Vec<usize> = (0..new.len()).filter(|index| partner[*index].is_none()).collect();
    let gone: Vec<usize> = (0..old.len()).filter(|index| !taken[*index]).collect();
    if let ([index], [before]) = (rest.as_slice(), gone.as_slice())
        && new[*index].get("title").is_none()
        && new.len() == old.len()
    {
        partner[*index] = Some(*before);
        taken[*before] = true;
    }
}
