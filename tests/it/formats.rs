//! Formats for CI, read as their readers read them: against published schemas, by a real XML parser, by
//! a runner's own rules. The JSON report tells what has to be in each.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it wrote should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roxmltree::{Document, Node};
use serde_json::Value;

use crate::cases::{Scratch, lay_out, program};
use crate::runner::{self, Ordered};
use crate::support;

const SOMU: &str = "departments/2025/somu.yaml";
const LANGUAGES: [&str; 2] = ["ja", "en"];

/// A city on disk.
struct Town(Scratch);

impl Town {
    fn of(base: &str, name: &str) -> Town {
        let scratch = Scratch::new(&format!("formats-{name}"));
        lay_out(base, &scratch.0);
        Town(scratch)
    }

    fn root(&self) -> &Path {
        &self.0.0
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::write(self.root().join(path), text).expect(path);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect(path)
    }

    #[track_caller]
    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}");
        self.write(path, text.replacen(old, new, 1));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(self.root());
        command.arg("check").args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        printed(&mut self.command(arguments))
    }

    /// One run in a language, with every format in a file of its own.
    fn tell(&self, lang: &'static str) -> Told<'_> {
        let folder = self.root().join("out");
        fs::create_dir_all(&folder).unwrap();
        let mut command = self.command(&["--lang", lang]);
        command.args(FORMATS.iter().flat_map(|format| ["-o".to_owned(), format!("{format}=out/{format}")]));
        printed(&mut command);
        Told { town: self, lang, folder }
    }
}

const FORMATS: [&str; 10] =
    ["text", "concise", "json", "github", "gitlab", "sarif", "junit", "rdjson", "checkstyle", "markdown"];

/// What a run told, in every format.
struct Told<'t> {
    town: &'t Town,
    lang: &'static str,
    folder: PathBuf,
}

impl Told<'_> {
    fn format(&self, format: &str) -> String {
        fs::read_to_string(self.folder.join(format)).expect(format)
    }

    fn json(&self, format: &str) -> Value {
        serde_json::from_str(&self.format(format)).expect(format)
    }

    fn diagnostics(&self) -> Vec<Value> {
        list(&self.json("json")["diagnostics"]).clone()
    }
}

fn printed(command: &mut Command) -> String {
    let output = command.output().expect("the program runs");
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap_or_else(|| panic!("no number: {value}"))).unwrap()
}

/// The shipped city with many slips of all levels.
fn broken() -> Town {
    let town = Town::of("shipped", "broken");
    town.edit(SOMU, "title: ", "title：");
    town.edit(SOMU, "      - 3-6-a", "      - 3-9\n      - 3-99\n      - １－６\n      - 𠮷野  # 葛󠄀");
    town.edit(SOMU, "status: submitted", "status: submitted\nstatsu: 𠮷");
    town.write(SOMU, format!("\u{feff}{}", town.read(SOMU).replace('\n', "\r\n")));
    town.edit("departments/2025/fukushi.yaml", "status: submitted", "status: draft\nreforms: 1.10");
    town.edit("departments/2025/kodomo-katei.yaml", "  - id: G1", "\t- id: G1");
    town.edit("departments/2025/seisaku.yaml", "    division: ", "    # 課: ");
    town.edit("departments/2025/shimin-seikatsu.yaml", "    title: ", "    title: 推進する # ");
    town.write("departments/2025/kyoiku.yaml", "status: \"abc\n");
    town.write("departments/2025/kaikei.yaml", [0x83, 0x65, 0x83, 0x58]);
    fs::remove_file(town.root().join("departments/2025/kenko.yaml")).unwrap();
    town
}

/// Words that act somewhere: on a terminal, a runner, in XML, Markdown, a URI.
const HOSTILE: &str = "::error file=a::x ##[error]y ##vso[task.setvariable]z ]]> <b a='1' b=\"2\"> & %0A::warning::w | @all [x](javascript:y) \u{1b}[31m \u{9b}1m \u{202e}gnp \u{feff}\u{ffff} 𠮷";

