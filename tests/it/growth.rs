//! Time grows with the size of a file, not with its square: a hostile or a silly file within 1 MiB
//! must not keep anybody waiting (P1).
//!
//! Each shape is judged at one size and at four times that size. Twice the expected growth and
//! more is still accepted, and the time is that of this thread alone where the system tells it, so
//! that a busy machine fails nothing.

use std::time::{Duration, Instant};

use kpolicy::city::City;
use kpolicy::fmt::format;
use kpolicy::report::checked::Checked;
use kpolicy::report::json;
use kpolicy::shape::FileKind;
use kpolicy::store::{Content, Entry, Snapshot};

use crate::support;

/// How often the lines of a shape are repeated first; then four times as often.
const SIZE: usize = 300;

/// Linear growth is 4, quadratic growth 16.
const MOST: u32 = 9;

/// A plan of `n` lines, entries or signs.
type Make = fn(usize) -> String;

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

/// One shape for each kind of search that once was made anew for each finding.
const SHAPES: &[(&str, Make)] = &[
    ("a known field with a full-width colon", |n| "title：\n".repeat(n * 4)),
    ("tabs", |n| "\t\n\tx: 1\n".repeat(n * 2)),
    ("line ends that editors do not show", |n| "\r".repeat(n * 8)),
    ("signs nobody sees, on one line", |n| "\u{200b}a".repeat(n * 20)),
    ("full-width bullets on one line", |n| format!("goals:\n  {}", "・ ".repeat(n * 20))),
    ("full-width signs in brackets", |n| format!("goals:\n  - {{{}}}\n", "id：a，".repeat(n * 4))),
    ("tags on one line", |n| format!("x: [{}]\n", "!x 1,".repeat(n * 4))),
    ("aliases", |n| format!("a: &a [x]\n{}", lines(n * 4, |i| format!("b{i}: *a\n")))),
    ("unknown fields", |n| lines(n * 2, |i| format!("k{i}: 1\n"))),
    ("a field again and again", |n| "a: 1\n".repeat(n * 4)),
    ("blocks that do not parse", |n| "goals: [\n".repeat(n)),
    ("goals of one id", |n| format!("goals:\n{}", "  - id: G1\n".repeat(n))),
    ("goals with placeholders", |n| format!("goals:\n{}", "  - title: （記入）\n".repeat(n))),
    ("texts on one line", |n| format!("goals:\n  - legal_basis: [{}]\n", "a, ".repeat(n * 20))),
    ("one citation again and again", |n| format!("goals:\n  - id: G1\n    cites: [{}]\n", "1-1, ".repeat(n * 4))),
    ("citations of unknown items", |n| {
        format!("goals:\n  - id: G1\n    cites:\n{}", lines(n, |i| format!("      - {}-{}\n", 20 + i % 70, 1 + i / 70)))
    }),
    ("names of unknown goals", |n| {
        let goals = lines(n, |i| format!("  - id: G{}\n", i % 1000));
        format!("goals:\n{goals}information:\n{}", lines(n, |i| format!("  - goals: [H{}]\n", i % 1000)))
    }),
    ("names of unknown units", |n| {
        format!("goals:\n{}", lines(n / 2, |i| format!("  - partners: [p{i}]\n    division: d{i}\n")))
    }),
    ("actuals of unknown measures", |n| {
        let measures = lines(n, |i| format!("      - name: m{i}\n"));
        let actuals = lines(n, |i| format!("          - measure: x{i}\n"));
        format!("goals:\n  - id: G1\n    measures:\n{measures}    progress:\n      - actuals:\n{actuals}")
    }),
    ("reviews of other items", |n| {
        let goals = lines(n / 2, |i| format!("  - id: G{}\n    cites: [1-2]\n", i % 1000));
        let entry = "  - items: [1-1]\n    status: 済み\n    analysis: 要因\n";
        format!("status: submitted\ngoals:\n{goals}review:\n{}", entry.repeat(n / 2))
    }),
    ("declines and citations of one item", |n| {
        let declines = "  - items: [1-1]\n    reason: 所管外\n".repeat(n / 2);
        format!("not_applicable:\n{declines}goals:\n{}", "  - id: G1\n    cites: [1-1]\n".repeat(n / 2))
    }),
    ("answers that repeat one another", |n| {
        let same = "  - cites: [1-1]\n    text: 担当する職員が毎月の会議で進み具合を確かめて、遅れを取り戻す\n";
        format!("status: submitted\nresponses:\n{}", same.repeat(n))
    }),
    ("answers that share a set phrase", |n| {
        let entry = |i: usize| {
            let own: String =
                (0..24).filter_map(|at| char::from_u32(0x4e00 + (i * 7919 + at * 104_729) as u32 % 20_000)).collect();
            format!("  - cites: [1-1]\n    text: 市民が安心して暮らせるように{own}\n")
        };
        format!("status: submitted\nresponses:\n{}", lines(n, entry))
    }),
    ("signers without their handover", |n| {
        let signers = lines(n / 2, |i| format!("  - post: p{i}\n    since: 2025-04-01\n"));
        let handover = lines(n / 2, |i| format!("  - post: q{i}\n    completed: 2025-04-02\n"));
        format!("status: submitted\nsigners:\n{signers}handover:\n{handover}")
    }),
];

