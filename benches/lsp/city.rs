//! A city as large as anybody's: the shipped plans over and over, each time in other words.

use std::path::Path;

use kpolicy::store::{Content, Entry, Snapshot, read_work_tree};

/// A city with as many plans, all of one year. Plans beyond the shipped ones have their kanji
/// exchanged for others, so that no two of them say the same.
pub(crate) fn city(plans: usize) -> Snapshot {
    let shipped = read_work_tree(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the shipped city is there");
    let text = |path: &str| match shipped.get(path) {
        Some(Entry::File(content)) => String::from_utf8(content.read(usize::MAX >> 1).expect("it can be read")),
        _ => panic!("{path} is there"),
    };
    let paths: Vec<&str> = shipped.entries().map(|(path, _)| path).collect();
    let mut organization = text("policy/2025/organization.yaml").expect("it is UTF-8");
    let mut city = Snapshot::default();
    for path in paths.iter().filter(|path| path.starts_with("policy/")) {
        city.overlay(*path, text(path).expect("it is UTF-8").into_bytes());
    }
    let models: Vec<&str> = paths.iter().copied().filter(|path| path.starts_with("departments/2025/")).collect();
    for at in 0..plans {
        let model = models[at % models.len()];
        let plan = text(model).expect("it is UTF-8");
        let round = at / models.len();
        if round == 0 {
            city.overlay(model, plan.into_bytes());
            continue;
        }
        let name = model.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).expect("it is a plan");
        let id = format!("{name}-{round}");
        organization.push_str(&department(&organization, name, &id, round));
        let plan = plan.replace(&format!("department: {name}\n"), &format!("department: {id}\n"));
        city.insert(format!("departments/2025/{id}.yaml"), Entry::File(Content::Bytes(other(&plan, round).into())));
    }
    city.overlay("policy/2025/organization.yaml", organization.into_bytes());
    city
}

/// The lines of a department once more, under another id and name.
fn department(organization: &str, name: &str, id: &str, round: usize) -> String {
    let head = format!("  - id: {name}\n");
    let start = organization.find(&head).expect("every plan has its department") + head.len();
    let rest = &organization[start..];
    let lines = rest.split_inclusive('\n').take_while(|line| line.starts_with("    ") && !line.starts_with("  - "));
    let lines = lines.map(|line| match line.strip_prefix("    name: ") {
        Some(title) => format!("    name: 第{round}{title}"),
        None if line.starts_with("    short: ") => String::new(),
        None => line.to_owned(),
    });
    format!("  - id: {id}\n{}", lines.collect::<String>())
}

/// The same with every kanji and kana exchanged for another, the same one for the same.
fn other(text: &str, round: usize) -> String {
    let shift = u32::try_from(round).unwrap_or(1);
    let within = |c: char, first: char, last: char, by: u32| {
        let (first, last) = (u32::from(first), u32::from(last));
        char::from_u32(first + (u32::from(c) - first + by) % (last - first + 1)).unwrap_or(c)
    };
    let change = |c: char| match c {
        '\u{4e00}'..='\u{9fa5}' => within(c, '\u{4e00}', '\u{9fa5}', shift * 131),
        'ぁ'..='ん' => within(c, 'ぁ', 'ん', shift * 7),
        'ァ'..='ヴ' => within(c, 'ァ', 'ヴ', shift * 11),
        other => other,
    };
    let line =
        |line: &str| if line.contains("（記入）") { line.to_owned() } else { line.chars().map(change).collect() };
    text.split_inclusive('\n').map(line).collect()
}