/// A small city in which texts and file names are hostile.
fn hostile() -> Town {
    let town = Town::of("small", "hostile");
    let cites = format!("      - 1-1\n      - '{}'\n", HOSTILE.replace('\'', "''"));
    town.edit(SOMU, "      - 1-1\n", &cites);
    town.edit(SOMU, "direction: |-\n", "direction: |-\n  ::error::方針\n  ##[group]x\n");
    town.edit(SOMU, "      - what: 手順書を改める", "      - what: 手順書を改める\n        '::error::k': v");
    town.edit("policy/2025/organization.yaml", "name: 市民部", "name: '::error::<b>市民部&\"##[x]'");
    let plan = town.read(SOMU);
    let mut names = vec![
        "悪い,50%.yaml",
        "%0A.yaml",
        "x'&y.yaml",
        "😀𠮷.yaml",
        "##[error]x.yaml",
        "か\u{3099}.yaml",
        "a b#c;d=e.yml",
    ];
    if cfg!(unix) {
        names.extend([
            "::error::.yaml",
            "a\"<b>.yaml",
            "改\n::error::行.yaml",
            "\u{1b}[31m赤.yaml",
            "tab\t\u{202e}.yaml",
            "back\\slash.yaml",
        ]);
    }
    for name in names {
        town.write(&format!("departments/2025/{name}"), &plan);
    }
    town
}

fn cities() -> [Town; 3] {
    [Town::of("shipped", "shipped"), broken(), hostile()]
}

fn every(look: impl Fn(&Told<'_>, &[Value])) {
    for town in cities() {
        for lang in LANGUAGES {
            let told = town.tell(lang);
            look(&told, &told.diagnostics());
        }
    }
}

#[test]
fn the_cities_are_what_the_tests_take_them_for() {
    let [shipped, broken, hostile] = cities().map(|town| town.tell("ja").diagnostics());
    assert!(shipped.len() < 10 && broken.len() > 10 && hostile.len() > 15, "{}, {}", broken.len(), hostile.len());
    let levels =
        |found: &[Value]| found.iter().map(|found| text(&found["severity"]).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(levels(&broken).len(), 3, "every level occurs");
    assert!(broken.iter().filter(|found| !found["fix"].is_null()).count() >= 3, "there are fixes");
}

#[test]
fn no_output_acts_on_a_terminal_or_a_runner() {
    every(|told, _| {
        for format in FORMATS {
            let out = told.format(format);
            let bad = out.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            });
            assert_eq!(bad.filter(|c| *c != '\u{200d}'), None, "{format}");
            for line in out.lines() {
                let acts = runner::command(line).is_some() || line.to_lowercase().contains("##vso[");
                assert!(format == "github" || !acts, "{format}: {line}");
            }
        }
    });
}

#[test]
fn remarks_on_stderr_do_not_act_either() {
    let town = hostile();
    let output = town.command(&["x\n::error::y"]).output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("error") && words.lines().all(|line| runner::command(line).is_none()), "{words}");
}

#[test]
fn github_commands_are_whole() {
    every(|told, diagnostics| {
        let out = told.format("github");
        let paths: BTreeSet<&str> = diagnostics.iter().map(|found| text(&found["path"])).collect();
        for line in out.lines() {
            let command = runner::command(line).unwrap_or_else(|| panic!("no command: {line}"));
            assert!(command.data.encode_utf16().count() <= 4096 && !command.data.is_empty());
            assert!(command.properties.contains_key("title"), "{line}");
            let Some(path) = command.properties.get("file") else { continue };
            let plain = !path.contains("<U+") && !path.contains("# #");
            assert!(!plain || paths.contains(path.as_str()), "{path}");
            assert_eq!(
                command.properties.contains_key("col"),
                command.properties["line"] == command.properties["endLine"]
            );
        }
        let ordered: Vec<Ordered> = out.lines().filter_map(runner::command).map(|command| command.order()).collect();
        assert!(ordered.is_sorted(), "the worst first");
    });
}

#[test]
fn github_names_the_rest_where_a_runner_would_drop_it() {
    let town = Town::of("small", "many");
    let cites: String = (10..40).map(|number| format!("      - 1-{number}\n")).collect();
    town.edit(SOMU, "      - 1-1\n", &cites);
    let told = town.tell("ja");
    let diagnostics = told.diagnostics();
    let errors = diagnostics.iter().filter(|found| found["severity"] == "error").count();
    let out = told.format("github");
    let commands: Vec<_> = out.lines().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(commands.len(), 10);
    assert!(commands[9].contains(&format!("ほか {}件", errors - 9)), "{}", commands[9]);
    assert!(out.lines().filter(|line| line.starts_with("::warning ")).count() <= 10);
}

