//! bash takes `somu:G1` and `--by=item` apart at the sign; they are put together again, and only
//! what stands behind the sign is offered.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap_complete::engine::complete as candidates;

pub(super) fn complete(
    command: &mut clap::Command,
    words: &[OsString],
    here: Option<&Path>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<usize>().ok());
    let at = number("_CLAP_COMPLETE_INDEX").unwrap_or_default();
    let between = std::env::var("_CLAP_IFS").unwrap_or_else(|_| "\n".to_owned());
    let (words, index, typed) = joined(words, at);
    let found = candidates(command, words, index, here)?;
    let values = found.iter().map(|one| one.get_value().to_string_lossy().into_owned());
    let values: Vec<String> =
        values.map(|value| value.strip_prefix(&typed).map_or(value.clone(), str::to_owned)).collect();
    write!(out, "{}", values.join(&between))
}

/// The words as they were typed, which of them is being typed, and what of it bash does not replace.
fn joined(words: &[OsString], at: usize) -> (Vec<OsString>, usize, String) {
    let mut whole: Vec<String> = Vec::new();
    let (mut index, mut typed) = (0, String::new());
    let sign = |word: &str| matches!(word, ":" | "=");
    for (number, word) in words.iter().take(at + 1).enumerate() {
        let word = word.to_string_lossy().into_owned();
        let follows = number > 0 && words.get(number - 1).is_some_and(|last| last.to_str().is_some_and(sign));
        match whole.last_mut().filter(|_| number > 1 && (sign(&word) || follows)) {
            Some(last) => {
                typed = if sign(&word) { format!("{last}{word}") } else { last.clone() };
                last.push_str(&word);
            }
            None => {
                typed.clear();
                whole.push(word);
            }
        }
        index = whole.len() - 1;
    }
    if words.len() <= at {
        typed.clear();
        whole.push(String::new());
        index = whole.len() - 1;
    }
    (whole.into_iter().map(OsString::from).collect(), index, typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bash_takes_apart_is_joined() {
        let cases: [(&[&str], usize, &str, &str); 5] = [
            (&["kpolicy", "show", "somu"], 2, "somu", ""),
            (&["kpolicy", "show", "somu", ":"], 3, "somu:", "somu:"),
            (&["kpolicy", "show", "somu", ":", "G"], 4, "somu:G", "somu:"),
            (&["kpolicy", "coverage", "--by", "=", "it"], 4, "--by=it", "--by="),
            (&["kpolicy", "show", ""], 2, "", ""),
        ];
        for (words, at, last, typed) in cases {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            let (whole, index, kept) = joined(&words, at);
            assert_eq!((whole[index].to_str(), index, kept.as_str()), (Some(last), 2, typed), "{words:?}");
        }
    }
}
