//! CONTRACT 2 counted a second time, from its text alone: plain maps read by another YAML reader,
//! no code shared with `src/coverage`. Slow and simple on purpose.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::collections::BTreeMap;

use serde_yaml::Value;

/// One cell: state and must.
pub(crate) type CellFacts = (String, bool, Vec<String>, Vec<usize>);

/// What the contract says of a city.
#[derive(Debug, PartialEq)]
pub(crate) struct Recount {
    /// Leaf or item id → state and, by department, its cell.
    pub leaves: BTreeMap<String, (String, BTreeMap<String, CellFacts>)>,
    /// The same for items.
    pub items: BTreeMap<String, (String, BTreeMap<String, CellFacts>)>,
    /// required, answered, partial, missing, declined, unreadable.
    pub counts: [usize; 6],
    /// One decimal, cut.
    pub percent: String,
    /// Items that nobody answers.
    pub uncovered: Vec<String>,
}

enum Plan {
    None,
    Unreadable,
    Read(Value),
}

struct Dept {
    id: String,
    plan: Plan,
}

struct Leaf {
    id: String,
    item: String,
    own: Value,
    above: Value,
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    value.get(key).and_then(Value::as_sequence).map(|list| list.iter().collect()).unwrap_or_default()
}

fn texts(value: &Value, key: &str) -> Vec<String> {
    list(value, key).into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A placeholder and 特になし・なし・検討中 as a whole value count as blank.
fn told(value: &Value, key: &str) -> bool {
    match value.get(key) {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => {
            let text = text.trim();
            !text.is_empty() && !text.contains("（記入）") && !["特になし", "なし", "検討中"].contains(&text)
        }
        Some(_) => true,
    }
}

impl Leaf {
    fn say<'l>(&'l self, key: &str) -> Option<&'l Value> {
        self.own.get(key).or_else(|| self.above.get(key))
    }
    fn word(&self, key: &str, default: &str) -> String {
        self.say(key).and_then(Value::as_str).unwrap_or(default).to_owned()
    }
    fn scope(&self) -> String {
        self.word("scope", "every_department")
    }
    fn way(&self) -> String {
        self.word("answered_by", "citation")
    }
    fn leads(&self) -> Vec<String> {
        self.say("lead").map(list_of).unwrap_or_default()
    }
    fn withdrawn(&self) -> bool {
        self.own.get("withdrawn").is_some() || self.above.get("withdrawn").is_some()
    }
    fn amended(&self) -> Option<String> {
        let since = |value: &Value| value.get("amended").and_then(|a| text(a, "since")).map(str::to_owned);
        [since(&self.own), since(&self.above)].into_iter().flatten().max()
    }
    fn may_decline(&self, department: &str) -> bool {
        let lead = self.scope() == "any_department" && self.leads().iter().any(|lead| lead == department);
        let default = self.scope() == "any_department";
        self.say("may_decline").and_then(Value::as_bool).unwrap_or(default) && !lead
    }
    fn is_cited_by(&self, ids: &[String]) -> bool {
        ids.contains(&self.id) || ids.contains(&self.item)
    }
}

