//! Completion in shells: the program's answers, and the scripts in the shells that are there.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use crate::cases::{Scratch, lay_out, program};

fn town(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    lay_out("shipped", &scratch.0);
    scratch
}

/// What is offered for the last word, as fish is told: value, tab, help.
fn offered(folder: &Path, shell: &str, words: &[&str]) -> Vec<String> {
    let at = words.len().to_string();
    let mut command = program(folder);
    command.env("KPOLICY_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", at).env("_CLAP_IFS", "\n");
    let output = command.args(["--", "kpolicy"]).args(words).output().expect("runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}

#[test]
fn ids_names_and_titles_are_offered() {
    let town = town("completion");
    let bash = |words: &[&str]| offered(&town.0, "bash", words);
    assert_eq!(bash(&["show", "防"]), ["1-2", "1-3"]);
    assert_eq!(bash(&["coverage", "--item", "ゼロカーボン"]), ["1-6"]);
    assert_eq!(bash(&["show", "生成ＡＩ"]), ["1-5"], "found in the wording, too");
    assert_eq!(bash(&["check", "総務"]), ["somu"]);
    assert_eq!(bash(&["check", "建環"]), ["kensetsu-kankyo"], "by its short name");
    assert_eq!(bash(&["rename", "1-6-"]), ["1-6-a", "1-6-b", "1-6-c"]);
    assert!(bash(&["rename", "somu/"]).contains(&"somu/bosai-anzen".to_owned()));
    assert_eq!(bash(&["explain", "現状値"]), ["goals.measures.baseline"]);
    assert_eq!(bash(&["explain", "K30"])[..2], ["K301", "K302"]);
    assert_eq!(bash(&["--year", ""]), ["2025"]);
    assert!(bash(&["cov"]).contains(&"coverage".to_owned()));
    // bash takes a colon for the end of a word, and replaces what stands behind it.
    assert_eq!(bash(&["show", "somu", ":", "G1"]), ["G1"]);
    let fish = offered(&town.0, "fish", &["show", "somu:G1"]);
    assert!(fish[0].starts_with("somu:G1\t") && fish.len() == 1, "{fish:?}");
    assert_eq!(offered(&town.0, "fish", &["show", "防災"]), ["防災・減災対策\t1-2"]);
    assert_eq!(offered(&town.0, "powershell", &["show", "防災"]), ["1-2\t防災・減災対策"]);
}

#[test]
fn outside_a_city_there_is_silence() {
    let folder = Scratch::new("completion-nowhere");
    assert_eq!(offered(&folder.0, "bash", &["show", "防"]), Vec::<String>::new());
    // A variable that is left over does not keep the program from its work.
    let output = program(&folder.0).env("KPOLICY_COMPLETE", "bash").arg("check").output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    // The city of `-C` is asked, from wherever.
    let town = town("completion-root");
    let root = town.0.to_str().expect("path");
    assert_eq!(offered(&folder.0, "bash", &["-C", root, "show", "防災"]), ["1-2"]);
}

#[test]
fn an_answer_does_not_keep_people_waiting() {
    let town = town("completion-fast");
    let begin = Instant::now();
    offered(&town.0, "bash", &["show", "防"]);
    // 50 ms is for the program as it is shipped; this one is built for tests, beside others.
    assert!(begin.elapsed().as_millis() < 2000, "{:?}", begin.elapsed());
}

/// Runs a script in a shell that loads ours; nothing where there is no such shell.
fn in_shell(folder: &Path, shell: &str, script: &str) -> Option<Output> {
    let path = Path::new(env!("CARGO_BIN_EXE_kpolicy")).parent().expect("folder").to_str().expect("path");
    let path = format!("{path}:/usr/local/bin:/usr/bin:/bin");
    let mut command = Command::new(shell);
    let arguments: &[&str] = if shell == "bash" { &["--norc", "-c"] } else { &["-c"] };
    command.current_dir(folder).env_clear().env("PATH", path).env("HOME", folder).env("TERM", "dumb");
    command.env("LC_ALL", "C.UTF-8").args(arguments).arg(script);
    command.output().ok()
}

#[cfg(unix)]
#[test]
fn the_scripts_work_in_the_shells() {
    let town = town("completion-shells");
    let bash = r#"
        source <(kpolicy completions bash)
        ask() {
            COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_TYPE=9; COMPREPLY=()
            _clap_complete_kpolicy kpolicy "${COMP_WORDS[COMP_CWORD]}"
            echo "${COMPREPLY[@]}"
        }
        complete -p kpolicy > /dev/null && ask kpolicy show 防 && ask kpolicy check 総 && ask kpolicy show somu : G1
    "#;
    let output = in_shell(&town.0, "bash", bash).expect("bash is there");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1-2 1-3\nsomu\nG1\n", "{output:?}");
    let fish = "kpolicy completions fish | source\ncomplete -C 'kpolicy show 防災'\ncomplete -C 'kpolicy check 総務'";
    if let Some(output) = in_shell(&town.0, "fish", fish) {
        assert_eq!(String::from_utf8_lossy(&output.stdout), "防災・減災対策\t1-2\n総務部\tsomu\n", "{output:?}");
    }
    // zsh: what its completion would insert, told by a `compadd` of our own.
    let zsh = r#"
        autoload -Uz compinit && compinit -u -D
        source <(kpolicy completions zsh)
        _describe() { local -a all=("${(@P)3}"); print -r -- "${(j:|:)all} ${@[4,-1]}"; }
        words=(kpolicy show 防災) CURRENT=3
        _clap_dynamic_completer_kpolicy
    "#;
    if let Some(output) = in_shell(&town.0, "zsh", zsh) {
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("1-2:防災・減災対策") && text.contains("-U"), "{output:?}");
    }
}

#[test]
fn manual_pages_speak_both_languages() {
    let folder = Scratch::new("man");
    let man = |lang: &str, args: &[&str]| {
        let output = program(&folder.0).args(["--lang", lang, "man"]).args(args).output().expect("runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let (ja, en) = (man("ja", &[]), man("en", &[]));
    assert!(
        ja.starts_with(".ie") && ja.contains("\n.SH 名前\nkpolicy \\- 市政運営") && ja.contains("kpolicy\\-check(1)")
    );
    assert!(en.contains("\n.SH NAME\nkpolicy \\- Checks that") && !en.chars().any(|c| ('ぁ'..='ん').contains(&c)));
    man("ja", &["-o", "ja"]);
    man("en", &["-o", "en"]);
    let pages = |lang: &str| std::fs::read_dir(folder.0.join(lang)).expect("folder").count();
    assert!(pages("ja") == pages("en") && pages("ja") > 15);
    let rename = std::fs::read_to_string(folder.0.join("ja/kpolicy-rename.1")).expect("page");
    assert!(rename.contains("\\-\\-diff") && rename.contains("書き込まずに変更案を示します"), "{rename}");
}
