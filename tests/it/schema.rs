//! The schemas refuse what kpolicy refuses, and nothing else (CONTRACT 4, K1 and K2): on every file
//! free of K0, K104, K105, K107 and K212 the schema of its kind refuses exactly the files with
//! K101–K103, K106 or K108, and the year's schema of plans besides only ones with K201–K204.
//!
//! The faults themselves are compared rather than findings, so that no level or precedence of rules
//! stands between. `UPDATE_SCHEMAS=1` writes the shipped city's schemas.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use kpolicy::city::{City, Year};
use kpolicy::date::FiscalYear;
use kpolicy::links::{LinkFaultKind, Links, Wanted};
use kpolicy::model::ShapeFaultKind;
use kpolicy::place::FileId;
use kpolicy::rules::{Page, RULES};
use kpolicy::schema::{files, plan_schema, shape_schema};
use kpolicy::shape::{Choice, FileKind, Kind, Shape, Target};
use kpolicy::source::Readable;
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};
use serde_json::{Map, Value, json};

use crate::support;

const YEAR: FiscalYear = FiscalYear(2025);

/// What kpolicy finds in one file.
#[derive(Debug, Default)]
struct Verdict {
    /// K0, K104, K105, K107, K212: nothing is promised.
    exempt: bool,
    /// K101–K103, K106, K108.
    shape: Vec<(&'static str, String)>,
    /// K201–K204.
    names: Vec<(&'static str, String)>,
    /// Those of them that one plan and the policy side can show.
    visible: bool,
}

fn judge(city: &City, id: FileId) -> Verdict {
    let mut verdict = Verdict::default();
    let file = city.file(id);
    verdict.exempt = !file.faults.is_empty() || file.readable != Readable::Whole;
    for fault in &file.shape_faults {
        let code = match &fault.kind {
            ShapeFaultKind::UnknownField { .. } => "K101",
            ShapeFaultKind::MissingField { .. } => "K102",
            ShapeFaultKind::WrongType { .. } => "K103",
            ShapeFaultKind::MalformedId { .. } => "K106",
            ShapeFaultKind::NotAllowed { .. } => "K108",
            _ => {
                verdict.exempt = true;
                continue;
            }
        };
        verdict.shape.push((code, file.text.get(fault.span.range()).unwrap_or_default().to_owned()));
    }
    if city.settings_file == Some(id) {
        for (code, _) in &city.settings().levels {
            match kpolicy::rules::rule(&code.value) {
                None => verdict.shape.push(("K101", code.value.clone())),
                Some(rule) => verdict.exempt |= rule.code != code.value,
            }
        }
    }
    let Ok(Some(year)) = Year::new(city, YEAR, support::DAY) else { return verdict };
    let divisions: Vec<&str> =
        year.names.divisions.iter().flat_map(|all| all.entries()).map(|e| e.0.as_str()).collect();
    for fault in Links::new(&year).faults.iter().filter(|fault| fault.place.file == id) {
        let at = city.text(fault.place).to_owned();
        match &fault.kind {
            LinkFaultKind::Malformed { .. } => verdict.shape.push(("K106", at)),
            LinkFaultKind::WayNotAllowed { .. } => verdict.shape.push(("K108", at)),
            LinkFaultKind::Spelling { .. } | LinkFaultKind::Wrapped { .. } => verdict.exempt = true,
            LinkFaultKind::Unknown { text, wanted, .. } => {
                let elsewhere = match wanted {
                    Wanted::Goal | Wanted::Measure => true,
                    Wanted::Division => divisions.contains(&text.as_str()),
                    _ => false,
                };
                verdict.visible |= !elsewhere;
                verdict.names.push(("K203/K204", at));
            }
            _ => {
                verdict.visible = true;
                verdict.names.push(("K201–K204", at));
            }
        }
    }
    verdict
}

fn json_of(yaml: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(truth) => truth.into(),
        Yaml::Number(number) => serde_json::to_value(number).expect("a number"),
        Yaml::String(text) => text.into(),
        Yaml::Sequence(entries) => entries.into_iter().map(json_of).collect(),
        Yaml::Mapping(fields) => {
            let word = |key| match json_of(key) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Value::Object(fields.into_iter().map(|(key, value)| (word(key), json_of(value))).collect())
        }
        Yaml::Tagged(tagged) => json_of(tagged.value),
    }
}

/// A schema ready to be asked; each is compiled once, since most cities of the tests share theirs.
fn compile(schema: &Value) -> Arc<Validator> {
    static COMPILED: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let text = schema.to_string();
    if let Some(validator) = COMPILED.lock().expect("no panic here").get(&text) {
        return validator.clone();
    }
    jsonschema::draft7::meta::validate(schema).expect("a schema of draft-07");
    let validator = Arc::new(jsonschema::draft7::new(schema).expect("a schema that compiles"));
    COMPILED.lock().expect("no panic here").entry(text).or_insert(validator).clone()
}

/// The schema of a kind of file.
fn of_kind(kind: FileKind) -> Arc<Validator> {
    static KINDS: LazyLock<HashMap<FileKind, Arc<Validator>>> =
        LazyLock::new(|| FileKind::ALL.into_iter().map(|kind| (kind, compile(&shape_schema(kind)))).collect());
    KINDS[&kind].clone()
}

/// A city whose files are replaced one at a time.
struct Bench {
    city: City,
    plans: Arc<Validator>,
    /// Files compared; of them refused by kpolicy, refused for names, exempt.
    counts: [usize; 4],
    wrong: Vec<String>,
}

impl Bench {
    fn new(snapshot: &Snapshot) -> Bench {
        let city = City::load(snapshot);
        let plans = {
            let year = Year::new(&city, YEAR, support::DAY).expect("a year").expect("readable");
            compile(&plan_schema(&year))
        };
        Bench { city, plans, counts: [0; 4], wrong: Vec::new() }
    }