/// Errors of a document against a published schema.
fn faults(schema: &str, document: &Value) -> Vec<String> {
    let schema = fs::read_to_string(support::tests_dir("it/schemas").join(schema)).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.iter_errors(document).map(|error| format!("{} {error}", error.instance_path())).collect()
}

#[test]
fn sarif_is_valid_and_tells_the_same() {
    every(|told, diagnostics| {
        let log = told.json("sarif");
        assert_eq!(faults("sarif-2.1.0.json", &log), Vec::<String>::new());
        let run = &log["runs"][0];
        assert_eq!((text(&run["columnKind"]), text(&run["language"])), ("unicodeCodePoints", told.lang));
        let rules = list(&run["tool"]["driver"]["rules"]);
        for rule in rules {
            for words in ["shortDescription", "fullDescription", "help"] {
                assert!(!text(&rule[words]["text"]).is_empty(), "{rule}");
            }
            assert!(text(&rule["shortDescription"]["text"]).chars().count() <= 1024);
        }
        let mut results: Vec<_> = list(&run["results"])
            .iter()
            .map(|result| {
                let place = &result["locations"][0]["physicalLocation"];
                assert_eq!(rules[number(&result["ruleIndex"])]["id"], result["ruleId"]);
                assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
                let region = &place["region"];
                let ends = ["startLine", "startColumn", "endLine", "endColumn"].map(|end| number(&region[end]));
                let level = text(&result["level"]).replace("note", "info");
                (
                    runner::from_uri(text(&place["artifactLocation"]["uri"])),
                    ends,
                    text(&result["ruleId"]).to_owned(),
                    level,
                )
            })
            .collect();
        let levels: Vec<_> =
            results.iter().map(|(.., level)| ["error", "warning", "info"].iter().position(|l| l == level)).collect();
        assert!(levels.is_sorted(), "the worst first");
        let mut wanted: Vec<_> = diagnostics.iter().map(truth).collect();
        results.sort();
        wanted.sort();
        assert_eq!(results, wanted);
    });
}

/// Path, both ends, code and level of a diagnostic of the JSON report.
fn truth(found: &Value) -> (String, [usize; 4], String, String) {
    let (start, end) = (&found["range"]["start"], &found["range"]["end"]);
    let ends = [&start["line"], &start["column"], &end["line"], &end["column"]].map(number);
    (text(&found["path"]).to_owned(), ends, text(&found["code"]).to_owned(), text(&found["severity"]).to_owned())
}

#[test]
fn rdjson_is_valid_and_counts_bytes() {
    every(|told, diagnostics| {
        let result = told.json("rdjson");
        assert_eq!(faults("rdf-DiagnosticResult.json", &result), Vec::<String>::new());
        let all = list(&result["diagnostics"]);
        assert_eq!(all.len(), diagnostics.len());
        for (one, found) in all.iter().zip(diagnostics) {
            let (path, [line, column, end_line, end_column], code, level) = truth(found);
            assert_eq!((text(&one["location"]["path"]), text(&one["code"]["value"])), (path.as_str(), code.as_str()));
            assert_eq!(text(&one["severity"]).to_lowercase(), level);
            let range = &one["location"]["range"];
            for (end, line, column) in [("start", line, column), ("end", end_line, end_column)] {
                assert_eq!(number(&range[end]["line"]), line);
                let bytes = fs::read(told.town.root().join(&path)).unwrap();
                let source = String::from_utf8(bytes).unwrap_or_default();
                let words = source.split('\n').nth(line - 1).unwrap_or_default().trim_start_matches('\u{feff}');
                let before: usize = words.chars().take(column - 1).map(char::len_utf8).sum();
                assert_eq!(number(&range[end]["column"]), before + 1, "{found}");
            }
        }
    });
}