fn list_of(value: &Value) -> Vec<String> {
    value.as_sequence().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// Newcomers: signers whose `since` lies in the fiscal year or the 31 days before.
fn newcomers(plan: &Value) -> Vec<&Value> {
    let within =
        |signer: &&Value| text(signer, "since").is_some_and(|day| ("2025-03-01"..="2026-03-31").contains(&day));
    list(plan, "signers").into_iter().filter(within).collect()
}

fn must(leaf: &Leaf, dept: &Dept) -> bool {
    if leaf.scope() == "standing" || leaf.withdrawn() {
        return false;
    }
    if leaf.way() == "handover" {
        return matches!(&dept.plan, Plan::Read(plan) if !newcomers(plan).is_empty());
    }
    leaf.scope() != "any_department" || leaf.leads().contains(&dept.id)
}

#[derive(PartialEq, Clone, Copy)]
enum Evidence {
    Full,
    Partial,
    Nothing,
}

fn some_of(some: usize, all: usize) -> Evidence {
    match some {
        0 => Evidence::Nothing,
        some if some == all => Evidence::Full,
        _ => Evidence::Partial,
    }
}

fn is_stale(leaf: &Leaf, plan: &Value, answer: &Value) -> bool {
    let Some(since) = leaf.amended() else { return false };
    let submitted = plan.get("dates").and_then(|dates| text(dates, "submitted"));
    match text(answer, "reviewed").filter(|day| !day.contains('（')).or(submitted) {
        Some(seen) => seen < since.as_str(),
        None => text(plan, "status") != Some("draft"),
    }
}

fn evidence(leaf: &Leaf, plan: &Value) -> Evidence {
    let goals = list(plan, "goals");
    let (mut fresh, mut stale) = (0, 0);
    for goal in goals.iter().filter(|goal| leaf.is_cited_by(&texts(goal, "cites"))) {
        if is_stale(leaf, plan, goal) { stale += 1 } else { fresh += 1 }
    }
    let (mut fresh_words, mut stale_words) = (0, 0);
    for response in list(plan, "responses") {
        if told(response, "text") && leaf.is_cited_by(&texts(response, "cites")) {
            if is_stale(leaf, plan, response) { stale_words += 1 } else { fresh_words += 1 }
        }
    }
    match leaf.way().as_str() {
        "citation" | "goal" if leaf.scope() == "every_goal" => match some_of(fresh, goals.len()) {
            Evidence::Nothing if stale > 0 => Evidence::Partial,
            other => other,
        },
        "citation" if fresh + fresh_words > 0 => Evidence::Full,
        "goal" if fresh > 0 => Evidence::Full,
        "citation" | "goal" if fresh + stale + fresh_words + stale_words > 0 => Evidence::Partial,
        "citation" | "goal" => Evidence::Nothing,
        "viewpoint" => {
            let viewpoint = leaf.word("viewpoint", "");
            let words = |goal: &&&Value| goal.get("viewpoints").is_some_and(|words| told(words, &viewpoint));
            some_of(goals.iter().filter(words).count(), goals.len())
        }
        "plan" => {
            let measured =
                |goal: &Value| list(goal, "measures").iter().any(|m| told(m, "name")) || told(goal, "no_measures");
            some_of(usize::from(told(plan, "direction")) + usize::from(goals.iter().any(|goal| measured(goal))), 2)
        }
        "review" => some_of(goals.iter().filter(|goal| is_reviewed(plan, goal)).count(), goals.len()),
        "information" => parts(plan, "information", &["source", "finding"]),
        "reform" => parts(plan, "reform", &["what", "before", "after"]),
        "interview" if text(plan, "status") != Some("draft") => Evidence::Full,
        "handover" => {
            let came = newcomers(plan);
            some_of(came.iter().filter(|signer| has_record(plan, signer)).count(), came.len())
        }
        _ => Evidence::Nothing,
    }
}

fn is_reviewed(plan: &Value, goal: &Value) -> bool {
    list(plan, "review").into_iter().any(|entry| {
        let cites = texts(goal, "cites");
        let (items, ids) = (texts(entry, "items"), texts(entry, "goals"));
        let id = text(goal, "id").unwrap_or_default().to_owned();
        let cited = items.iter().any(|item| {
            cites.iter().any(|cite| {
                cite == item || cite.starts_with(&format!("{item}-")) || item.starts_with(&format!("{cite}-"))
            })
        });
        let continued = text(goal, "continues").is_some_and(|past| items.contains(&past.to_owned()));
        told(entry, "status")
            && told(entry, "analysis")
            && (cited || continued || ids.contains(&id) || items.contains(&id))
    })
}

fn parts(plan: &Value, key: &str, fields: &[&str]) -> Evidence {
    let mut best = Evidence::Nothing;
    for entry in list(plan, key) {
        match some_of(fields.iter().filter(|field| told(entry, field)).count(), fields.len()) {
            Evidence::Full => return Evidence::Full,
            Evidence::Partial => best = Evidence::Partial,
            Evidence::Nothing => {}
        }
    }
    best
}

fn has_record(plan: &Value, signer: &Value) -> bool {
    list(plan, "handover").into_iter().any(|record| {
        let same = |a: &str, b: &str| told(record, a) && told(signer, b) && text(record, a) == text(signer, b);
        let completed = told(record, "completed") || told(record, "not_needed");
        same("post", "post") && (!told(record, "successor") || same("successor", "name")) && completed
    })
}

/// The cell before any decline: chains and circles do not hold.
fn first_look(leaf: &Leaf, dept: &Dept) -> &'static str {
    let open = if must(leaf, dept) { "missing" } else { "not_required" };
    match &dept.plan {
        _ if leaf.scope() == "standing" => "not_required",
        Plan::None => open,
        Plan::Unreadable => "unreadable",
        Plan::Read(plan) => match evidence(leaf, plan) {
            Evidence::Full => "answered",
            Evidence::Partial => "partial",
            Evidence::Nothing => open,
        },
    }
}

