//! Writing into a file at a place: what was asked for stands there, and all else is as it was.

use kpolicy::edit::{Editor, Value, document};
use kpolicy::source::{Kind, NodeId, Readable, Tree, Vocabulary, apply, read};
use proptest::prelude::*;

use crate::support;

const ORDER: &[&str] = &["a", "b", "c", "d", "e", "f"];

/// Data without its spelling.
#[derive(Debug, Clone, PartialEq)]
enum Data {
    Text(String),
    List(Vec<Data>),
    Map(Vec<(String, Data)>),
}

impl Data {
    fn of(tree: &Tree<'_>, node: NodeId) -> Data {
        match &tree.node(node).kind {
            Kind::Blank => Data::Text(String::new()),
            Kind::Scalar { text, .. } => Data::Text(text.to_string()),
            Kind::List(entries) => Data::List(entries.iter().map(|entry| Data::of(tree, *entry)).collect()),
            Kind::Map(fields) => {
                let field = |(key, value): &(NodeId, NodeId)| {
                    (tree.text(*key).unwrap_or_default().to_owned(), Data::of(tree, *value))
                };
                Data::Map(fields.iter().map(field).collect())
            }
        }
    }

    fn read(text: &str) -> Data {
        let words = Vocabulary { keys: ORDER.to_vec(), lists: Vec::new(), ids: Vec::new(), top: ORDER.to_vec() };
        let (mut faults, mut data) = (Vec::new(), None);
        let readable =
            read(text, &words, &mut faults, &mut |tree, _| data = tree.root().map(|root| Data::of(tree, root)));
        let sound = readable == Readable::Whole && faults.is_empty();
        data.filter(|_| sound).unwrap_or_else(|| Data::Text(format!("{faults:?}")))
    }

    fn value(&self, prose: bool) -> Value {
        match self {
            Data::Text(text) if prose => Value::prose(text.clone()),
            Data::Text(text) => Value::text(text.clone()),
            Data::List(entries) => Value::list(entries.iter().map(|entry| entry.value(prose))),
            Data::Map(fields) => Value::map(fields.iter().map(|(key, value)| (key.clone(), value.value(prose)))),
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "防災",
        "１－２",
        ": ",
        " #",
        "#",
        "- ",
        "-",
        "'",
        "\"",
        "\\",
        "\n",
        "\n\n",
        " ",
        "　",
        "：",
        "、",
        "[",
        "{",
        "}",
        "=1+1",
        "@",
        "%",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "012",
        "no",
        "~",
        "1.10",
        "null",
        "\t",
        "\r",
        "\u{200b}",
        "\u{feff}",
        "𠮷",
        "が",
        "㈱①Ⅱ",
        "髙﨑",
        "👨‍👩‍👧",
        "ｱｲｳ",
        "---",
        "...",
        "<<<<<<< a",
        "（記入）",
        "?",
        ",",
        "\u{2028}",
        "\u{85}",
        "\u{0}",
    ]);
    prop::collection::vec(word, 0..5).prop_map(|words| words.concat())
}

fn data() -> impl Strategy<Value = Data> {
    let leaf = text().prop_map(Data::Text);
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop::sample::subsequence(ORDER.to_vec(), 1..4);
        let values = prop::collection::vec(inner.clone(), 3);
        let map = (key, values)
            .prop_map(|(keys, values)| Data::Map(keys.into_iter().map(str::to_owned).zip(values).collect()));
        // A list in a list does not occur in any file of a city.
        let entry = inner.prop_filter("no list in a list", |data| !matches!(data, Data::List(_)));
        prop_oneof![map, prop::collection::vec(entry, 1..4).prop_map(Data::List)]
    })
}

fn root() -> impl Strategy<Value = Data> {
    let fields = (prop::sample::subsequence(ORDER.to_vec(), 1..6), prop::collection::vec(data(), 6));
    fields.prop_map(|(keys, values)| Data::Map(keys.into_iter().map(str::to_owned).zip(values).collect()))
}

/// A file with this data, with a remark behind and above every field.
fn file(data: &Data, prose: bool) -> String {
    let Data::Map(fields) = data else { panic!("a map") };
    let noted = |(index, (key, value)): (usize, &(String, Data))| {
        let mut noted = value.value(prose).below([format!("above {index}")]);
        noted.remark = (index % 2 == 0).then(|| format!("behind {index}"));
        (key.clone(), noted)
    };
    document(&fields.iter().enumerate().map(noted).collect::<Vec<_>>())
}

