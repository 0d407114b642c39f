//! Nothing that a repository names is ever run: each of its settings would leave a witness.

use std::fs;

use super::hooks::script;
use super::{Repository, SOMU};
use crate::cases::program;

const PROGRAMS: [&str; 17] = [
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "diff.external",
    "diff.yaml.command",
    "diff.yaml.textconv",
    "filter.spy.clean",
    "filter.spy.smudge",
    "filter.spy.process",
    "merge.spy.driver",
    "credential.helper",
    "gpg.program",
    "pager.status",
    "uploadpack.packObjectsHook",
];

#[test]
fn nothing_a_repository_names_is_run() {
    let repository = Repository::new("hostile");
    let (spy, witness) = (repository.scratch.0.join("spy"), repository.scratch.0.join("witness"));
    script(&spy, &format!("echo \"$0 $*\" >> '{}'\ncat\n", witness.display()));
    repository.git(&["switch", "--quiet", "-c", "other"]).expect(0, &[]);
    repository.edit(SOMU, "窓口を止めない仕組み", "窓口の備え");
    repository.commit("other");
    repository.git(&["switch", "--quiet", "main"]).expect(0, &[]);
    repository.edit(SOMU, "手順書を改める", "手順書を全て改める");
    repository.commit("main");
    let spy = spy.to_string_lossy().into_owned();
    for name in PROGRAMS {
        repository.git(&["config", name, &spy]).expect(0, &[]);
    }
    repository.git(&["config", "filter.spy.required", "true"]).expect(0, &[]);
    repository.git(&["config", "alias.status", &format!("!{spy}")]).expect(0, &[]);
    let hooks = repository.top().join("spies");
    fs::create_dir_all(&hooks).expect("folder");
    for hook in ["pre-commit", "post-index-change", "post-checkout", "fsmonitor-watchman", "reference-transaction"] {
        fs::copy(&spy, hooks.join(hook)).expect("hook");
    }
    repository.git(&["config", "core.hooksPath", "spies"]).expect(0, &[]);
    fs::write(repository.top().join(".gitattributes"), "* filter=spy diff=yaml merge=spy ident\n").expect("write");
    repository.edit(SOMU, "手順書を全て改める", "手順書を全て見直す");
    _ = fs::remove_file(&witness);
    for asked in [
        &["check"][..],
        &["check", "--staged"],
        &["check", "--changed-since", "other"],
        &["check", "--rev", "other"],
        &["check", "--merge-with", "other"],
        &["packet", "--format", "html"],
        &["hook", "install"],
        &[],
    ] {
        let output = program(&repository.top()).env("HOME", repository.home()).args(asked).output().expect("it runs");
        assert_ne!(output.status.code(), Some(2), "{asked:?}: {}", String::from_utf8_lossy(&output.stderr));
        let ran = fs::read_to_string(&witness).unwrap_or_default();
        assert!(ran.is_empty(), "{asked:?} ran {ran}");
    }
    // The traps are set: git itself walks into them.
    _ = repository.git(&["diff"]);
    assert!(witness.exists(), "the witness would not have shown anything");
}
