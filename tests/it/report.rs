//! The report page: closed to the network, whole without script, its numbers those of coverage, and
//! hostile text in it stays text. What a browser does with it is tested in `tests/clients`.

use std::collections::{BTreeMap, BTreeSet};

use kpolicy::city::{City, Year};
use kpolicy::coverage::Coverage;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::lang::Lang;
use kpolicy::links::Links;
use kpolicy::packet::{Day, Provenance};
use kpolicy::report::coverage_json::{self, View};
use kpolicy::report::report_html::{self, Inputs};
use kpolicy::rules;
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};
use serde_json::Value;

use crate::cases::{Scratch, lay_out, program};
use crate::support;

fn commit() -> Provenance {
    let date = Day(Date { year: 2025, month: 4, day: 2 });
    Provenance::Commit { commit: "0123456789abcdef0123456789abcdef01234567".to_owned(), date, changed: Vec::new() }
}

/// The page of 2025, and its `coverage --format json`.
fn page(city: &City, lang: Lang) -> (String, Value) {
    let year = Year::new(city, FiscalYear(2025), support::DAY).expect("the year is there").expect("and readable");
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let findings = rules::judge(city, &[year.year], support::DAY, true).expect("judged").findings;
    let inputs = Inputs { year: &year, links: &links, coverage: &coverage, findings: &findings, steps: &[] };
    let html = report_html::write(&inputs, commit(), lang);
    let (departments, items) = ((0..year.departments.len()).collect(), (0..year.items.len()).collect());
    let json = coverage_json::write(&View { year: &year, links: &links, coverage: &coverage, departments, items });
    (html, serde_json::from_str(&json).expect("JSON"))
}

fn shipped() -> City {
    City::load(&read_work_tree(&support::tests_dir("..")).expect("the shipped city is there"))
}

type Change<'c> = (&'c str, &'c dyn Fn(String) -> String);

fn small(changes: &[Change<'_>]) -> City {
    let mut snapshot = Snapshot::default();
    for (path, entry) in support::small_city().entries() {
        let Entry::File(content) = entry else { continue };
        let text = String::from_utf8(content.read(1 << 20).expect("readable").to_vec()).expect("UTF-8");
        let change = changes.iter().find(|(changed, _)| *changed == path);
        let text = change.map_or_else(|| text.clone(), |(_, change)| change(text.clone()));
        snapshot.insert(path, Entry::File(Content::Bytes(text.into_bytes())));
    }
    City::load(&snapshot)
}

/// A city with something open of each kind.
fn gappy() -> City {
    let plan = |text: String| {
        text.replace("      - 1-2\n", "")
            + "    progress:\n      - period: mid\n        as_of: 2025-04-01\n        state: behind\n        actuals:\n          - measure: 非常用電源で動く窓口の数\n            value: 3\n"
    };
    let broken = |_: String| "status: [\n".to_owned();
    small(&[("departments/2025/somu.yaml", &plan), ("departments/2025/shimin.yaml", &broken)])
}

/// A tag as a browser would read it.
#[derive(Debug, PartialEq)]
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

const VOID: [&str; 5] = ["meta", "input", "br", "path", "circle"];

/// The tags of a page and the text of its style and scripts; every element must be closed.
fn parse(html: &str) -> (Vec<Tag>, Vec<String>) {
    let (mut tags, mut raw, mut open) = (Vec::new(), Vec::new(), Vec::<String>::new());
    let mut rest = html.strip_prefix("<!DOCTYPE html>\n").expect("a doctype");
    while let Some(at) = rest.find('<') {
        let end = at + tag_end(&rest[at..]);
        let inside = rest[at + 1..end].trim_end_matches('/');
        rest = &rest[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "before {rest:.60}");
            continue;
        }
        let tag = tag(inside);
        if matches!(tag.name.as_str(), "style" | "script") {
            let close = format!("</{}>", tag.name);
            let (text, after) = rest.split_once(&close).expect("closed");
            raw.push(text.to_owned());
            rest = after;
        } else if !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "left open: {open:?}");
    (tags, raw)
}

/// The place of the `>` that ends a tag, outside quotes.
fn tag_end(text: &str) -> usize {
    let mut quoted = false;
    let mut end = text.char_indices().filter(|(_, c)| {
        quoted ^= *c == '"';
        *c == '>' && !quoted
    });
    end.next().expect("a tag ends").0
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        rest = rest.trim_start();
        let stop = rest.find([' ', '=']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(stop);
        match after.strip_prefix("=\"") {
            Some(after) => {
                let (value, after) = after.split_once('"').expect("a closed value");
                attributes.push((key.to_owned(), value.to_owned()));
                rest = after;
            }
            None => {
                assert!(!after.starts_with('='), "a value without quotes: {inside}");
                attributes.push((key.to_owned(), String::new()));
                rest = after;
            }
        }
    }
    Tag { name: name.to_owned(), attributes }
}