#[test]
fn fixes_are_the_same_in_every_format() {
    let town = broken();
    let told = town.tell("ja");
    let diagnostics = told.diagnostics();
    let (sarif, rdjson) = (told.json("sarif"), told.json("rdjson"));
    let mut seen = 0;
    for (found, told) in diagnostics.iter().zip(list(&rdjson["diagnostics"])) {
        let Some(suggestion) = list(&told["suggestions"]).first() else { continue };
        let source = town.read(text(&found["path"]));
        let mut wanted = source.clone();
        let mut edits: Vec<&Value> = list(&found["fix"]["edits"]).iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(number(&edit["range"]["start"]["offset"])));
        for edit in edits {
            let at = |end: &str| number(&edit["range"][end]["offset"]);
            wanted.replace_range(at("start")..at("end"), text(&edit["text"]));
        }
        let at = |end: &Value| offset(&source, number(&end["line"]), number(&end["column"]) - 1);
        let mut mended = source.clone();
        mended.replace_range(
            at(&suggestion["range"]["start"])..at(&suggestion["range"]["end"]),
            text(&suggestion["text"]),
        );
        assert_eq!(mended, wanted);
        let result = list(&sarif["runs"][0]["results"]).iter().find(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            runner::from_uri(text(&place["artifactLocation"]["uri"])) == text(&found["path"])
                && result["ruleId"] == found["code"]
                && place["region"]["startLine"] == found["range"]["start"]["line"]
                && place["region"]["startColumn"] == found["range"]["start"]["column"]
        });
        let replacements = &result.unwrap()["fixes"][0]["artifactChanges"][0]["replacements"];
        for (replacement, edit) in list(replacements).iter().zip(list(&found["fix"]["edits"])) {
            assert_eq!(replacement["insertedContent"]["text"], edit["text"]);
            assert_eq!(replacement["deletedRegion"]["startColumn"], edit["range"]["start"]["column"]);
            assert_eq!(replacement["deletedRegion"]["endColumn"], edit["range"]["end"]["column"]);
        }
        seen += 1;
    }
    assert!(seen >= 3, "fixes are told");
}

/// The byte of a line and a byte within it; a byte order mark counts for none.
fn offset(source: &str, line: usize, bytes: usize) -> usize {
    let lines: Vec<&str> = source.split_inclusive('\n').collect();
    let start: usize = lines[..line - 1].iter().map(|line| line.len()).sum();
    let words = lines.get(line - 1).copied().unwrap_or_default();
    start + (words.len() - words.trim_start_matches('\u{feff}').len()) + bytes
}

#[test]
fn gitlab_lists_issues_with_keys_of_their_own() {
    every(|told, diagnostics| {
        let report = told.json("gitlab");
        let issues = list(&report);
        assert_eq!(issues.len(), diagnostics.len());
        let keys: BTreeSet<&str> = issues.iter().map(|issue| text(&issue["fingerprint"])).collect();
        assert_eq!(keys.len(), issues.len(), "every key once");
        for (issue, found) in issues.iter().zip(diagnostics) {
            assert_eq!(issue["location"]["path"], found["path"]);
            assert_eq!(issue["location"]["lines"]["begin"], found["range"]["start"]["line"]);
            assert!(
                !text(&issue["description"]).is_empty() && text(&issue["check_name"]).starts_with(text(&found["code"]))
            );
            let wanted: &[&str] = match text(&found["severity"]) {
                "error" => &["major", "critical"],
                "warning" => &["minor"],
                _ => &["info"],
            };
            assert!(wanted.contains(&text(&issue["severity"])));
        }
    });
}

#[test]
fn keys_stay_while_lines_move_and_in_both_languages() {
    let town = broken();
    let keys = |lang: &'static str| {
        let told = town.tell(lang);
        let (sarif, gitlab) = (told.json("sarif"), told.json("gitlab"));
        let mut first: Vec<String> = list(&sarif["runs"][0]["results"])
            .iter()
            .map(|result| text(&result["partialFingerprints"]["kpolicy/v1"]).to_owned())
            .collect();
        let mut second: Vec<String> =
            list(&gitlab).iter().map(|issue| text(&issue["fingerprint"]).to_owned()).collect();
        first.sort();
        second.sort();
        assert_eq!(first, second);
        first
    };
    let before = keys("ja");
    assert_eq!(before, keys("en"));
    for path in [SOMU, "departments/2025/fukushi.yaml", "departments/2025/kyoiku.yaml", "policy/2025/organization.yaml"]
    {
        let body = town.read(path);
        town.write(path, format!("# 1\n# 2\n# 3\n# 4\n# 5\n{}", body.trim_start_matches('\u{feff}')));
    }
    assert_eq!(before, keys("ja"));
}

