//! `--missing`: what begun plans lack is written into them.

use crate::cli::Global;
use crate::commands::context::Context;
use crate::commands::new::Desk;
use crate::coverage::Coverage;
use crate::error::Error;
use crate::lang::{Lang, Say};
use crate::links::Links;
use crate::say;
use crate::skeleton::{self, Added};
use crate::store::replace;

/// A plan with what it lacked.
pub(super) struct Completed {
    path: String,
    pub(super) name: String,
    before: String,
    added: Added,
}

impl Completed {
    pub(super) fn changes(&self) -> bool {
        self.added.text != self.before
    }
}

/// Completes the plans of these departments, in memory.
pub(super) fn complete(desk: &Desk, global: &Global, there: &[(String, String)]) -> Result<Vec<Completed>, Error> {
    let context = Context::of(global, desk.root.clone(), &desk.snapshot)?;
    let year = context.judged(desk.year)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let mut completed = Vec::new();
    for (id, path) in there {
        let index = year.departments.iter().position(|department| department.id() == id);
        let file = context.city.find(path).map(|file| context.city.file(file));
        let (Some(index), Some(file)) = (index, file) else { return Err(unread(path)) };
        let carried = skeleton::carried(&year, index);
        if file.is_blank_plan() {
            return Err(blank(path));
        }
        let added = skeleton::add_missing(&year, &links, &coverage, index, &carried).ok_or_else(|| unread(path))?;
        let name = year.departments[index].name().to_owned();
        completed.push(Completed { path: path.clone(), name, before: file.text.to_string(), added });
    }
    Ok(completed)
}

/// A plan that cannot be read has no place where anything belongs.
fn unread(path: &str) -> Error {
    Error::environment(say!(
        "{path} に書き加えられません: 読めない所か、知らない欄があります。",
        "nothing can be added to {path}: some of it cannot be read, or has an unknown name."
    ))
    .hint(say!("kpolicy check {path} で、直す所が分かります。", "kpolicy check {path} tells what to mend."))
}

/// Nothing is there to add to.
fn blank(path: &str) -> Error {
    Error::environment(say!("{path} には、まだ何も書かれていません。", "nothing is written in {path} yet.")).hint(say!(
        "このファイルを消してから、--missing を付けずに kpolicy new を実行してください。",
        "Delete the file, then run kpolicy new without --missing."
    ))
}

/// Writes the files that change.
pub(super) fn write(desk: &Desk, completed: &[Completed]) -> Result<(), Error> {
    for Completed { path, before, added, .. } in completed.iter().filter(|completed| completed.changes()) {
        replace(&desk.root, path, before.as_bytes(), added.text.as_bytes()).map_err(|why| why.explained(path))?;
    }
    Ok(())
}

/// What was added to each plan, and what has no place.
pub(super) fn words(completed: &[Completed], lang: Lang) -> String {
    let list = |words: &[Say]| words.iter().map(|word| format!("  {}\n", word.get(lang))).collect::<String>();
    let mut text = String::new();
    for Completed { path, name, added, .. } in completed {
        let count = added.written.len();
        let words = if count == 0 {
            say!("\n{name}の計画に、書き加える所はありません（{path}）\n", "\n{name}: nothing to add ({path})\n")
        } else {
            say!(
                "\n{name}の計画に、書く場所を {count}か所加えました（{path}）\n",
                "\n{name}: {count} places to write were added ({path})\n"
            )
        };
        text.push_str(words.get(lang));
        text.push_str(&list(&added.written));
        if !added.left.is_empty() {
            let count = added.left.len();
            let words = say!(
                "手で書いていただく所が {count}か所あります（[ ] や {{ }} の中、別の内容のある欄には書き加えません）\n",
                "{count} are left to you (nothing is added inside [ ] or {{ }}, or to a field that holds something else)\n"
            );
            text.push_str(words.get(lang));
            text.push_str(&list(&added.left));
        }
    }
    text
}
