//! A plan typed letter by letter: wherever an id, a field or a word of a list follows, it is offered.

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
    let (mut lists, mut missed, mut asked) = (String::new(), Vec::new(), 0);
    let mut block = None;
    for (number, line) in plan.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        if block.is_some_and(|column| indent > column) {
            type_in(&mut client, path, line);
            continue;
        }
        block = None;
        let bare = words.trim_start_matches("- ");
        let field = bare.split_once(": ").or_else(|| bare.strip_suffix(':').map(|name| (name, "")));
        let before = line.len() - line.trim_start().len() + words.len() - bare.len();
        if words.is_empty() || words.starts_with('#') {
            type_in(&mut client, path, line);
            continue;
        }
        match field.filter(|(name, _)| !name.contains(|c: char| !c.is_ascii_alphanumeric() && c != '_')) {
            Some((name, value)) => {
                // The name of a field: before its first letter, and after it.
                type_in(&mut client, path, &line[..before]);
                let mut offered = offers(&mut client, path, name);
                type_in(&mut client, path, &line[before..=before]);
                offered &= offers(&mut client, path, name);
                type_in(&mut client, path, &line[before + 1..before + name.len() + 1]);
                asked += 2;
                name.clone_into(&mut lists);
                let rest = &line[before + name.len() + 1..];
                if value.starts_with('|') {
                    block = Some(indent + words.len() - bare.len());
                }
                let free =
                    value.is_empty() || value.starts_with('|') || FREE.split_whitespace().any(|free| free == name);
                if !free || (name == "status" && indent == 0) {
                    type_in(&mut client, path, " ");
                    offered &= offers(&mut client, path, value);
                    asked += 1;
                    type_in(&mut client, path, &rest[1..]);
                } else {
                    type_in(&mut client, path, rest);
                }
                if !offered {
                    missed.push(format!("{}: {words}", number + 1));
                }
            }
            // What is written further below cannot be known yet.
            None if bare.starts_with('G') || bare.starts_with("2024:") => type_in(&mut client, path, line),
            None if FREE.split_whitespace().any(|free| free == lists) => type_in(&mut client, path, line),
            None => {
                // An entry of a list: before its first letter, and after it.
                type_in(&mut client, path, &line[..before]);
                let mut offered = offers(&mut client, path, bare);
                type_in(&mut client, path, &line[before..=before]);
                offered &= offers(&mut client, path, bare);
                asked += 2;
                type_in(&mut client, path, &line[before + 1..]);
                if !offered {
                    missed.push(format!("{}: {words}", number + 1));
                }
            }
        }
    }
    assert_eq!(client.buffers[path].1, plan);
    assert!(asked > 800, "{asked}");
    assert_eq!(missed, Vec::<String>::new());
    client.leave();
}

/// Types at the end of a buffer.
fn type_in(client: &mut Client, path: &str, text: &str) {
    let end = client.buffers[path].1.len();
    client.edit(path, end..end, text);
}

/// True where the completions at the end of a buffer would write a word there.
fn offers(client: &mut Client, path: &str, word: &str) -> bool {
    let end = client.buffers[path].1.len();
    let offered = client.at("textDocument/completion", path, end);
    let items = offered["items"].as_array().cloned().unwrap_or_default();
    items
        .iter()
        .any(|item| item["textEdit"]["newText"].as_str().is_some_and(|text| is_word(text, word)) && over_the_word(item))
}

fn is_word(text: &str, word: &str) -> bool {
    text.trim() == word || text.strip_prefix(word).is_some_and(|rest| rest.starts_with(':'))
}

/// The edit is on one line and the item can be filtered by id and title.
fn over_the_word(item: &Value) -> bool {
    let range = &item["textEdit"]["range"];
    range["start"]["line"] == range["end"]["line"] && item["filterText"].is_string()
}
