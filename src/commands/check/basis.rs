//! Which files are judged: those of the work tree, of a revision, or with the text on stdin laid over.

use std::path::Path;

use crate::cli::Global;
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
    /// git のこの版を点検します|Check this git revision
    #[arg(long, value_name = "版|REV", hide_short_help = true, conflicts_with_all = ["fix", "diff", "unsafe_fixes"])]
    pub rev: Option<String>,
}

impl Basis {
    /// Reads the city; `stdin` says that one of the places named is `-`.
    pub(super) fn open(&self, global: &Global, stdin: bool) -> Result<Context, Error> {
        if !stdin && self.stdin_filename.is_some() {
            return Err(example(say!(
                "--stdin-filename は、標準入力（-）を点検するときに使います。",
                "--stdin-filename goes with -, which reads stdin."
            )));
        }
        let root = root(global)?;
        let mut snapshot = self.snapshot(&root)?;
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
        Context::of(global, root, &snapshot)
    }

    fn snapshot(&self, root: &Path) -> Result<Snapshot, Error> {
        match &self.rev {
            Some(revision) => History::require(root)?.snapshot(revision),
            None => read_work_tree(root),
        }
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