/// What the script is told.
fn data(html: &str) -> Value {
    let (tags, raw) = parse(html);
    let scripts: Vec<&Tag> = tags.iter().filter(|tag| matches!(tag.name.as_str(), "style" | "script")).collect();
    let at = scripts.iter().position(|tag| tag.get("id") == Some("data")).expect("data");
    serde_json::from_str(&raw[at]).expect("JSON")
}

#[test]
fn every_element_is_closed_and_every_link_leads_somewhere() {
    for (city, lang) in [(shipped(), Lang::Ja), (gappy(), Lang::Ja), (gappy(), Lang::En)] {
        let (tags, _) = parse(&page(&city, lang).0);
        let mut ids = BTreeSet::new();
        for id in tags.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id), "twice: {id}");
        }
        let links: Vec<&str> = tags.iter().filter_map(|tag| tag.get("href")).collect();
        assert!(links.len() > 10, "{links:?}");
        for link in links {
            assert!(link.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{link}");
        }
    }
}

#[test]
fn it_is_closed_to_the_network_and_runs_only_its_own_script() {
    use sha2::{Digest, Sha256};
    let (html, _) = page(&shipped(), Lang::Ja);
    let (tags, raw) = parse(&html);
    let policy = tags.iter().find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy")).expect("a policy");
    let policy = policy.get("content").expect("its words");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    // Our base64 against another's: the hashes are decoded by the shortest way.
    let hashes: Vec<Vec<u8>> =
        policy.split("'sha256-").skip(1).map(|it| base64(it.split('\'').next().unwrap_or(""))).collect();
    let want: Vec<Vec<u8>> =
        [&raw[0], raw.last().expect("a script")].map(|text| Sha256::digest(text.as_bytes()).to_vec()).into();
    assert_eq!(hashes, want, "the style first, then the script");
    for tag in &tags {
        for (name, value) in &tag.attributes {
            assert!(!name.starts_with("on") && name != "style" && name != "src", "{tag:?}");
            assert!(!value.contains("javascript:"), "{tag:?}");
        }
        assert!(!matches!(tag.name.as_str(), "link" | "img" | "iframe" | "object" | "base"), "{tag:?}");
    }
    for word in ["http://", "https://", "@import", "url(", "innerHTML", "insertAdjacent", "document.write", "eval("] {
        assert!(!html.contains(word), "{word}");
    }
}

fn base64(text: &str) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bits: String = text.bytes().filter(|b| *b != b'=').map(|b| format!("{:06b}", value(b))).collect();
    let whole = bits.as_bytes().chunks_exact(8);
    whole.map(|byte| u8::from_str_radix(&String::from_utf8_lossy(byte), 2).expect("bits")).collect()
}

#[test]
fn numbers_are_those_of_the_coverage() {
    for city in [shipped(), gappy()] {
        let (html, coverage) = page(&city, Lang::Ja);
        let data = data(&html);
        for name in ["answered", "partial", "missing"] {
            assert_eq!(data["all"]["counts"][name], coverage["summary"][name], "{name}");
        }
        let cells = coverage["items"].as_array().expect("items").iter().flat_map(leaves);
        let cells = cells.flat_map(|leaf| leaf["cells"].as_object().expect("cells").values());
        let declined = cells.filter(|cell| cell["state"] == "declined").count();
        assert_eq!(data["all"]["counts"]["declined"], declined);
        let required = format!("求められた {}か所", coverage["summary"]["required"]);
        assert!(data["all"]["say2"].as_str().is_some_and(|say| say.contains(&required)), "{data:#}");
        for department in data["departments"].as_array().expect("departments") {
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            for leaf in coverage["items"].as_array().expect("items").iter().flat_map(leaves) {
                let cell = &leaf["cells"][department["id"].as_str().expect("an id")];
                // A decline is shown also where nothing must be answered.
                if cell["must"] == true || cell["state"] == "declined" {
                    *counts.entry(cell["state"].as_str().expect("a state")).or_default() += 1;
                }
            }
            for name in ["answered", "partial", "missing", "declined"] {
                let want = counts.get(name).copied().unwrap_or_default();
                assert_eq!(department["counts"][name], want, "{name} of {}", department["id"]);
            }
        }
    }
}

/// Clauses of an item, or the item itself.
fn leaves(item: &Value) -> Vec<&Value> {
    let clauses = item["clauses"].as_array().expect("a list");
    if clauses.is_empty() { vec![item] } else { clauses.iter().collect() }
}