fn child_elements<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

#[test]
fn checkstyle_is_xml_and_tells_the_same() {
    every(|told, diagnostics| {
        let out = told.format("checkstyle");
        let document = Document::parse(&out).expect("XML");
        let mut errors = Vec::new();
        for file in child_elements(document.root_element()) {
            for error in child_elements(file) {
                let of = |name| error.attribute(name).unwrap().to_owned();
                assert!(of("line") != "0" && !of("message").is_empty());
                errors.push((
                    file.attribute("name").unwrap().to_owned(),
                    of("line"),
                    of("column"),
                    of("severity"),
                    of("source"),
                ));
            }
        }
        let wanted: Vec<_> = diagnostics
            .iter()
            .map(|found| {
                let (path, [line, column, ..], code, level) = truth(found);
                (shown(&path), line.to_string(), column.to_string(), level, format!("kpolicy.{code}"))
            })
            .collect();
        assert_eq!(errors, wanted);
    });
}

/// A path as XML can hold it.
fn shown(path: &str) -> String {
    kpolicy::ui::harmless(path)
}

#[test]
fn junit_is_xml_with_a_suite_for_each_department() {
    every(|told, diagnostics| {
        let out = told.format("junit");
        let document = Document::parse(&out).expect("XML");
        let top = document.root_element();
        let suites: Vec<Node> = child_elements(top).collect();
        let names: BTreeSet<&str> = suites.iter().map(|suite| suite.attribute("name").unwrap()).collect();
        assert!(
            names.len() == suites.len()
                && names.contains(if told.lang == "ja" { "基本方針" } else { "basic policy" })
        );
        let cases: Vec<Node> = suites.iter().flat_map(|suite| child_elements(*suite)).collect();
        let failures =
            cases.iter().filter(|case| child_elements(**case).any(|inside| inside.has_tag_name("failure"))).count();
        assert_eq!(top.attribute("tests"), Some(cases.len().to_string().as_str()));
        assert_eq!(top.attribute("failures"), Some(failures.to_string().as_str()));
        let codes: BTreeSet<&str> =
            diagnostics.iter().filter(|found| found["severity"] == "error").map(|found| text(&found["code"])).collect();
        assert!(failures >= codes.len() && (failures == 0) == codes.is_empty());
        let words: String = document.descendants().filter_map(|node| node.text()).collect();
        for found in diagnostics {
            let (path, [line, column, ..], code, _) = truth(found);
            let place = kpolicy::ui::without_commands(&format!("{}:{line}:{column} ", shown(&path)));
            assert!(words.contains(&place), "{code} {place}");
        }
    });
}

#[test]
fn markdown_holds_no_markup_of_others() {
    every(|told, diagnostics| {
        let out = told.format("markdown");
        let ours = |line: &&str| !line.starts_with("<details><summary>") && *line != "</details>";
        for line in out.lines().filter(ours) {
            let bare = line.replace("\\]", "").replace("\\[", "").replace("\\@", "");
            assert!(!bare.contains(['<', '>', '[', ']', '@']), "{line}");
        }
        let listed = out.lines().filter(|line| line.starts_with("- ")).count();
        let drafts = diagnostics.iter().filter(|found| found["severity"] == "info").count();
        assert!(listed <= diagnostics.len() && listed + drafts >= diagnostics.len());
    });
}

/// A city in which far more is wrong than any reader takes.
fn flooded(count: usize) -> Town {
    let town = Town::of("small", "flooded");
    let cites: String = (0..count).map(|number| format!("      - 1-{}\n", 10 + number)).collect();
    town.edit(SOMU, "      - 1-1\n", &cites);
    town
}

#[test]
fn readers_get_no_more_than_they_take() {
    let town = flooded(25_100);
    town.run(&["-o", "sarif=sarif", "-o", "markdown=markdown"]);
    // Parsing so much takes long.
    let log = town.read("sarif");
    assert_eq!(log.matches("\"ruleIndex\": ").count(), 25_000);
    assert!(log.contains("軽いもの"), "it says how many it left out");
    let page = town.read("markdown");
    assert!(page.len() > 1_000_000 && page.len() < 1024 * 1024, "{}", page.len());
    assert!(page.lines().last().unwrap().starts_with("ほか "), "it says how many more");
}