    /// Compares one text in place of the file at `path`; `what` names the change.
    fn compare(&mut self, path: &str, bytes: &[u8], what: &str) {
        let id = self.city.find(path).expect("a file of the city");
        let mut alone = Snapshot::default();
        alone.insert(path, Entry::File(Content::Bytes(bytes.to_vec())));
        let mut loaded = City::load(&alone);
        let mut files = self.city.files.clone();
        files[id.0 as usize] = loaded.files.remove(0);
        let changed = self.city.of_files(files);
        let before = std::mem::replace(&mut self.city, changed);
        self.look(id, what);
        self.city = before;
    }

    fn look(&mut self, id: FileId, what: &str) {
        let file = self.city.file(id);
        let Some(kind) = file.role.kind else { return };
        let verdict = judge(&self.city, id);
        if verdict.exempt {
            self.counts[3] += 1;
            return;
        }
        let text = file.text.trim_start_matches('\u{feff}');
        let Ok(yaml) = serde_yaml::from_str::<serde_yaml::Value>(text) else { return };
        let value = json_of(yaml);
        let schema = &*of_kind(kind);
        let mut wrong = Vec::new();
        if schema.is_valid(&value) != verdict.shape.is_empty() {
            wrong.push(format!("schemas/{}: {:?}", kind.schema_name(), complaints(schema, &value)));
        }
        if kind == FileKind::Plan {
            let refused = !self.plans.is_valid(&value);
            let may = !verdict.shape.is_empty() || !verdict.names.is_empty();
            let must = !verdict.shape.is_empty() || verdict.visible;
            if (must && !refused) || (!may && refused) {
                wrong.push(format!("schemas/{YEAR}/plan: {:?}", complaints(&self.plans, &value)));
            }
            self.counts[2] += usize::from(!verdict.names.is_empty());
        }
        self.counts[0] += 1;
        self.counts[1] += usize::from(!verdict.shape.is_empty());
        if !wrong.is_empty() {
            let path = &self.city.file(id).path;
            self.wrong.push(format!("{path}, {what}: {}\n    kpolicy: {verdict:?}", wrong.join("\n    ")));
        }
    }

