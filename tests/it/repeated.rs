//! How sure K209 and K210 are: answers copied between the shipped plans, and from the policy, with
//! a part of their letters changed. Few changes are always found, many never.
//!
//! `cargo test --test it repeated -- --nocapture` prints the table.

use std::collections::HashSet;
use std::fmt::Write as _;

use kpolicy::city::City;
use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};

use crate::support;

/// Parts of the letters that are changed, in percent.
const CHANGED: [usize; 6] = [0, 10, 20, 30, 50, 70];
/// Answers that are copied for each of them.
const COPIES: usize = 200;
/// Copies that are put into one plan; no two of a city are of one text, so that none meets another.
const AT_ONCE: usize = 10;

/// xorshift64*: the same copies in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or_default() % limit.max(1)
    }

    /// Exactly so many letters of a text become other letters of the same city's texts.
    fn changed(&mut self, text: &str, percent: usize, letters: &[char]) -> String {
        let mut text: Vec<char> = text.chars().collect();
        let mut places: Vec<usize> = (0..text.len()).filter(|at| text[*at].is_alphanumeric()).collect();
        let count = places.len() * percent / 100;
        for _ in 0..count {
            let at = places.swap_remove(self.below(places.len()));
            let old = text[at];
            while text[at] == old {
                text[at] = letters[self.below(letters.len())];
            }
        }
        text.into_iter().collect()
    }
}

fn shipped() -> Snapshot {
    read_work_tree(&support::tests_dir("..")).expect("the shipped city")
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Plans by path, with their text.
fn plans(city: &City) -> Vec<(String, String)> {
    let plans = city.files.iter().filter(|file| file.plan().is_some());
    plans.map(|file| (file.path.clone(), file.text.to_string())).collect()
}

/// The answers of the shipped plans that are long enough to tell, with the path of their plan.
fn answers(city: &City) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for file in &city.files {
        let Some(plan) = file.plan() else { continue };
        let texts = plan.responses.iter().map(|response| &response.text);
        for text in texts.chain(plan.goals.iter().map(|goal| &goal.outcome)).flatten() {
            // A copy answers another item, so what it quotes of its own is not taken out.
            answers.push((file.path.clone(), text.joined()));
        }
    }
    answers.retain(|(_, text)| letters(text) >= 30);
    answers
}

/// A plan whose first response has this text.
fn with_answer(plan: &str, cites: &str, text: &str) -> String {
    let entry = format!("responses:\n  - cites:\n      - {cites}\n    text: |-\n      {text}\n");
    assert!(plan.contains("\nresponses:\n"), "a plan with responses");
    plan.replacen("responses:\n", &entry, 1)
}

/// A copy: the plan it is put into, and its text.
type Copied = (String, String);

/// How many copies a rule finds at the places where they were put.
fn found(rule: &str, changed: &[(String, String)], copies: &[Copied]) -> usize {
    let mut snapshot = shipped();
    for (path, plan) in changed {
        snapshot.insert(path.as_str(), Entry::File(Content::Bytes(plan.clone().into_bytes())));
    }
    let city = City::load(&snapshot);
    support::findings(&city, |findings| {
        let of_rule: Vec<_> = findings.iter().filter(|finding| finding.rule.code == rule).collect();
        let places = of_rule.iter().flat_map(|finding| {
            std::iter::once(finding.place).chain(finding.related.iter().map(|related| related.place))
        });
        let shown: HashSet<(&str, &str)> =
            places.map(|place| (city.file(place.file).path.as_str(), city.text(place))).collect();
        let hit =
            |(path, text): &&Copied| shown.iter().any(|(file, shown)| file == path && shown.contains(text.as_str()));
        copies.iter().filter(hit).count()
    })
}