/// One thing asked for, at the place that some numbers lead to.
#[derive(Debug, Clone)]
enum Wish {
    Replace(Vec<usize>, Data),
    Set(Vec<usize>, usize, Data),
    Push(Vec<usize>, Data),
    Remove(Vec<usize>),
}

fn wish() -> impl Strategy<Value = Wish> {
    let way = || prop::collection::vec(0usize..6, 1..5);
    prop_oneof![
        (way(), data()).prop_map(|(way, data)| Wish::Replace(way, data)),
        (way(), 0usize..6, data()).prop_map(|(way, key, data)| Wish::Set(way, key, data)),
        (way(), data()).prop_map(|(way, data)| Wish::Push(way, data)),
        way().prop_map(Wish::Remove),
    ]
}

/// The node and its way in data, as far as the numbers lead.
fn follow(tree: &Tree<'_>, way: &[usize]) -> (NodeId, Vec<usize>) {
    let (mut node, mut taken) = (tree.root().expect("a root"), Vec::new());
    for step in way {
        let children: Vec<NodeId> = match &tree.node(node).kind {
            Kind::List(entries) => entries.clone(),
            Kind::Map(fields) => fields.iter().map(|(_, value)| *value).collect(),
            _ => break,
        };
        let index = step % children.len();
        (node, _) = (children[index], taken.push(index));
    }
    (node, taken)
}

fn reach<'d>(data: &'d mut Data, way: &[usize]) -> &'d mut Data {
    way.iter().fold(data, |data, index| match data {
        Data::List(entries) => &mut entries[*index],
        Data::Map(fields) => &mut fields[*index].1,
        Data::Text(_) => panic!("no way on"),
    })
}

fn is_list_entry(data: &mut Data, way: &[usize]) -> bool {
    way.split_last().is_some_and(|(_, above)| matches!(reach(data, above), Data::List(_)))
}

/// Takes out what the way leads to, and what is left empty by that; false where nothing would remain.
fn take_out(data: &mut Data, way: &[usize]) -> bool {
    let Some((last, above)) = way.split_last() else { return false };
    let emptied = match reach(data, above) {
        Data::List(entries) if entries.len() == 1 => true,
        Data::Map(fields) if fields.len() == 1 => true,
        Data::List(entries) => {
            entries.remove(*last);
            false
        }
        Data::Map(fields) => {
            fields.remove(*last);
            false
        }
        Data::Text(_) => panic!("no way on"),
    };
    !emptied || take_out(data, above)
}

/// Does the same to the file and to the data; none where the editor refuses or the wish has no sense.
fn grant(before: &str, want: &mut Data, wish: &Wish) -> Option<String> {
    let mut editor = Editor::open(before).expect("what was written can be opened");
    match wish {
        Wish::Replace(way, data) => {
            let (node, way) = follow(editor.tree(), way);
            let nested = matches!(data, Data::List(_)) && is_list_entry(want, &way);
            if way.is_empty()
                || nested
                || (is_list_entry(want, &way) && matches!(reach(want, &way), Data::Map(_) | Data::List(_)))
            {
                return None;
            }
            if is_list_entry(want, &way) && matches!(data, Data::Map(_)) {
                return None;
            }
            editor.replace(node, &data.value(false)).ok()?;
            *reach(want, &way) = data.clone();
        }
        Wish::Set(way, key, data) => {
            let (node, way) = follow(editor.tree(), way);
            let Data::Map(fields) = reach(want, &way) else { return None };
            let key = ORDER[*key];
            editor.set(node, key, &data.value(true).into(), ORDER).ok()?;
            match fields.iter_mut().find(|(name, _)| name == key) {
                Some((_, old)) => *old = data.clone(),
                None => {
                    let rank = |name: &str| ORDER.iter().position(|other| *other == name);
                    let at = fields.iter().rposition(|(name, _)| rank(name) <= rank(key)).map_or(0, |at| at + 1);
                    fields.insert(at, (key.to_owned(), data.clone()));
                }
            }
        }
        Wish::Push(way, data) => {
            let (node, way) = follow(editor.tree(), way);
            let Data::List(entries) = reach(want, &way) else { return None };
            if matches!(data, Data::List(_)) {
                return None;
            }
            editor.push(node, &data.value(false).into()).ok()?;
            entries.push(data.clone());
        }
        Wish::Remove(way) => {
            let (node, way) = follow(editor.tree(), way);
            let mut less = want.clone();
            if !take_out(&mut less, &way) {
                return None;
            }
            editor.remove(node).ok()?;
            *want = less;
        }
    }
    let after = apply(before, &editor.edits()).text.into_owned();
    Some(after)
}

