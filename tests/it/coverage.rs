//! Coverage: against a naive recount of the contract over generated cities, and its subtle lines
//! by hand.

#![allow(clippy::unwrap_used, reason = "helpers of tests; clippy knows only the test functions")]

use std::collections::BTreeMap;

use kpolicy::city::{City, Year};
use kpolicy::coverage::{Cell, CellState, Coverage, LeafState, Row, Summary};
use kpolicy::date::FiscalYear;
use kpolicy::links::Links;
use kpolicy::model::Level;
use proptest::prelude::*;

use crate::any_city::any_city;
use crate::builder::{CityBuilder, DutyText};
use crate::recount::{CellFacts, Recount, recount};
use crate::support;

/// The program's answer, in the recount's words.
pub(crate) fn counted(city: &City) -> Recount {
    with_coverage(city, |year, coverage| {
        let row = |row: &Row| {
            let cell = |(cell, dept): (&Cell, &kpolicy::city::Department<'_>)| {
                let goals = cell.goals.iter().map(|at| dept.plan.unwrap().goals[at].id().to_owned()).collect();
                let facts: CellFacts = (cell.state.id().to_owned(), cell.must, goals, cell.responses.iter().collect());
                (dept.id().to_owned(), facts)
            };
            let cells: BTreeMap<String, CellFacts> = row.cells.iter().zip(&year.departments).map(cell).collect();
            (row.state.id().to_owned(), cells)
        };
        let summary = &coverage.summary;
        let id = |item: usize| year.items[item].item.id.value.to_string();
        Recount {
            leaves: year.leaves.iter().zip(&coverage.leaves).map(|(leaf, r)| (leaf.id.to_string(), row(r))).collect(),
            items: coverage.items.iter().enumerate().map(|(at, r)| (id(at), row(r))).collect(),
            counts: [
                summary.required,
                summary.answered,
                summary.partial,
                summary.missing,
                summary.declined,
                summary.unreadable,
            ],
            percent: summary.percent(),
            uncovered: summary.uncovered_items.iter().map(|item| id(*item)).collect(),
        }
    })
}