/// Copies `COPIES` of the sources with a part changed, and counts what is found.
fn measured(rule: &str, sources: &[(String, String, String)], percent: usize) -> (usize, usize) {
    let mut plans = plans(&City::load(&shipped()));
    plans.retain(|(_, plan)| plan.contains("\nresponses:\n"));
    let signs = plans.iter().flat_map(|(_, text)| text.chars());
    let all: Vec<char> = signs.filter(|c| *c > '\u{3000}' && c.is_alphanumeric()).collect();
    let mut dice = Dice(0x6b70_6f6c_6963_7900 + percent as u64);
    let (mut hits, mut tried) = (0, 0);
    while tried < COPIES {
        let (mut changed, mut copies): (Vec<_>, Vec<Copied>) = (plans.clone(), Vec::new());
        let mut taken: HashSet<usize> = HashSet::new();
        for (path, plan) in &mut changed {
            for _ in 0..AT_ONCE {
                let index = dice.below(sources.len());
                let (from, cites, text) = &sources[index];
                if from != path && taken.insert(index) {
                    let text = dice.changed(text, percent, &all);
                    *plan = with_answer(plan, cites, &text);
                    copies.push((path.clone(), text));
                }
            }
        }
        hits += found(rule, &changed, &copies);
        tried += copies.len();
    }
    (hits, tried)
}

#[allow(clippy::print_stdout, reason = "the table is for whoever asks with --nocapture")]
fn sure(rule: &str, sources: &[(String, String, String)]) {
    assert!(sources.len() > 20, "{rule}: only {} texts to copy", sources.len());
    let mut table = format!("{rule}, {} texts to copy\n", sources.len());
    for percent in CHANGED {
        let (hits, tried) = measured(rule, sources, percent);
        _ = writeln!(table, "  {percent:>2} % of the letters changed: found {hits} of {tried}");
        if percent <= 10 {
            assert!(hits * 100 >= tried * 99, "{table}");
        }
        if percent >= 50 {
            assert_eq!(hits, 0, "{table}");
        }
    }
    println!("{table}");
}

#[test]
fn a_copied_answer_is_found_and_a_rewritten_one_is_not() {
    let city = City::load(&shipped());
    // The copies answer an item whose wording they do not repeat.
    let sources: Vec<_> = answers(&city).into_iter().map(|(path, text)| (path, "0-1".to_owned(), text)).collect();
    sure("K210", &sources);
}

#[test]
fn copied_wording_is_found_and_rewritten_wording_is_not() {
    let city = City::load(&shipped());
    let id = city.find("policy/2025/policy.yaml").expect("policy");
    let policy = city.file(id).policy().expect("readable");
    let mut sources = Vec::new();
    for item in policy.items() {
        for sentence in item.text.iter().flat_map(|text| text.value.lines()).filter(|line| letters(line) >= 24) {
            sources.push((String::new(), item.id.value.item.to_string(), sentence.to_owned()));
        }
    }
    sure("K209", &sources);
}

#[test]
fn the_shipped_plans_repeat_nothing() {
    let city = City::load(&shipped());
    support::findings(&city, |findings| {
        let codes: Vec<_> = findings.iter().filter(|finding| ["K209", "K210"].contains(&finding.rule.code)).collect();
        assert!(codes.is_empty(), "{:#?}", support::lines(&city, findings));
    });
}

/// One finding for a group, however many plans repeat the same words.
#[test]
fn a_group_is_one_finding() {
    let mut snapshot = shipped();
    let text = "担当する職員が、毎月の会議で進み具合を確かめ、遅れていれば早めに手を打つ。";
    for (path, plan) in plans(&City::load(&shipped())).into_iter().filter(|(_, plan)| plan.contains("\nresponses:\n")) {
        snapshot.insert(path, Entry::File(Content::Bytes(with_answer(&plan, "0-1", text).into_bytes())));
    }
    let city = City::load(&snapshot);
    support::findings(&city, |findings| {
        let found: Vec<_> = findings.iter().filter(|finding| finding.rule.code == "K210").collect();
        assert_eq!(found.len(), 1, "{:#?}", support::lines(&city, findings));
        assert!(found[0].message.ja.contains("10か所"), "{}", found[0].message.ja);
    });
}
