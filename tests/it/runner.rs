//! A CI runner's reading of a log, written from its rules: which lines are commands, and what they say.

use std::collections::BTreeMap;

/// A command in a log.
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) properties: BTreeMap<String, String>,
    pub(crate) data: String,
}

/// The weight of a command, the worst first.
pub(crate) type Ordered = usize;

const KNOWN: [&str; 16] = [
    "error",
    "warning",
    "notice",
    "debug",
    "group",
    "endgroup",
    "echo",
    "add-mask",
    "add-matcher",
    "remove-matcher",
    "set-output",
    "set-env",
    "add-path",
    "save-state",
    "stop-commands",
    "internal-set-repo-path",
];

impl Command {
    pub(crate) fn order(&self) -> Ordered {
        KNOWN.iter().position(|known| *known == self.name).unwrap_or(KNOWN.len())
    }
}

/// The command in a line: `::name key=value,…::data` after blanks, or `##[name key=value;…]data` anywhere.
pub(crate) fn command(line: &str) -> Option<Command> {
    let newer = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
    if let Some((head, data)) = newer {
        return parsed(head, ',', data);
    }
    let (head, data) = line.split_once("##[")?.1.split_once(']')?;
    parsed(head, ';', data)
}

fn parsed(head: &str, parts: char, data: &str) -> Option<Command> {
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    if !KNOWN.contains(&name) {
        return None;
    }
    let pairs = properties.trim().split(parts).filter_map(|pair| pair.split_once('='));
    let properties = pairs
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (key.to_owned(), unescaped(value, &[("%3A", ":"), ("%2C", ",")])))
        .collect();
    Some(Command { name: name.to_owned(), properties, data: unescaped(data, &[]) })
}

fn unescaped(text: &str, more: &[(&str, &str)]) -> String {
    let mut text = text.replace("%0D", "\r").replace("%0A", "\n");
    for (escaped, plain) in more {
        text = text.replace(escaped, plain);
    }
    text.replace("%25", "%")
}

/// The path of a relative address.
pub(crate) fn from_uri(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        assert!(byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte), "{uri}");
        if byte == b'%' {
            let hex = [rest.next(), rest.next()].map(|digit| char::from(digit.expect("two digits")));
            bytes.push(u8::from_str_radix(&hex.iter().collect::<String>(), 16).expect("hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