#[test]
fn every_cell_of_the_table_shows_its_state() {
    for city in [shipped(), gappy()] {
        let (html, coverage) = page(&city, Lang::Ja);
        let (tags, _) = parse(&html);
        let shown: Vec<&str> = tags.iter().filter_map(|tag| tag.get("data-s")).collect();
        let letter = |state: &Value| match state.as_str() {
            Some("not_required") => "n".to_owned(),
            Some(state) => state[..1].to_owned(),
            None => String::new(),
        };
        let departments = coverage["departments"].as_array().expect("departments");
        let mut want = Vec::new();
        for item in coverage["items"].as_array().expect("items") {
            want.extend(
                departments.iter().map(|it| letter(&item["cells"][it["id"].as_str().expect("an id")]["state"])),
            );
        }
        assert_eq!(shown, want);
    }
}

/// Text without tags, entities and spaces.
fn bare(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if inside || c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    for (entity, c) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        out = out.replace(entity, c);
    }
    out
}

#[test]
fn the_whole_memo_and_every_answer_is_there_without_a_script() {
    let city = shipped();
    let (html, _) = page(&city, Lang::Ja);
    let text = bare(html.split("<script").next().expect("the page"));
    let year = Year::new(&city, FiscalYear(2025), support::DAY).expect("there").expect("readable");
    let mut words: Vec<String> = Vec::new();
    words.extend(year.docs.policy.items().filter_map(|item| item.text.as_ref()).map(|text| text.value.to_string()));
    for plan in year.departments.iter().filter_map(|department| department.plan) {
        words.extend(plan.direction.iter().map(|text| text.value.to_string()));
        words.extend(plan.responses.iter().filter_map(|it| it.text.as_ref()).map(|text| text.value.to_string()));
        words.extend(plan.not_applicable.iter().filter_map(|it| it.reason.as_ref()).map(|text| text.value.to_string()));
        for goal in &plan.goals {
            words.extend(
                [&goal.title, &goal.issue, &goal.outcome].into_iter().flatten().map(|text| text.value.to_string()),
            );
            words.extend(goal.measures.iter().filter_map(|it| it.name.as_ref()).map(|text| text.value.to_string()));
        }
    }
    assert!(words.len() > 200, "{}", words.len());
    for words in words {
        assert!(text.contains(&bare(&words)), "{words}");
    }
    // Persons and what interviews asked for are not handed out with the page.
    for plan in year.departments.iter().filter_map(|department| department.plan) {
        for name in plan.signers.iter().filter_map(|signer| signer.name.as_ref()) {
            assert!(!text.contains(&bare(&name.value)), "{}", name.value);
        }
    }
}

#[test]
fn gaps_are_told_with_the_line_to_write_on() {
    let (html, _) = page(&gappy(), Lang::Ja);
    let text = bare(&html);
    for words in [
        "未記載1か所、読取不可",
        "未達・遅れの目標が1件あります。",
        "departments/2025/somu.yaml:",
        "計画を読み取れません",
        "現状値2件→実績値年度半ば3件→目標値4件",
    ] {
        assert!(text.contains(words), "{words} in {:.1500}", text.split("</style>").last().unwrap_or(""));
    }
    assert!(html.contains("class=\"real\" d=\"M8 38L"), "a line from the baseline to the actual");
    assert!(html.contains("id=\"progress\"") && text.contains("部等目標遅れ"), "how the goals stand");
    assert!(!page(&shipped(), Lang::Ja).0.contains("id=\"progress\""), "nothing is known of them in April");
    let (english, _) = page(&gappy(), Lang::En);
    for words in ["1 missing", "goals behind", "actual", "the plan cannot be read", "To be written"] {
        assert!(english.contains(words), "{words}");
    }
    let ours = ["記載あり", "未記載", "閉じる", "探す", "目標値", "書き足す"];
    assert!(ours.iter().all(|word| !english.contains(word)), "Japanese words of ours in the English page");
}

const HOSTILE: &str =
    "</style></script><script>alert(1)</script><img src=x onerror='a()'>\" onfocus=\"a() & \u{2028}\u{202E}--><!--";
const PLAIN: &str = "ふつうの言葉が、同じ所に、同じ長さくらいで書かれている場合";