#[test]
fn time_grows_with_the_size() {
    let mut slow = Vec::new();
    for (name, make) in SHAPES {
        let (small, large) = (make(SIZE), make(SIZE * 4));
        // Three chances: the first run of all also fills caches.
        let steep = |_: &usize| cost(&large) > cost(&small) * MOST + Duration::from_millis(20);
        if (0..3).all(|chance| steep(&chance)) {
            slow.push(format!("{name}: {:?}, then {:?}", cost(&small), cost(&large)));
        }
    }
    assert!(slow.is_empty(), "four times the size takes more than {MOST} times as long:\n{}", slow.join("\n"));
}

/// Shapes that only tidying finds hard.
const LAYOUTS: &[(&str, Make)] = &[
    ("a long list in brackets", |n| format!("cites: [{}1]\n", "1, ".repeat(n * 4))),
    ("lists in brackets in a list", |n| format!("cites: [{}1]\n", "[1],".repeat(n * 2))),
    ("remarks", |n| "# 注\n".repeat(n * 8)),
    ("remarks behind values", |n| "- 1 # 注\n".repeat(n * 4)),
    ("blank lines", |n| format!("a: 1\n{}b: 1\n", "\n".repeat(n * 32))),
    ("a long text", |n| format!("a: |-\n{}", "    文\n\n".repeat(n * 8))),
];

#[test]
fn the_time_to_tidy_grows_with_the_size() {
    let cost = |text: &str| {
        let before = spent();
        assert!(matches!(format(text, FileKind::Plan.vocabulary()), Ok(Some(_)) | Ok(None)));
        spent().saturating_sub(before)
    };
    for (name, make) in LAYOUTS {
        let (small, large) = (make(SIZE), make(SIZE * 4));
        let steep = |_: &usize| cost(&large) > cost(&small) * MOST + Duration::from_millis(20);
        assert!(!(0..3).all(|chance| steep(&chance)), "{name}: {:?}, then {:?}", cost(&small), cost(&large));
    }
}

/// The time that a plan takes from bytes to the JSON report.
fn cost(plan: &str) -> Duration {
    let mut snapshot = Snapshot::default();
    for (path, entry) in support::small_city().entries().filter(|(path, _)| path.starts_with("policy/")) {
        snapshot.insert(path, entry.clone());
    }
    snapshot.insert("departments/2025/somu.yaml", Entry::File(Content::Bytes(plan.as_bytes().to_vec())));
    // A city of fewer files than eight is read on one thread.
    assert!(snapshot.entries().count() < 8);
    let before = spent();
    let city = City::load(&snapshot);
    support::findings(&city, |findings| {
        let all: Vec<_> = findings.iter().collect();
        assert!(!json::write(&Checked::new(&city, &all)).is_empty());
    });
    spent().saturating_sub(before)
}

/// The time this thread has run; elsewhere than on Linux the time of day.
fn spent() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
