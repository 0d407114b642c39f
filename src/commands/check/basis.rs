//! Which files are judged, and which version they are compared with: the work tree, the index, a
//! revision, a merge, or the text on stdin laid over.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::city::City;
use crate::cli::Global;
use crate::commands::check::before::Before;
use crate::commands::context::{Context, root};
use crate::error::Error;
use crate::say;
use crate::store::git::History;
use crate::store::{Snapshot, read_work_tree, relative};

/// Where the city comes from.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "CI・管理者向け|For CI and administrators")]
pub struct Basis {
    /// 標準入力の内容を、このファイルのものとして点検します|Where the text on stdin belongs
    #[arg(long, value_name = "ファイル|FILE", hide_short_help = true)]
    pub stdin_filename: Option<String>,
    /// コミットする内容を点検します。前からある指摘は数えず、どの形式の結果にも載せません|Check what the next commit will hold; findings that HEAD already has do not count and are in no output
    #[arg(long, hide_short_help = true, conflicts_with_all = ["fix", "diff", "unsafe_fixes", "rev", "changed_since", "merge_with", "stdin_filename"])]
    pub staged: bool,
    /// この版と分かれた後の変更が持ち込んだ指摘だけを数えます|Count only what came since the work parted from this revision
    #[arg(long, value_name = "版|REV", hide_short_help = true, conflicts_with_all = ["fix", "diff", "unsafe_fixes"])]
    pub changed_since: Option<String>,
    /// git のこの版を点検します|Check this git revision
    #[arg(long, value_name = "版|REV", hide_short_help = true, conflicts_with_all = ["fix", "diff", "unsafe_fixes"])]
    pub rev: Option<String>,
    /// この版と併せた結果を点検します（何も書き込みません）|Check what merging this revision would give; nothing is written
    #[arg(long, value_name = "版|REV", hide_short_help = true, conflicts_with_all = ["fix", "diff", "unsafe_fixes", "rev"])]
    pub merge_with: Option<String>,
}

impl Basis {
    /// Reads the city and the one it is compared with, if any; `stdin` says that one of the places
    /// named is `-`.
    pub(super) fn open(&self, global: &Global, stdin: bool) -> Result<(Context, Option<Before>), Error> {
        if !stdin && self.stdin_filename.is_some() {
            return Err(example(say!(
                "--stdin-filename は、標準入力（-）を点検するときに使います。",
                "--stdin-filename goes with -, which reads stdin."
            )));
        }
        let root = self.root(global)?;
        let history = if self.needs_history() { Some(History::require(&root)?) } else { None };
        let mut snapshot = self.snapshot(&root, history.as_deref())?;
        if stdin {
            let name = self.stdin_filename.as_deref().ok_or_else(|| {
                example(say!(
                    "標準入力がどのファイルの内容かを示してください。",
                    "say which file the text on stdin is."
                ))
            })?;
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
            snapshot.overlay(below(&root, name), bytes);
        }
        let before = history.map(|history| self.before(&root, &history)).transpose()?.flatten();
        Ok((Context::of(global, root, &snapshot)?, before))
    }

    /// True where the files of the work tree are what is judged.
    pub(super) fn is_work_tree(&self) -> bool {
        !self.staged && self.rev.is_none() && self.merge_with.is_none()
    }

    fn needs_history(&self) -> bool {
        self.staged || [&self.changed_since, &self.rev, &self.merge_with].into_iter().any(Option::is_some)
    }

    /// The city's folder. A revision can also be read where no file is checked out: on a server.
    fn root(&self, global: &Global) -> Result<PathBuf, Error> {
        root(global).or_else(|error| {
            let here = global.root.clone().unwrap_or_else(|| PathBuf::from("."));
            let from_history = self.rev.is_some() || self.merge_with.is_some();
            if from_history && History::is_bare(&here) { Ok(here) } else { Err(error) }
        })
    }

    fn snapshot(&self, root: &Path, history: Option<&History>) -> Result<Snapshot, Error> {
        match (history, &self.rev, &self.merge_with) {
            (Some(history), Some(revision), _) => history.snapshot(revision),
            (Some(history), _, Some(revision)) => history.merged_with(revision),
            (Some(history), None, None) if self.staged => staged(history),
            _ => read_work_tree(root),
        }
    }

    /// The city before the change, where the change is what is judged.
    fn before(&self, root: &Path, history: &History) -> Result<Option<Before>, Error> {
        let snapshot = match &self.changed_since {
            _ if self.staged => history.head()?,
            Some(revision) => {
                let now = self.rev.as_deref().or(self.merge_with.as_deref()).unwrap_or("HEAD");
                history.snapshot(&history.merge_base(now, revision)?)?
            }
            None => return Ok(None),
        };
        let from_history = self.rev.is_some() || self.merge_with.is_some();
        let outside = if from_history { BTreeSet::new() } else { outside(root, history)? };
        let merged = if self.staged { history.being_merged()? } else { Vec::new() };
        let merged = merged.iter().map(City::load).collect();
        Ok(Some(Before { city: City::load(&snapshot), merged, outside }))
    }

    /// The path below the root of the file that stdin stands for.
    pub(super) fn stdin_path(&self, root: &Path) -> Option<String> {
        self.stdin_filename.as_deref().map(|name| below(root, name))
    }
}

fn below(root: &Path, name: &str) -> String {
    let slashed = name.replace('\\', "/");
    let path = Path::new(&slashed);
    let inside = if path.is_absolute() { relative(root, path) } else { None };
    inside.unwrap_or_else(|| slashed.trim_start_matches("./").to_owned())
}

fn example(words: crate::lang::Say) -> Error {
    Error::usage(words).hint(say!(
        "例: kpolicy check - --stdin-filename departments/2025/somu.yaml",
        "For example: kpolicy check - --stdin-filename departments/2025/somu.yaml"
    ))
}

/// The index. Without a policy in it nothing can be judged, whatever lies in the work tree.
fn staged(history: &History) -> Result<Snapshot, Error> {
    let snapshot = history.staged()?;
    if snapshot.is_empty_under("policy") {
        return Err(Error::usage(say!(
            "コミットする内容に、基本方針（policy の下のファイル）が含まれていません。",
            "what is being committed holds no basic policy (nothing under policy/)."
        ))
        .hint(say!(
            "次を実行してから、もう一度コミットしてください。\n  git add policy departments",
            "Run this and commit again:\n  git add policy departments"
        )));
    }
    Ok(snapshot)
}

/// Files of the work tree that git does not hold. A name may be composed (が) on one side and in
/// pieces (か and a mark) on the other: it is one name all the same.
fn outside(root: &Path, history: &History) -> Result<BTreeSet<String>, Error> {
    let composed = |path: &str| path.nfc().collect::<String>();
    let known: BTreeSet<String> = history.known_paths()?.iter().map(|path| composed(path)).collect();
    let files = read_work_tree(root)?;
    let outside = files.entries().map(|(path, _)| path).filter(|path| !known.contains(&composed(path)));
    Ok(outside.map(str::to_owned).collect())
}
