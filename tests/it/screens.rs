//! The house rules of a finding's screen, over every bad example and every case.

use std::fs;

use kpolicy::city::City;
use kpolicy::lang::Lang;
use kpolicy::report::frame;
use kpolicy::rules::{Page, RULES};

use crate::support;

/// Lines of a finding, from what is wrong to what to type.
const MOST: usize = 12;

#[test]
fn no_finding_of_a_page_is_longer_than_twelve_lines() {
    let mut long = Vec::new();
    for rule in RULES {
        let city = City::load(&crate::pages::laid_over(&Page::parse(rule.page).bad));
        support::findings(&city, |findings| {
            for (finding, lang) in findings.iter().flat_map(|finding| [(finding, Lang::Ja), (finding, Lang::En)]) {
                let drawn = frame::whole(&city, finding, lang, 80, false);
                if drawn.lines().count() > MOST {
                    long.push(format!("{} lines\n{drawn}", drawn.lines().count()));
                }
            }
        });
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn no_finding_of_a_case_is_longer_than_twelve_lines() {
    let (mut long, mut seen) = (Vec::new(), 0);
    for case in fs::read_dir(support::tests_dir("cases")).expect("cases").flatten().map(|entry| entry.path()) {
        let Some(text) = fs::read_to_string(&case).ok().filter(|_| case.extension().is_some_and(|e| e == "case"))
        else {
            continue;
        };
        for screen in text.split("\n\n").flat_map(findings_in) {
            seen += 1;
            if screen.len() > MOST {
                long.push(format!("{}:\n{}", case.display(), screen.join("\n")));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    assert!(seen > 20, "only {seen} findings in all cases");
}

/// The lines of a finding in a part of a transcript, if there is one.
fn findings_in(part: &str) -> Option<Vec<&str>> {
    let heading = |line: &&str| line.split_once(" [K").is_some_and(|(level, _)| !level.contains([' ', '$', '#']));
    let lines: Vec<&str> = part.lines().skip_while(|line| !heading(line)).collect();
    (!lines.is_empty()).then_some(lines)
}