#[test]
fn a_summary_is_cut_before_the_runner_drops_it() {
    let town = flooded(300);
    // What earlier commands of the step wrote counts, too.
    for there in [0, 1024 * 1024 - 3000, 1024 * 1024 - 10, 1024 * 1024 + 10] {
        town.write("summary.md", "x".repeat(there));
        printed(town.command(&[]).env("GITHUB_STEP_SUMMARY", town.root().join("summary.md")));
        let page = town.read("summary.md");
        assert!(page.starts_with(&"x".repeat(there)) && (page.len() < 1024 * 1024 || page.len() == there), "{there}");
        assert_eq!(page.contains("### 点検の結果"), there < 1024 * 1024 - 1000, "{there}");
        assert_eq!(page.contains("\nほか "), there == 1024 * 1024 - 3000, "{there}");
    }
}

#[test]
fn auto_is_text_and_more_in_ci() {
    let town = Town::of("small", "auto");
    town.edit(SOMU, "      - 1-1\n", "      - 1-9\n");
    let text = town.run(&["--format", "text"]);
    assert_eq!(text, town.run(&[]));
    let summary = town.root().join("summary.md");
    town.write("summary.md", "before");
    let in_ci = |arguments: &[&str], workspace: &Path| {
        let mut command = town.command(arguments);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &summary).env("GITHUB_WORKSPACE", workspace);
        printed(&mut command)
    };
    let out = in_ci(&[], town.root());
    let annotations = out.strip_prefix(&text).expect("the text comes first");
    assert_eq!(annotations, town.run(&["--format", "github"]));
    assert!(annotations.contains("file=departments/2025/somu.yaml,"));
    let page = town.read("summary.md");
    assert_eq!(page, format!("before\n{}", town.run(&["--format", "markdown"])));
    // Nothing is added where a format was chosen.
    assert_eq!(in_ci(&["--format", "text"], town.root()), text);
    assert_eq!(town.read("summary.md"), page);
    // Paths begin at the job's folder, which may lie above the city's.
    let above = town.root().parent().unwrap();
    let name = town.root().file_name().unwrap().to_string_lossy();
    assert!(in_ci(&["--format", "github"], above).contains(&format!("file={name}/departments/2025/somu.yaml,")));
    let gitlab = |folder: &Path| {
        let mut command = town.command(&["--format", "gitlab"]);
        printed(command.env("GITLAB_CI", "true").env("CI_PROJECT_DIR", folder))
    };
    assert!(gitlab(above).contains(&format!("\"{name}/departments/2025/somu.yaml\"")));
    assert_eq!(gitlab(Path::new("/nowhere")), town.run(&["--format", "gitlab"]));
}

#[test]
fn results_go_where_they_are_sent() {
    let town = Town::of("small", "sent");
    town.edit(SOMU, "      - 1-1\n", "      - 1-9\n");
    let [text, json, gitlab] = ["text", "json", "gitlab"].map(|format| town.run(&["--format", format]));
    assert_eq!(town.run(&["-o", "json=a.json", "-o", "gitlab=b=c.json"]), text, "the screen stays");
    assert_eq!((town.read("a.json"), town.read("b=c.json")), (json.clone(), gitlab));
    assert_eq!(town.run(&["-o", "x=y.json", "--format", "json", "-o", "text=t"]), "", "a bare file takes its place");
    assert_eq!((town.read("x=y.json"), town.read("t")), (json, text));
    let refused =
        [&["-o", "json="][..], &["-o", "-"], &["-o", "a", "-o", "json=a"], &["-o", "json=none/a", "-o", "text=t2"]];
    for arguments in refused {
        let output = town.command(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    assert!(!town.read("t2").is_empty(), "one bad place does not keep the others empty");
    let output = town.command(&["--fix", "-o", "json="]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "nothing is done before");
    let mut command = town.command(&[]);
    command.env("GITHUB_STEP_SUMMARY", town.root().join("none/summary.md"));
    assert_eq!(command.output().unwrap().status.code(), Some(2), "a summary that cannot be written");
}