proptest! {
    #![proptest_config(support::draws(300))]

    /// Any data written as a file is read back as it was, by our reader and by another one.
    #[test]
    fn what_is_written_is_read_back(data in root(), prose: bool) {
        let text = file(&data, prose);
        prop_assert_eq!(Data::read(&text), data, "{}", text);
        prop_assert!(serde_yaml::from_str::<serde_yaml::Value>(&text).is_ok(), "{}", text);
    }

    /// After any wish the file holds what was wished for and all else; its remarks are all there,
    /// unless what they spoke of was taken out.
    #[test]
    fn a_wish_changes_nothing_else(data in root(), wishes in prop::collection::vec(wish(), 1..6), crlf: bool) {
        let (mut text, mut want) = (file(&data, false), data);
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        for wish in &wishes {
            let before = text.clone();
            let Some(after) = grant(&text, &mut want, wish) else { continue };
            prop_assert_eq!(Data::read(&after), want.clone(), "{:?}\nbefore\n{}\nafter\n{}", wish, before, after);
            if !matches!(wish, Wish::Remove(_) | Wish::Replace(..)) {
                for line in before.lines().filter(|line| line.trim_start().starts_with("# above")) {
                    prop_assert!(after.lines().any(|other| other == line), "{line} is gone from\n{after}");
                }
            }
            text = after;
        }
    }
}

#[test]
fn a_value_in_the_plainest_spelling() {
    let spelled = |text: &str| document(&[("a".to_owned(), Value::text(text).into())]);
    assert_eq!(spelled("防災"), "a: 防災\n");
    assert_eq!(spelled("1-6"), "a: 1-6\n");
    assert_eq!(spelled("2025-04-01"), "a: 2025-04-01\n");
    assert_eq!(spelled("1.10"), "a: \"1.10\"\n");
    assert_eq!(spelled("目標: 30件"), "a: \"目標: 30件\"\n");
    assert_eq!(spelled("\"例\": 一"), "a: '\"例\": 一'\n");
    assert_eq!(spelled("一行\n二行"), "a: |-\n  一行\n  二行\n");
    assert_eq!(spelled("一\u{200b}行"), "a: \"一\\u200b行\"\n");
}

/// Found by the law: lines of blanks at the end of a long text belong to the list that it ends.
#[test]
fn blank_lines_of_a_last_text_go_with_its_list() {
    let before = "c:\n  a:\n    - |-\n      防災\n       \nd: 窓口\n";
    let mut editor = Editor::open(before).expect("opens");
    let tree = editor.tree();
    let c = tree.get(tree.root().expect("a root"), "c").expect("c");
    editor.set(c, "a", &Value::text("防災").into(), &["a"]).expect("can be written");
    assert_eq!(apply(before, &editor.edits()).text, "c:\n  a: 防災\nd: 窓口\n");
}

#[test]
fn brackets_become_lines_where_something_is_added() {
    let before = "goals:\n  - id: G1\n    cites: [1-1, 1-2]  # 項目\n    title: 例\n";
    let mut editor = Editor::open(before).expect("opens");
    let tree = editor.tree();
    let goals = tree.get(tree.root().expect("a root"), "goals").expect("goals");
    let Kind::List(entries) = &tree.node(goals).kind else { panic!("a list") };
    let cites = tree.get(entries[0], "cites").expect("cites");
    editor.push(cites, &Value::word("1-3").into()).expect("can be written");
    let after = apply(before, &editor.edits()).text.into_owned();
    assert_eq!(after, "goals:\n  - id: G1\n    cites:  # 項目\n      - 1-1\n      - 1-2\n      - 1-3\n    title: 例\n");
}
