//! The table of promises names tests that exist.

use std::fs;

use crate::support::tests_dir;

/// Rust tests as `module::name`, and their pages, cases and other programs.
#[test]
fn every_promise_is_held_by_tests_that_exist() {
    let table = fs::read_to_string(tests_dir("PROMISES.md")).expect("the table");
    let sources: Vec<(String, String)> = walkdir::WalkDir::new(tests_dir("it"))
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(tests_dir("it")).expect("below").with_extension("");
            let module = path.to_string_lossy().replace(['/', '\\'], "::");
            (module.trim_end_matches("::mod").to_owned(), fs::read_to_string(entry.path()).expect("source"))
        })
        .collect();
    let is_test = |name: &str| {
        let (module, test) = name.rsplit_once("::").unwrap_or_default();
        let is = format!("fn {test}(");
        sources.iter().any(|(path, source)| path == module && source.contains(&is))
            || fs::read_to_string(tests_dir("../src").join(format!("{}.rs", module.replace("::", "/"))))
                .is_ok_and(|source| source.contains(&is))
    };
    let mut count = 0;
    for number in 1..=34 {
        let row = table.lines().find(|line| line.starts_with(&format!("| P{number} |")));
        let row = row.unwrap_or_else(|| panic!("P{number} has no row"));
        assert!(row.matches('`').count() >= 2, "P{number} names no test: {row}");
    }
    let quoted = table.split('`').skip(1).step_by(2).filter(|name| *name != "module::test");
    for name in quoted {
        if name.contains("::") && !name.contains(' ') {
            assert!(is_test(name), "there is no test {name}");
            count += 1;
        } else if name.contains('/') {
            let path = name.split_whitespace().next().unwrap_or(name);
            let top = tests_dir("..");
            let generic = path.contains(['<', '*']);
            assert!(generic || top.join(path).exists(), "there is no {path}");
        }
    }
    // `case` and `cases` are followed by names of cases, separated by commas.
    for (at, _) in table.match_indices("case") {
        let list = table[at..].trim_start_matches("cases").trim_start_matches("case");
        let names = list.split(['|', ';', '\n']).next().unwrap_or_default();
        for name in names.strip_prefix(" `").into_iter().flat_map(|names| names.split('`').step_by(2)) {
            assert!(name.is_empty() || tests_dir("cases").join(format!("{name}.case")).exists(), "no case {name}");
        }
    }
    assert!(count > 40, "{count} tests");
}