    fn finish(self, compared: usize, refused: usize, unknown: usize) {
        let shown: Vec<&String> = self.wrong.iter().take(40).collect();
        assert!(shown.is_empty(), "{} disagreements of {:?}\n{shown:#?}", self.wrong.len(), self.counts);
        let counts = self.counts;
        assert!(counts[0] >= compared && counts[1] >= refused && counts[2] >= unknown, "too few: {counts:?}");
    }
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    let brief = |error: jsonschema::ValidationError<'_>| {
        let message: String = error.to_string().chars().take(60).collect();
        format!("{} {message}", error.instance_path())
    };
    validator.iter_errors(value).map(brief).take(3).collect()
}

fn shipped() -> Snapshot {
    read_work_tree(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the shipped city is there")
}

#[test]
fn files_as_they_are_agree() {
    for snapshot in [shipped(), support::small_city()] {
        let mut bench = Bench::new(&snapshot);
        for id in bench.city.file_ids() {
            bench.look(id, "as it is");
            let verdict = judge(&bench.city, id);
            assert!(verdict.shape.is_empty() && verdict.names.is_empty(), "{verdict:?}");
        }
        bench.finish(7, 0, 0);
    }
}

#[test]
fn examples_of_rules_agree() {
    for rule in RULES {
        let page = Page::parse(rule.page);
        for examples in [&page.bad, &page.good, &page.near] {
            let mut snapshot = support::small_city();
            for example in examples.iter().filter(|example| matches!(example.manner.as_str(), "" | "escaped")) {
                snapshot.insert(example.path.as_str(), Entry::File(Content::Bytes(example.bytes())));
            }
            let city = City::load(&snapshot);
            if !matches!(Year::new(&city, YEAR, support::DAY), Ok(Some(_))) {
                continue;
            }
            let mut bench = Bench::new(&snapshot);
            for id in bench.city.file_ids() {
                bench.look(id, rule.code);
            }
            bench.finish(0, 0, 0);
        }
    }
}

/// Where a raw text is put into an otherwise valid file.
const RAW: &str = "RAW8473";

/// What is tried everywhere: blanks, every sort of value, ids right and wrong.
const RAWS: &[&str] = &[
    "",
    "~",
    "null",
    "\"\"",
    "\"  \"",
    "'　'",
    "x",
    "あいう",
    "\"あ い\"",
    "[]",
    "[null]",
    "[~]",
    "[\"\"]",
    "[x]",
    "[[x]]",
    "[{}]",
    "[{x: 1}]",
    "{}",
    "{x: y}",
    "{con: y}",
    "{somu: y}",
    "{somu: 5}",
    "{decarbonization: }",
    "5",
    "\"5\"",
    "-3",
    "0.5",
    "\"0.5\"",
    "2025.0",
    "\"2025.0\"",
    "10000",
    "\"10000\"",
    "9999",
    "\"012\"",
    "\"+5\"",
    "\" 5\"",
    "012",
    "1e3",
    "-0",
    "\"-0\"",
    "1_000",
    "true",
    "\"true\"",
    "false",
    "no",
    "True",
    "\"yes\"",
    "2025-04-01",
    "\"2025-04-01\"",
    "2025-13-45",
    "令和７年４月１日",
    "10:30",
    "1-1",
    "\"1-1\"",
    "\" 1-1\"",
    "１－１",
    "01-1",
    "1-12345",
    "1-1-a",
    "1-1-A",
    "1-1-1",
    "9-9",
    "2024:1-6",
    "\"2024 :1-6\"",
    "2025:1-1",
    "2025:9-9",
    "0999:1-6",
    "2024:G3",
    "2025:G1",
    "G1",
    "G999",
    "g1",
    "ABCD1",
    "G1234",
    "shimin:G1",
    "shimin:G9",
    "con:G1",
    "nosuch:G1",
    "2024:somu:G3",
    "2024:con:G1",
    "2024:9:G1",
    "somu",
    "shimin",
    "con",
    "com1",
    "com0",
    "Somu",
    "nosuch",
    "bosai",
    "madoguchi",
    "somu/bosai",
    "shimin/madoguchi",
    "somu/nosuch",
    "somu/con",
    "a/b/c",
    "総務部",
    "防災課",
    "draft",
    "\"draft \"",
    "下書き",
    "every_goal",
    "standing",
    "goal",
    "review",
    "off",
    "warning",
    "mid",
    "年度半ば",
    "A",
    "vision",
    "zenki",
    "（記入）",
    "「1-1」",
    "a234567890123456789012345678901234567890123456789012345678901234",
    "a2345678901234567890123456789012345678901234567890123456789012345",
];

/// A valid value of a kind in the small city.
fn sample(kind: &Kind) -> Value {
    match kind {
        Kind::Text | Kind::TextOrNumber | Kind::Ref(Target::Measure) => json!("文"),
        Kind::Number => json!(5),
        Kind::Count => json!(2025),
        Kind::Bool => json!(true),
        Kind::Date => json!("2025-04-01"),
        Kind::DateTime => json!("2025-04-03T10:00"),
        Kind::MonthDay => json!("09-30"),
        Kind::ItemId | Kind::Cite => json!("1-1"),
        Kind::ClauseId => json!("1-1-a"),
        Kind::Subject | Kind::Ref(Target::PastGoal) => json!("2024:G3"),
        Kind::GoalId | Kind::Ref(Target::OwnGoal) => json!("G1"),
        Kind::Ref(Target::OthersGoal) => json!("shimin:G1"),
        Kind::Ref(Target::OwnDivision) => json!("bosai"),
        Kind::Ref(Target::Reference) => json!("vision"),
        Kind::Ref(Target::Node) => json!("zenki"),
        Kind::Ref(Target::Viewpoint) => json!("decarbonization"),
        Kind::Ref(Target::Interviewer) => json!("mayor"),
        Kind::Ref(Target::Period) => json!("mid"),
        Kind::Ref(Target::Rating) => json!("A"),
        Kind::Name | Kind::Ref(_) => json!("somu"),
        Kind::Choice([Choice { id, .. }, ..]) => json!(id),
        Kind::Choice([]) => Value::Null,
        Kind::List(inner) => json!([sample(inner)]),
        Kind::One(shape) => sample_of(shape),
        Kind::Map(Some(Target::Viewpoint), inner) => json!({ "decarbonization": sample(inner) }),
        Kind::Map(Some(Target::Rule), inner) => json!({ "K201": sample(inner) }),
        Kind::Map(_, inner) => json!({ "職員数": sample(inner) }),
    }
}

fn sample_of(shape: &Shape) -> Value {
    Value::Object(shape.fields.iter().map(|field| (field.key.to_owned(), sample(&field.kind))).collect())
}

/// Kinds with one or two fields meet every raw text at each, the others every third or ninth,
/// beginning at another one each time. `SCHEMA_ALL=1` puts all into every field.
fn step(kind: &Kind) -> usize {
    match kind {
        _ if std::env::var_os("SCHEMA_ALL").is_some() => 1,
        Kind::ItemId | Kind::ClauseId | Kind::GoalId | Kind::Cite | Kind::Subject | Kind::Map(..) => 1,
        Kind::Text | Kind::Date | Kind::Number | Kind::Choice(_) => 9,
        _ => 3,
    }
}

/// One change: the field, what was put there, and the file.
type Change = (String, String);

/// All changes of a value of `kind` inside `wrap`, which gives the file around it.
fn changes(kind: &Kind, value: &Value, at: &str, wrap: &dyn Fn(Value) -> Value, raws: &[&str], out: &mut Vec<Change>) {
    let around = serde_yaml::to_string(&wrap(json!(RAW))).expect("YAML");
    for raw in raws.iter().skip(out.len() % step(kind)).step_by(step(kind)) {
        out.push((format!("{at} := {raw}"), around.replace(RAW, raw)));
    }
    match (kind, value) {
        (Kind::List(inner), Value::Array(entries)) => {
            let Some(first) = entries.first() else { return };
            let put = |value: Value| {
                let mut entries = entries.clone();
                entries[0] = value;
                wrap(Value::Array(entries))
            };
            changes(inner, first, &format!("{at}[0]"), &put, raws, out);
        }
        (Kind::One(shape), Value::Object(fields)) => objects(shape, fields, at, wrap, raws, out),
        (Kind::Map(_, inner), Value::Object(fields)) => {
            let Some((key, value)) = fields.iter().next() else { return };
            // A name that YAML itself takes for no text is another text in each JSON reader.
            let named = |raw: &&&str| !raw.starts_with(['[', '{']) && !["", "~", "null", "True"].contains(raw);
            for raw in raws.iter().filter(named) {
                let text = serde_yaml::to_string(&wrap(json!({ RAW: value }))).expect("YAML").replace(RAW, raw);
                out.push((format!("{at}, name := {raw}"), text));
            }
            let put = |value: Value| wrap(json!({ key: value }));
            changes(inner, value, &format!("{at}.{key}"), &put, raws, out);
        }
        _ => {}
    }
}

fn objects(
    shape: &Shape,
    fields: &Map<String, Value>,
    at: &str,
    wrap: &dyn Fn(Value) -> Value,
    raws: &[&str],
    out: &mut Vec<Change>,
) {
    let with = |key: &str, value: Option<Value>| {
        let mut fields = fields.clone();
        match value {
            Some(value) => _ = fields.insert(key.to_owned(), value),
            None => _ = fields.shift_remove(key),
        }
        wrap(Value::Object(fields))
    };
    let yaml = |value: Value| serde_yaml::to_string(&value).expect("YAML");
    out.push((format!("{at}.nosuch added"), yaml(with("nosuch", Some(json!("文"))))));
    for field in shape.fields {
        let here = format!("{at}.{}", field.key);
        out.push((format!("{here} removed"), yaml(with(field.key, None))));
        let value = fields.get(field.key).unwrap_or(&Value::Null);
        changes(&field.kind, value, &here, &|value| with(field.key, Some(value)), raws, out);
    }
}

fn path_of(kind: FileKind) -> String {
    match kind {
        FileKind::Settings => "policy/kpolicy.yaml".to_owned(),
        FileKind::Plan => "departments/2025/somu.yaml".to_owned(),
        _ => format!("policy/2025/{}.yaml", kind.schema_name()),
    }
}

#[test]
fn every_field_changed_in_every_way_agrees() {
    let mut bench = Bench::new(&support::small_city());
    for kind in FileKind::ALL {
        let (path, Value::Object(fields)) = (path_of(kind), sample_of(kind.shape())) else { panic!("an object") };
        let mut all = vec![("unchanged".to_owned(), serde_yaml::to_string(&fields).expect("YAML"))];
        objects(kind.shape(), &fields, "", &|value| value, RAWS, &mut all);
        if kind == FileKind::Plan {
            for (id, node) in
                [("null", "zenki"), ("null", "nosuch"), ("nosuch", "Foo"), ("vision", "nosuch"), ("vision", "")]
            {
                let mut fields = fields.clone();
                fields["goals"][0]["references"] = json!([{ "id": id, "node": node }]);
                let text = serde_yaml::to_string(&fields).expect("YAML").replace("id: 'null'", "id:");
                all.push((format!("reference {id}, node {node}"), text));
            }
        }
        all.extend(RAWS.iter().map(|raw| (format!("whole file := {raw}"), format!("{raw}\n"))));
        for (what, text) in all {
            bench.compare(&path, text.as_bytes(), &what);
        }
    }
    bench.finish(3_000, 1_500, 50);
}

#[test]
fn shipped_files_changed_agree() {
    let snapshot = shipped();
    let mut bench = Bench::new(&snapshot);
    let raws = ["", "\"\"", "~", "x", "5", "\"5\"", "[]", "[null]", "{}", "{x: y}", "1-1", "9-9", "con", "nosuch"];
    for path in ["departments/2025/kensetsu-kankyo.yaml", "policy/2025/references.yaml", "policy/2025/interviews.yaml"]
    {
        let id = bench.city.find(path).expect(path);
        let file = bench.city.file(id);
        let kind = file.role.kind.expect("a kind");
        let Value::Object(fields) = json_of(serde_yaml::from_str(&file.text).expect("YAML")) else { panic!("{path}") };
        let mut all = Vec::new();
        objects(kind.shape(), &fields, "", &|value| value, &raws, &mut all);
        for (what, text) in all {
            bench.compare(path, text.as_bytes(), &what);
        }
    }
    bench.finish(200, 80, 1);
}

/// `every_goal` and ways of answering, with what a clause inherits.
#[test]
fn ways_of_answering_agree() {
    let mut bench = Bench::new(&support::small_city());
    let (scopes, ways) = ([None, Some("every_goal"), Some("standing"), Some("")], [None, Some("review"), Some("goal")]);
    let duty = |id: &str, text: &str, scope: Option<&str>, way: Option<&str>, withdrawn: bool| {
        let mut out = json!({ "id": id, text: "文" });
        for (key, word) in [("scope", scope), ("answered_by", way), ("withdrawn", withdrawn.then_some("2025-05-01"))] {
            if let Some(word) = word {
                out[key] = json!(word);
            }
        }
        out
    };
    for case in 0..4 * 3 * 2 * 5 * 3 * 2 {
        let (item_scope, item_way) = (scopes[case % 4], ways[case / 4 % 3]);
        let (clauses, rest) = (case / 24 % 5, case / 120);
        let mut item = duty("1-1", "text", item_scope, item_way, case / 12 % 2 == 1);
        let (way, withdrawn) = (ways[rest % 3], rest / 3 % 2 == 1);
        match clauses {
            4 => item["clauses"] = if withdrawn { Value::Null } else { json!([]) },
            at => item["clauses"] = json!([duty("1-1-a", "quote", scopes[at], way, withdrawn)]),
        }
        let policy = json!({ "sections": [{ "number": 1, "items": [item] }] });
        let text = serde_yaml::to_string(&policy).expect("YAML");
        bench.compare("policy/2025/policy.yaml", text.as_bytes(), &text);
    }
    bench.finish(700, 30, 0);
}

#[test]
fn committed_schemas_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let city = City::load(&shipped());
    let years: Vec<FiscalYear> = city.years.keys().copied().collect();
    let made = files(&city, &years);
    assert_eq!(made.len(), FileKind::ALL.len() + years.len());
    for (path, text) in made {
        assert!(text.ends_with("}\n") && !text.contains('\r'), "{path}");
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::create_dir_all(root.join(&path).parent().expect("a folder")).expect("writable");
            std::fs::write(root.join(&path), &text).expect("writable");
        }
        let there = std::fs::read_to_string(root.join(&path)).unwrap_or_default();
        assert!(there == text, "{path} is not fresh: run with UPDATE_SCHEMAS=1");
    }
}

