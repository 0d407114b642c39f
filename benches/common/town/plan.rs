//! One plan, with every field that a department fills in.

use std::fmt::Write as _;

use crate::common::town::{Town, Words, id};

pub(super) fn write(town: Town, at: usize) -> String {
    let mut words = Words::new(at + 1);
    let (id, mission, direction, more) = (id(at), words.sentence(), words.sentence(), words.sentence());
    let mut text = format!(
        "# yaml-language-server: $schema=../../schemas/2025/plan.schema.json
department: {id}
fiscal_year: 2025
status: submitted
dates:
  written: 2025-04-01
  submitted: 2025-04-03

signers:
  - post: 第{at}部長
    name: 見本 太郎
    since: 2024-04-01

mission: |-
  {mission}を支える。

direction: |-
  {direction}を先に行う。
  {more}を続ける。

"
    );
    review(town, &mut words, &mut text);
    information(&mut words, &mut text);
    text.push_str("goals:\n");
    for number in 0..town.goals {
        goal(town, at, number, &mut words, &mut text);
    }
    text
}

fn review(town: Town, words: &mut Words, text: &mut String) {
    text.push_str("review:\n");
    for number in 0..town.goals {
        let (goal, status, analysis) = (goal_id(number), words.sentence(), words.sentence());
        _ = write!(
            text,
            "  - goals:\n      - {goal}\n    status: {status}まで済んだ\n    analysis: {analysis}に手間が掛かった\n"
        );
    }
    text.push('\n');
}

fn information(words: &mut Words, text: &mut String) {
    let (source, finding, what) = (words.phrase(), words.sentence(), words.sentence());
    _ = write!(
        text,
        "information:
  - source: {source}の説明会
    date: 2025-02-10
    finding: {finding}が効いたという例がある
    goals:
      - G1

reform:
  - what: {what}を一度で終える
    before: 1件40分
    after: 1件15分
    stops: 紙の台帳
    goals:
      - G1

"
    );
}

/// `G1` to `G999`, then `H1`.
fn goal_id(number: usize) -> String {
    let letter = char::from(b'G' + u8::try_from(number / 999).unwrap_or_default());
    format!("{letter}{}", number % 999 + 1)
}

fn goal(town: Town, at: usize, number: usize, words: &mut Words, text: &mut String) {
    let (id, title, issue, outcome) = (goal_id(number), words.phrase(), words.sentence(), words.sentence());
    _ = write!(
        text,
        "  - id: {id}\n    title: {title}を{}件に増やす\n    issue: {issue}が遅れている\n    outcome: {outcome}が市民に届く\n    cites:\n",
        words.below(90) + 10
    );
    for cite in 0..town.cites {
        _ = writeln!(text, "      - {}", Town::item((number * town.cites + cite) % town.items.max(1)));
    }
    if town.slips > 0 && at.is_multiple_of(town.slips) {
        text.push_str("      - 99-99\n");
    }
    let (carbon, measure, actions, budget) =
        (words.sentence(), words.phrase(), [words.sentence(), words.sentence()], words.phrase());
    let (before, by, yen) = (words.below(90), 100 + words.below(900), 1000 + words.below(90_000));
    let [first, second] = actions;
    _ = write!(
        text,
        "    division: k
    outside_partners:
      - 商工会
    references:
      - id: vision
        node: zenki
        at: 施策{number}
    legal_basis:
      - 地方自治法
    viewpoints:
      decarbonization: {carbon}で年{before}t-CO2を減らす
    measures:
      - name: {measure}の数
        kind: outcome
        unit: 件
        baseline:
          value: {before}
          at: 2025-03-31
        target:
          value: {by}
          by: 2026-03-31
    actions:
      - what: {first}を決める
        by: 2025-06-30
      - what: {second}を始める
        by: 2025-10-31
    budget:
      - project: {budget}
        thousand_yen: {yen}
        start: 2025-05-01
    progress:
      - period: mid
        as_of: 2025-09-30
        state: on_track
        rating: B
        actuals:
          - measure: {measure}の数
            value: {before}

"
    );
}