fn is_declined(leaf: &Leaf, dept: &Dept, depts: &[Dept]) -> bool {
    let Plan::Read(plan) = &dept.plan else { return false };
    list(plan, "not_applicable").into_iter().any(|decline| {
        let handled = match text(decline, "handled_by").filter(|name| !name.contains("（記入）")) {
            None => true,
            Some(name) => depts.iter().find(|other| other.id == name).is_some_and(|other| {
                other.id != dept.id && ["answered", "unreadable"].contains(&first_look(leaf, other))
            }),
        };
        leaf.is_cited_by(&texts(decline, "items")) && told(decline, "reason") && leaf.may_decline(&dept.id) && handled
    })
}

fn cell(leaf: &Leaf, dept: &Dept, depts: &[Dept]) -> CellFacts {
    let mut state = first_look(leaf, dept);
    let open = matches!(state, "partial" | "missing" | "not_required");
    if open && leaf.scope() != "standing" && is_declined(leaf, dept, depts) {
        state = "declined";
    }
    let (mut goals, mut responses) = (Vec::new(), Vec::new());
    if let Plan::Read(plan) = &dept.plan {
        for goal in list(plan, "goals") {
            if leaf.is_cited_by(&texts(goal, "cites")) {
                goals.push(text(goal, "id").unwrap_or_default().to_owned());
            }
        }
        for (at, response) in list(plan, "responses").into_iter().enumerate() {
            if leaf.is_cited_by(&texts(response, "cites")) {
                responses.push(at);
            }
        }
    }
    (state.to_owned(), must(leaf, dept), goals, responses)
}

fn leaf_state(leaf: &Leaf, cells: &BTreeMap<String, CellFacts>) -> &'static str {
    if leaf.scope() == "standing" {
        return "standing";
    }
    let covered = |read: bool| {
        let full = |state: &str| state == "answered" || (read && state == "unreadable");
        let musts: Vec<&str> = cells.values().filter(|cell| cell.1).map(|cell| cell.0.as_str()).collect();
        let one = cells.values().any(|cell| full(&cell.0));
        if musts.is_empty() {
            true
        } else {
            // Leads are the must-cells of any_department, and no lead is ever declined.
            let lacks = |state: &&&str| match **state {
                "missing" | "partial" => true,
                "unreadable" => !read,
                _ => false,
            };
            one && musts.iter().filter(lacks).count() == 0
        }
    };
    if covered(false) {
        "covered"
    } else if covered(true) {
        "unreadable"
    } else if !cells.values().any(|cell| cell.0 == "answered" || cell.0 == "partial") {
        "uncovered"
    } else {
        "partial"
    }
}

type Row<'r> = &'r (String, BTreeMap<String, CellFacts>);