/// Every node has a Japanese title and description, objects are closed, and nothing that can fail
/// is a union.
#[test]
fn schemas_are_written_for_editors() {
    let city = City::load(&shipped());
    let year = Year::new(&city, YEAR, support::DAY).expect("a year").expect("readable");
    let schemas = FileKind::ALL.map(shape_schema).into_iter().chain([plan_schema(&year)]);
    for schema in schemas {
        described(&schema, "");
    }
}

fn described(schema: &Value, at: &str) {
    if schema.get("$ref").is_some() {
        return;
    }
    for key in ["title", "description", "markdownDescription"] {
        let text = schema[key].as_str().unwrap_or_default();
        assert!(!text.is_ascii(), "{at}: no Japanese {key}");
    }
    assert!(schema.get("oneOf").is_none() && schema.get("const").is_none(), "{at}");
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        assert_eq!(any.last(), Some(&json!({})), "{at}: the anyOf can fail");
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        assert_eq!(schema["additionalProperties"], json!(false), "{at}: open");
        assert!(schema.get("errorMessage").is_none(), "{at}: hides what is missing");
        fields.iter().for_each(|(key, field)| described(field, &format!("{at}.{key}")));
    }
    for (key, deeper) in [("definitions", true), ("patternProperties", true), ("items", false)] {
        match schema.get(key) {
            Some(Value::Object(inner)) if deeper => {
                inner.iter().for_each(|(name, one)| described(one, &format!("{at}.{name}")));
            }
            Some(one) => described(one, &format!("{at}.{key}")),
            None => {}
        }
    }
}