/// The small city with one text in every place where a department or the policy may write.
fn with_text(words: &str) -> City {
    let quoted = format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""));
    let plan = |text: String| {
        let more = format!(
            "responses:\n  - cites:\n      - 1-2\n    text: {quoted}\nnot_applicable:\n  - items:\n      - 1-1\n    reason: {quoted}\n    handled_by: shimin\nextra:\n  {quoted}: {quoted}\n"
        );
        let filled = text
            .replace("窓口を止めない仕組み", &quoted)
            .replace("市民が待たずに手続を終えられる", &quoted)
            .replace("  市民が安心して使える窓口をつくる。", &format!("  {words}"))
            .replace("非常用電源で動く窓口の数", &quoted)
            .replace("unit: 件", &format!("unit: {quoted}"))
            .replace("手順書を改める", &quoted);
        more + &filled
    };
    let organization = |text: String| text.replace("name: 総務部", &format!("name: {quoted}"));
    let policy = |text: String| text.replacen("short: ", &format!("short: {quoted} #"), 1);
    small(&[
        ("departments/2025/somu.yaml", &plan),
        ("policy/2025/organization.yaml", &organization),
        ("policy/2025/policy.yaml", &policy),
    ])
}

#[test]
fn hostile_text_makes_no_tag_and_no_attribute() {
    let shape = |html: &str| -> Vec<(String, Vec<String>)> {
        let (tags, _) = parse(html);
        tags.into_iter().map(|tag| (tag.name, tag.attributes.into_iter().map(|(name, _)| name).collect())).collect()
    };
    for lang in [Lang::Ja, Lang::En] {
        let (hostile, plain) = (page(&with_text(HOSTILE), lang).0, page(&with_text(PLAIN), lang).0);
        assert!(hostile.matches("&lt;script&gt;alert(1)").count() > 8, "it is still there as text");
        assert_eq!(shape(&hostile), shape(&plain));
        let name = HOSTILE.replace(['\u{2028}', '\u{202E}'], "");
        assert_eq!(data(&hostile)["departments"][0]["name"], name, "the script is told the name as it is");
        assert!(!hostile.contains(['\u{202E}', '\u{1b}']));
    }
}

#[test]
fn the_same_city_gives_the_same_bytes() {
    assert_eq!(page(&shipped(), Lang::Ja).0, page(&shipped(), Lang::Ja).0);
}

#[test]
fn forty_departments_stay_below_three_megabytes() {
    let files = read_work_tree(&support::tests_dir("..")).expect("the shipped city is there");
    let read = |path: &str| match files.get(path) {
        Some(Entry::File(content)) => String::from_utf8(content.read(1 << 20).expect("readable")).expect("UTF-8"),
        _ => String::new(),
    };
    let mut snapshot = Snapshot::default();
    files.entries().for_each(|(path, entry)| snapshot.insert(path, entry.clone()));
    let plans: Vec<&str> =
        files.entries().map(|(path, _)| path).filter(|it| it.starts_with("departments/2025/")).collect();
    let mut organization = read("policy/2025/organization.yaml");
    for number in plans.len()..40 {
        organization.push_str(&format!("  - id: more-{number}\n    name: 第{number}部\n    interviewer: mayor\n"));
        let path = plans[number % plans.len()];
        let id = path.trim_start_matches("departments/2025/").trim_end_matches(".yaml");
        let text = read(path).replacen(&format!("department: {id}"), &format!("department: more-{number}"), 1);
        snapshot.insert(format!("departments/2025/more-{number}.yaml"), Entry::File(Content::Bytes(text.into_bytes())));
    }
    snapshot.insert("policy/2025/organization.yaml", Entry::File(Content::Bytes(organization.into_bytes())));
    let (html, coverage) = page(&City::load(&snapshot), Lang::Ja);
    assert_eq!(coverage["departments"].as_array().map(Vec::len), Some(40));
    assert!(html.len() < 3_000_000, "{} bytes", html.len());
}

#[test]
fn the_command_writes_one_file_and_draws_the_past() {
    let scratch = Scratch::new("report");
    let top = scratch.0.join("top");
    lay_out("small", &top);
    crate::cases::git(&top, "commit 初め");
    let plan = top.join("departments/2025/somu.yaml");
    let text = std::fs::read_to_string(&plan).expect("a plan");
    std::fs::write(&plan, text.replace("      - 1-2\n", "")).expect("written");
    crate::cases::git(&top, "commit 項目を外す");
    let run = |arguments: &[&str]| {
        let output = program(&top).args(arguments).output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        (output.status.code(), said.into_owned())
    };
    let (code, said) = run(&["report", "-o", "page.html"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("page.html") && said.contains("未記載 1"), "{said}");
    let html = std::fs::read_to_string(top.join("page.html")).expect("the page");
    assert!(html.contains("class=\"trend\"") && html.contains("変更のあった版 2"), "the past");
    parse(&html);
    let (code, said) = run(&["report"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("足りないものがあります") && said.contains("--output"), "{said}");
    let (code, said) = run(&["report", "-o", "nowhere/page.html"]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = run(&["report", "-o", "old.html", "--rev", "HEAD~1", "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    let html = std::fs::read_to_string(top.join("old.html")).expect("the page");
    assert!(html.contains("Nothing is missing"));
}