fn item_cell(rows: &[Row<'_>], dept: &str) -> CellFacts {
    let cells: Vec<&CellFacts> = rows.iter().map(|row| &row.1[dept]).collect();
    let counted: Vec<&str> = cells
        .iter()
        .map(|cell| cell.0.as_str())
        .filter(|state| !["not_required", "declined"].contains(state))
        .collect();
    let all = |wanted: &str| counted.iter().all(|state| *state == wanted);
    let state = if counted.contains(&"unreadable") {
        "unreadable"
    } else if counted.is_empty() {
        if cells.iter().any(|cell| cell.0 == "declined") { "declined" } else { "not_required" }
    } else if all("answered") {
        "answered"
    } else if all("missing") {
        "missing"
    } else {
        "partial"
    };
    let mut goals: Vec<String> = cells.iter().flat_map(|cell| cell.2.clone()).collect();
    let mut responses: Vec<usize> = cells.iter().flat_map(|cell| cell.3.clone()).collect();
    goals.sort();
    goals.dedup();
    responses.sort_unstable();
    responses.dedup();
    (state.to_owned(), cells.iter().any(|cell| cell.1), goals, responses)
}

fn item_state(rows: &[Row<'_>]) -> &'static str {
    let asked: Vec<&str> = rows.iter().map(|row| row.0.as_str()).filter(|state| *state != "standing").collect();
    let all = |wanted: &[&str]| asked.iter().all(|state| wanted.contains(state));
    if asked.is_empty() {
        "standing"
    } else if all(&["covered"]) {
        "covered"
    } else if all(&["uncovered"]) {
        "uncovered"
    } else if all(&["covered", "unreadable"]) {
        "unreadable"
    } else {
        "partial"
    }
}

fn departments(files: &BTreeMap<String, String>) -> Vec<Dept> {
    let organization: Value = serde_yaml::from_str(&files["policy/2025/organization.yaml"]).unwrap();
    let mut depts = Vec::new();
    for unit in list(&organization, "departments") {
        let id = text(unit, "id").unwrap().to_owned();
        let file = files.get(&format!("departments/2025/{id}.yaml"));
        let plan = match file.map(|text| serde_yaml::from_str(text)) {
            None => Plan::None,
            Some(Err(_)) => Plan::Unreadable,
            Some(Ok(plan)) => Plan::Read(plan),
        };
        let judged = match text(unit, "plan") {
            Some("none") => false,
            Some("voluntary") => file.is_some(),
            _ => true,
        };
        if judged {
            depts.push(Dept { id, plan });
        }
    }
    depts
}

/// Counts a city from its files.
pub(crate) fn recount(files: &[(String, String)]) -> Recount {
    let files: BTreeMap<String, String> = files.iter().cloned().collect();
    let policy: Value = serde_yaml::from_str(&files["policy/2025/policy.yaml"]).unwrap();
    let depts = departments(&files);
    let mut count = Recount {
        leaves: BTreeMap::new(),
        items: BTreeMap::new(),
        counts: [0; 6],
        percent: String::new(),
        uncovered: Vec::new(),
    };
    for item in list(&policy, "sections").into_iter().flat_map(|section| list(section, "items")) {
        let id = text(item, "id").unwrap().to_owned();
        let clauses = list(item, "clauses");
        let mut leaves: Vec<Leaf> = clauses
            .iter()
            .map(|clause| Leaf {
                id: text(clause, "id").unwrap().to_owned(),
                item: id.clone(),
                own: (*clause).clone(),
                above: item.clone(),
            })
            .collect();
        if leaves.is_empty() {
            leaves.push(Leaf { id: id.clone(), item: id.clone(), own: item.clone(), above: Value::Null });
        }
        for leaf in &leaves {
            let cells: BTreeMap<String, CellFacts> =
                depts.iter().map(|dept| (dept.id.clone(), cell(leaf, dept, &depts))).collect();
            for (state, _, _, _) in cells.values().filter(|cell| cell.1) {
                let at = ["answered", "partial", "missing", "declined", "unreadable"].iter().position(|s| s == state);
                count.counts[at.unwrap() + 1] += 1;
            }
            count.leaves.insert(leaf.id.clone(), (leaf_state(leaf, &cells).to_owned(), cells));
        }
        let rows: Vec<Row<'_>> = leaves.iter().map(|leaf| &count.leaves[&leaf.id]).collect();
        let row = if clauses.is_empty() {
            rows[0].clone()
        } else {
            let cells = depts.iter().map(|dept| (dept.id.clone(), item_cell(&rows, &dept.id))).collect();
            (item_state(&rows).to_owned(), cells)
        };
        if row.0 == "uncovered" {
            count.uncovered.push(id.clone());
        }
        count.items.insert(id, row);
    }
    let [_, answered, partial, missing, _, unreadable] = count.counts;
    count.counts[0] = answered + partial + missing + unreadable;
    let tenths = (answered * 1000).checked_div(count.counts[0]).unwrap_or(1000);
    count.percent = format!("{}.{}", tenths / 10, tenths % 10);
    count
}

/// Scope and way of answering of every leaf, by id.
pub(crate) fn ways(files: &[(String, String)]) -> BTreeMap<String, (String, String)> {
    let policy = files.iter().find(|(path, _)| path == "policy/2025/policy.yaml").unwrap();
    let policy: Value = serde_yaml::from_str(&policy.1).unwrap();
    let mut ways = BTreeMap::new();
    for item in list(&policy, "sections").into_iter().flat_map(|section| list(section, "items")) {
        let clauses = list(item, "clauses");
        let leaves = if clauses.is_empty() { vec![item] } else { clauses };
        for own in leaves {
            let id = text(own, "id").unwrap().to_owned();
            let leaf = Leaf { id: id.clone(), item: String::new(), own: own.clone(), above: item.clone() };
            ways.insert(id, (leaf.scope(), leaf.way()));
        }
    }
    ways
}
