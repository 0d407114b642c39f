//! A plan typed letter by letter: wherever an id, a field or a word of a list follows, it is offered.

use std::collections::BTreeMap;

use kpolicy::lang::Lang;
use kpolicy::lsp::encoding::Encoding;
use serde_json::Value;

use super::client::Client;
use crate::cases::{Scratch, lay_out};

/// Fields whose content is words of one's own.
const FREE: &str = "mission direction status analysis remaining source finding what before after stops text reason title \
                    issue outcome name unit at project decarbonization outside_partners legal_basis open_matters late_reason \
                    predecessor successor not_needed date by since until start thousand_yen value done_on notified completed \
                    written submitted fiscal_year no_measures id";

#[test]
fn whatever_a_plan_says_next_is_offered() {
    let scratch = Scratch::new("lsp-typing");
    lay_out("shipped", &scratch.0);
    let path = "departments/2025/somu.yaml";
    let plan = std::fs::read_to_string(scratch.0.join(path)).expect("the plan is there");
    let mut client = Client::new(&scratch.0, Encoding::Utf16, Lang::Ja);
    client.open_with(path, String::new());
    let mut client = Typist { client, path, pending: String::new(), asked: BTreeMap::new() };
    let (mut lists, mut missed) = (String::new(), Vec::new());
    let mut block = None;
    for (number, line) in plan.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        if block.is_some_and(|column| indent > column) {
            client.type_in(line);
            continue;
        }
        block = None;
        let bare = words.trim_start_matches("- ");
        let field = bare.split_once(": ").or_else(|| bare.strip_suffix(':').map(|name| (name, "")));
        let before = line.len() - line.trim_start().len() + words.len() - bare.len();
        if words.is_empty() || words.starts_with('#') {
            client.type_in(line);
            continue;
        }
        match field.filter(|(name, _)| !name.contains(|c: char| !c.is_ascii_alphanumeric() && c != '_')) {
            Some((name, value)) => {
                // The name of a field: before its first letter, and after it.
                client.type_in(&line[..before]);
                let mut offered = client.offers(name);
                client.type_in(&line[before..=before]);
                offered &= client.offers(name);
                client.type_in(&line[before + 1..before + name.len() + 1]);
                name.clone_into(&mut lists);
                let rest = &line[before + name.len() + 1..];
                if value.starts_with('|') {
                    block = Some(indent + words.len() - bare.len());
                }
                let free =
                    value.is_empty() || value.starts_with('|') || FREE.split_whitespace().any(|free| free == name);
                if !free || (name == "status" && indent == 0) {
                    client.type_in(" ");
                    offered &= client.offers(value);
                    client.type_in(&rest[1..]);
                } else {
                    client.type_in(rest);
                }
                if !offered {
                    missed.push(format!("{}: {words}", number + 1));
                }
            }
            // What is written further below cannot be known yet.
            None if bare.starts_with('G') || bare.starts_with("2024:") => client.type_in(line),
            None if FREE.split_whitespace().any(|free| free == lists) => client.type_in(line),
            None => {
                // An entry of a list: before its first letter, and after it.
                client.type_in(&line[..before]);
                let mut offered = client.offers(bare);
                client.type_in(&line[before..=before]);
                offered &= client.offers(bare);
                client.type_in(&line[before + 1..]);
                if !offered {
                    missed.push(format!("{}: {words}", number + 1));
                }
            }
        }
    }
    client.flush();
    assert_eq!(client.client.buffers[path].1, plan);
    let asked: usize = client.asked.values().sum();
    assert!(asked > 200, "{asked}");
    assert_eq!(missed, Vec::<String>::new());
    client.client.leave();
}

/// How often one word is asked for: the same field of the tenth goal shows nothing new.
const MOST: usize = 4;

/// Types at the end of a buffer; what is typed between two questions is one edit.
struct Typist<'p> {
    client: Client,
    path: &'p str,
    pending: String,
    asked: BTreeMap<String, usize>,
}

impl Typist<'_> {
    fn type_in(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    fn flush(&mut self) {
        let end = self.client.buffers[self.path].1.len();
        self.client.edit(self.path, end..end, &std::mem::take(&mut self.pending));
    }

    /// True where the completions at the end of the buffer would write a word there.
    fn offers(&mut self, word: &str) -> bool {
        let asked = self.asked.entry(word.to_owned()).or_default();
        if *asked >= MOST {
            return true;
        }
        *asked += 1;
        self.flush();
        let end = self.client.buffers[self.path].1.len();
        let offered = self.client.at("textDocument/completion", self.path, end);
        let items = offered["items"].as_array().cloned().unwrap_or_default();
        let writes = |item: &Value| item["textEdit"]["newText"].as_str().is_some_and(|text| is_word(text, word));
        items.iter().any(|item| writes(item) && over_the_word(item))
    }
}

fn is_word(text: &str, word: &str) -> bool {
    text.trim() == word || text.strip_prefix(word).is_some_and(|rest| rest.starts_with(':'))
}

/// The edit is on one line and the item can be filtered by id and title.
fn over_the_word(item: &Value) -> bool {
    let range = &item["textEdit"]["range"];
    range["start"]["line"] == range["end"]["line"] && item["filterText"].is_string()
}