fn with_coverage<T>(city: &City, look: impl FnOnce(&Year<'_>, &Coverage) -> T) -> T {
    let year = Year::new(city, FiscalYear(2025), support::DAY).expect("the files are there").expect("and readable");
    let links = Links::new(&year);
    look(&year, &Coverage::new(&year, &links))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_recount_agrees(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        let builder = any_city(&bytes);
        let (ours, theirs) = (counted(&builder.city()), recount(&builder.files()));
        let text: String = builder.files().iter().map(|(path, text)| format!("# {path}\n{text}")).collect();
        for (id, row) in &theirs.leaves {
            prop_assert_eq!(&ours.leaves[id], row, "leaf {}\n{}", id, text);
        }
        prop_assert_eq!(ours, theirs, "{}", text);
    }

    #[test]
    fn rules_never_panic_and_keep_precedence(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        let city = any_city(&bytes).city();
        support::findings(&city, |findings| {
            for finding in findings {
                assert!(!finding.message.is_empty() && !finding.help.is_empty());
            }
            let mut said: Vec<_> = findings.iter().map(|f| (f.rule.code, f.place, &f.message.ja)).collect();
            said.sort();
            let twice: Vec<_> = said.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(twice.is_empty(), "said twice: {twice:?}");
            // A department without plan has nothing but K306.
            let without: Vec<_> = findings.iter().filter(|f| f.rule.code == "K306").map(|f| f.department.clone()).collect();
            let of_plan = |code: &str| code.starts_with("K3") || code.starts_with("K4");
            for finding in findings.iter().filter(|f| of_plan(f.rule.code) && f.department.is_some()) {
                assert!(finding.rule.code == "K306" || !without.contains(&finding.department), "{finding:#?}");
            }
        });
    }
}

const PLAN: &str = "status: submitted\ndates:\n  submitted: 2025-04-01\nsigners:\n  - post: 部長\n    name: 国分\n    since: 2025-03-01\ndirection: 方針\ngoals:\n  - id: G1\n    title: 目標\n    outcome: 成果\n";

fn every(way: &'static str) -> DutyText {
    DutyText { scope: Some("every_department"), answered_by: Some(way), ..DutyText::default() }
}

/// The state of the first leaf, and of its cells.
fn first_leaf(city: &CityBuilder) -> (LeafState, Vec<CellState>) {
    with_coverage(&city.city(), |_, coverage| {
        let row = &coverage.leaves[0];
        (row.state, row.cells.iter().map(|cell| cell.state).collect())
    })
}

fn two(duty: &DutyText, somu: &str, shimin: &str) -> (LeafState, Vec<CellState>) {
    let city = CityBuilder::default().item(1, duty, &[]).department("somu", "required");
    let city = city.department("shimin", "required").plan("somu", format!("{PLAN}{somu}"));
    first_leaf(&city.plan("shimin", format!("{PLAN}{shimin}")))
}

#[test]
fn a_stale_citation_is_partial_at_best() {
    let duty = DutyText { amended: Some("2025-06-01"), ..every("citation") };
    let cites = "    cites:\n      - 1-1\n";
    let reviewed = "    reviewed: 2025-06-01\n    cites:\n      - 1-1\n";
    let (state, cells) = two(&duty, cites, reviewed);
    assert_eq!((state, cells), (LeafState::Partial, vec![CellState::Partial, CellState::Answered]));
    // A draft that was never submitted has been seen by nobody: nothing is stale in it.
    let draft = PLAN.replace("submitted\ndates:\n  submitted: 2025-04-01", "draft");
    let city = CityBuilder::default().item(1, &duty, &[]).department("somu", "required");
    assert_eq!(first_leaf(&city.plan("somu", format!("{draft}{cites}"))).0, LeafState::Covered);
}

#[test]
fn declines_in_circles_and_chains_do_not_hold() {
    let duty = DutyText { may_decline: Some(true), ..every("citation") };
    let decline =
        |to: &str| format!("not_applicable:\n  - items:\n      - 1-1\n    reason: 所管外\n    handled_by: {to}\n");
    let (state, cells) = two(&duty, &decline("shimin"), &decline("somu"));
    assert_eq!((state, cells), (LeafState::Uncovered, vec![CellState::Missing, CellState::Missing]));
    let (state, cells) = two(&duty, &decline("shimin"), "    cites:\n      - 1-1\n");
    assert_eq!((state, cells), (LeafState::Covered, vec![CellState::Declined, CellState::Answered]));
    // somu → shimin → kenko: shimin only hands on, so somu's decline does not hold.
    let city = CityBuilder::default().item(1, &duty, &[]);
    let city = ["somu", "shimin", "kenko"].iter().fold(city, |city, id| city.department(id, "required"));
    let city = city.plan("somu", format!("{PLAN}{}", decline("shimin")));
    let city = city.plan("shimin", format!("{PLAN}{}", decline("kenko")));
    let city = city.plan("kenko", format!("{PLAN}    cites:\n      - 1-1\n"));
    let (state, cells) = first_leaf(&city);
    assert_eq!(cells, vec![CellState::Missing, CellState::Declined, CellState::Answered]);
    assert_eq!(state, LeafState::Partial);
}

#[test]
fn nobody_answers_what_all_decline() {
    let duty = DutyText { may_decline: Some(true), ..every("citation") };
    let decline = "not_applicable:\n  - items:\n      - 1-1\n    reason: 所管外\n";
    let (state, cells) = two(&duty, decline, decline);
    assert_eq!((state, cells), (LeafState::Uncovered, vec![CellState::Declined; 2]));
}

#[test]
fn a_review_speaks_of_a_goal_by_item_clause_past_goal_or_id() {
    let clauses = [every("citation"), every("citation")];
    let city = |goal: &str, subject: &str| {
        let entry = format!("review:\n  - {subject}\n    status: 半ば\n    analysis: 人手\n");
        let city = CityBuilder::default().item(1, &every("review"), &[]).item(2, &every("citation"), &clauses);
        first_leaf(&city.department("somu", "required").plan("somu", format!("{PLAN}{goal}{entry}"))).1[0]
    };
    let cites = |id: &str| format!("    cites:\n      - {id}\n");
    let items = |id: &str| format!("items:\n      - {id}");
    for (goal, subject, state) in [
        (cites("1-2-a"), items("1-2"), CellState::Answered),
        (cites("1-2"), items("1-2-b"), CellState::Answered),
        // Two clauses of one item are two things.
        (cites("1-2-a"), items("1-2-b"), CellState::Missing),
        (cites("1-2-a"), items("2024:1-2-a"), CellState::Missing),
        (String::new(), items("G1"), CellState::Answered),
        (String::new(), "goals:\n      - G1".to_owned(), CellState::Answered),
        ("    continues: 2024:G3\n".to_owned(), items("2024:G3"), CellState::Answered),
        ("    continues: 2024:G3\n".to_owned(), items("2024:somu:G3"), CellState::Answered),
        ("    continues: 2024:kikaku:G3\n".to_owned(), items("2024:G3"), CellState::Missing),
    ] {
        assert_eq!(city(&goal, &subject), state, "{goal}{subject}");
    }
}

#[test]
fn what_waits_for_a_draft_is_no_error() {
    let duty = DutyText { may_decline: Some(true), ..every("citation") };
    let decline = "not_applicable:\n  - items:\n      - 1-1\n    reason: 所管外\n    handled_by: shimin\n";
    let levels = |shimin: &str| {
        let city = CityBuilder::default().item(1, &duty, &[]).department("somu", "required");
        let city =
            city.department("shimin", "required").plan("somu", format!("{PLAN}{decline}")).plan("shimin", shimin);
        support::findings(&city.city(), |findings| {
            let ours = findings.iter().filter(|f| ["K301", "K302", "K308"].contains(&f.rule.code));
            ours.map(|f| (f.rule.code, f.level)).collect::<Vec<_>>()
        })
    };
    // somu's K308 stands for its K301; K302 comes besides.
    let draft = levels(&PLAN.replacen("submitted", "draft", 1));
    assert_eq!(draft, vec![("K301", Level::Info), ("K308", Level::Info), ("K302", Level::Info)]);
    let submitted = levels(PLAN);
    assert_eq!(submitted, vec![("K301", Level::Error), ("K308", Level::Error), ("K302", Level::Error)]);
}

#[test]
fn a_handover_is_due_from_31_days_before_the_year() {
    let record = "handover:\n  - post: 部長\n    completed: 2025-03-31\n";
    let duty = every("handover");
    let (state, cells) = two(&duty, record, "");
    assert_eq!((state, cells), (LeafState::Partial, vec![CellState::Answered, CellState::Missing]));
    let city = CityBuilder::default().item(1, &duty, &[]).department("somu", "required");
    let long_ago = PLAN.replace("2025-03-01", "2025-02-28");
    let (state, cells) = first_leaf(&city.plan("somu", long_ago));
    assert_eq!((state, cells), (LeafState::Covered, vec![CellState::NotRequired]));
}

#[test]
fn one_department_suffices_but_each_lead_must() {
    let duty = DutyText { scope: Some("any_department"), lead: vec!["somu"], ..every("citation") };
    assert_eq!(two(&duty, "", ""), (LeafState::Uncovered, vec![CellState::Missing, CellState::NotRequired]));
    let cites = "    cites:\n      - 1-1\n";
    assert_eq!(two(&duty, "", cites).0, LeafState::Partial);
    assert_eq!(two(&duty, cites, "").0, LeafState::Covered);
    let decline = "not_applicable:\n  - items:\n      - 1-1\n    reason: 所管外\n";
    let (_, cells) = two(&duty, decline, decline);
    assert_eq!(cells, vec![CellState::Missing, CellState::Declined]);
}

#[test]
fn unreadable_is_not_missing() {
    let city = |shimin: &str| {
        let city = CityBuilder::default().item(1, &every("citation"), &[]).department("somu", "required");
        let city = city.department("shimin", "required").plan("somu", "goals:\n  - id: \"G1\n");
        first_leaf(&city.plan("shimin", format!("{PLAN}{shimin}")))
    };
    let cites = "    cites:\n      - 1-1\n";
    assert_eq!(city(cites), (LeafState::Unreadable, vec![CellState::Unreadable, CellState::Answered]));
    // Reading the broken plan could not make this one covered.
    assert_eq!(city(""), (LeafState::Uncovered, vec![CellState::Unreadable, CellState::Missing]));
}

#[test]
fn a_percentage_is_cut_and_not_rounded() {
    let summary = |answered, missing| Summary { required: answered + missing, answered, missing, ..Summary::default() };
    assert_eq!(summary(2499, 1).percent(), "99.9");
    assert_eq!(summary(2, 1).percent(), "66.6");
    assert_eq!(summary(0, 0).percent(), "100.0");
}
