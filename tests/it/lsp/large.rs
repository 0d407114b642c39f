//! A large city: the plan in hand is judged at once, the whole when nobody types. In the end all is
//! said that would be said of a small one.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kpolicy::lang::Lang;
use kpolicy::lsp::encoding::Encoding;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::client::Client;
use super::drift::{PIECES, edits, span};
use crate::cases::{Scratch, lay_out};

const PLAN: &str = "departments/2025/somu.yaml";
const POLICY: &str = "policy/2025/policy.yaml";

/// What is marked, by file, once all open buffers were judged.
fn told(client: &Client) -> Option<BTreeMap<String, Value>> {
    of_buffers(client)?;
    let marked = client.told.iter().map(|(uri, told)| (uri.clone(), told["diagnostics"].clone()));
    Some(marked.filter(|(_, found)| found.as_array().is_some_and(|found| !found.is_empty())).collect())
}

/// What is said of the open buffers as they are now; none where it is not said yet.
fn of_buffers(client: &Client) -> Option<Vec<Value>> {
    let said = |(path, (version, _)): (&String, &(i32, String))| {
        let told = client.told.get(&client.address(path))?;
        (told["version"] == json!(version)).then(|| told["diagnostics"].clone())
    };
    client.buffers.iter().map(said).collect()
}

/// Waits until two clients are told the same for a while; false where they never are.
fn agree<T: PartialEq>(one: &mut Client, other: &mut Client, what: impl Fn(&Client) -> Option<T>) -> bool {
    let begun = Instant::now();
    let mut same = 0;
    while same < 5 && begun.elapsed() < Duration::from_secs(90) {
        one.listen(Duration::from_millis(200));
        other.listen(Duration::from_millis(200));
        let said = [what(one), what(other)];
        same = if said[0].is_some() && said[0] == said[1] { same + 1 } else { 0 };
    }
    same == 5
}

/// Replaces the first occurrence.
fn change(client: &mut Client, path: &str, old: &str, new: &str) {
    let at = client.buffers[path].1.find(old).unwrap_or_else(|| panic!("nothing like {old}"));
    client.edit(path, at..at + old.len(), new);
}

#[test]
fn a_large_city_is_told_what_a_small_one_is() {
    let folder = Scratch::new("lsp-large");
    lay_out("shipped", &folder.0);
    // The faults of a closed file are its department's: they are told only where an edit brings others.
    let closed = folder.0.join("departments/2025/shimin-seikatsu.yaml");
    let text = std::fs::read_to_string(&closed).expect("it is there");
    std::fs::write(&closed, text.replacen("      - 1-2\n", "      - 1-12\n", 1)).expect("it is written");
    let mut small = Client::new(&folder.0, Encoding::Utf16, Lang::Ja);
    let mut large = Client::of_large(&folder.0, Encoding::Utf16, Lang::Ja);
    // Each step changes what is said of other files, too: an item that nobody answers, a name that is gone.
    let steps = [
        (PLAN, "      - 1-2\n", "      - 1-12\n"),
        (POLICY, "id: 1-2\n", "id: 1-22\n"),
        (POLICY, "id: 1-22\n", "id: 1-2\n"),
        (PLAN, "status: submitted", "status: \"submitted"),
        (PLAN, "status: \"submitted", "status: draft"),
    ];
    for client in [&mut small, &mut large] {
        client.open(PLAN);
        client.open(POLICY);
    }
    assert!(agree(&mut large, &mut small, told), "opened");
    for (path, old, new) in steps {
        change(&mut small, path, old, new);
        change(&mut large, path, old, new);
        let same = agree(&mut large, &mut small, told);
        assert!(same, "{new}: {:#?}\n{:#?}", told(&large), told(&small));
    }
    small.leave();
    large.leave();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]
    #[test]
    fn what_is_known_of_a_large_city_does_not_drift(edits in edits(), other in edits()) {
        let folder = Scratch::new("lsp-large-drift");
        lay_out("small", &folder.0);
        let mut client = Client::of_large(&folder.0, Encoding::Utf16, Lang::Ja);
        client.open(PLAN);
        client.open(POLICY);
        for (path, edits) in [(PLAN, &edits), (POLICY, &other)] {
            for (from, length, piece) in edits {
                let span = span(&client.buffers[path].1, *from, *length);
                client.edit(path, span, PIECES[*piece]);
                if piece % 5 == 0 {
                    client.listen(Duration::from_millis(400));
                }
            }
        }
        let mut fresh = Client::new(&folder.0, Encoding::Utf16, Lang::Ja);
        for path in [PLAN, POLICY] {
            fresh.open_with(path, client.buffers[path].1.clone());
        }
        prop_assert!(
            agree(&mut client, &mut fresh, of_buffers),
            "{:#?}\n{:#?}",
            of_buffers(&client),
            of_buffers(&fresh)
        );
        client.leave();
        fresh.leave();
    }
}
