use super::*;

fn goal(id: &str) -> GoalId {
    GoalId::parse(id).expect("the id of a goal")
}

fn leaf(section: u16, number: u16, clause: Option<u8>) -> LeafId {
    LeafId { item: ItemId { section, number }, clause }
}

#[test]
fn exact_leaves() {
    assert_eq!(read_leaf("1-6"), Read::Exact(leaf(1, 6, None)));
    assert_eq!(read_leaf("0-2-c"), Read::Exact(leaf(0, 2, Some(b'c'))));
    for bad in ["1", "1-", "01-6", "1-06", "1-6-ab", "1.6", "", "1-6-1", "x-1", "防災", "1-12345"] {
        assert_eq!(read_leaf(bad), Read::Malformed, "{bad}");
    }
}

#[test]
fn leaves_as_people_type_them() {
    for text in ["１－６", "1−6", "1ー6", "1(6)", "１（６）", "(1)-6", "（１）－６", "1 - 6", "1-６"] {
        assert_eq!(read_leaf(text), Read::Spelled(leaf(1, 6, None)), "{text}");
    }
    for text in ["1-6ア", "1-6-A", "1-6(ア)", "１－６－ア", "1(6)ア", "1-6-ｱ"] {
        assert_eq!(read_leaf(text), Read::Spelled(leaf(1, 6, Some(b'a'))), "{text}");
    }
    assert_eq!(read_leaf("「1-6」"), Read::Wrapped(leaf(1, 6, None)));
}

#[test]
fn goals_and_names() {
    assert!(is_goal("G1") && is_goal("ABC123") && !is_goal("G") && !is_goal("g1") && !is_goal("GOAL1"));
    assert_eq!(read_goal("Ｇ１"), Read::Spelled(goal("G1")));
    assert!(is_name("kensetsu-kankyo") && !is_name("Somu") && !is_name("con") && !is_name("com1") && !is_name("1a"));
    assert!(is_unit("somu/bosai-anzen") && !is_unit("a/b/c"));
    let read = read_goal_ref("2024:somu:G3");
    assert!(matches!(read, Read::Exact(GoalRef { year: Some(FiscalYear(2024)), department: Some(_), .. })));
    assert_eq!(read_goal_ref("somu:"), Read::Malformed);
}

#[test]
fn references_to_goals_as_they_are_typed() {
    let named = |year: Option<u16>, department: Option<&str>| GoalRef {
        year: year.map(FiscalYear),
        department: department.map(Box::from),
        goal: goal("G1"),
    };
    assert_eq!(read_goal_ref("G1"), Read::Exact(named(None, None)));
    assert_eq!(read_goal_ref("2024:G1"), Read::Exact(named(Some(2024), None)));
    assert_eq!(read_goal_ref("somu:G1"), Read::Exact(named(None, Some("somu"))));
    assert_eq!(read_goal_ref("2024:somu:G1"), Read::Exact(named(Some(2024), Some("somu"))));
    for typed in ["Ｇ１", "g1", "G-1", " G1", "G 1", "\u{a0}G1"] {
        assert_eq!(read_goal_ref(typed), Read::Spelled(named(None, None)), "{typed}");
    }
    assert_eq!(read_goal_ref("２０２４：Ｇ１"), Read::Spelled(named(Some(2024), None)));
    assert_eq!(read_goal_ref("「G1」"), Read::Wrapped(named(None, None)));
    for bad in ["", ":G1", "G1:", "a:b:G1", "somu:2024:G1", "G\u{7}", "ABC1234", "ABCD1", "G0001", "G", "ﬁ"] {
        assert_eq!(read_goal_ref(bad), Read::Malformed, "{bad}");
    }
}

#[test]
fn quotes_in_quotes_of_any_depth() {
    let within = |inner: &str, depth: usize| format!("{}{inner}{}", "「".repeat(depth), "」".repeat(depth));
    for depth in [1, 2, 300_000] {
        assert_eq!(read_leaf(&within("1-6", depth)), Read::Wrapped(leaf(1, 6, None)));
        assert_eq!(read_leaf(&within("１－６", depth)), Read::Wrapped(leaf(1, 6, None)));
        assert_eq!(read_leaf(&within("1-", depth)), Read::Malformed);
        assert_eq!(read_goal(&within(" ｇ１ ", depth)), Read::Wrapped(goal("G1")));
        assert_eq!(read_goal(&within("", depth)), Read::Malformed);
    }
}

#[test]
fn an_id_of_a_goal_is_found_by_its_text() {
    let ids: std::collections::HashSet<GoalId> = ["G1", "ABC123"].into_iter().filter_map(GoalId::parse).collect();
    assert!(ids.contains("G1") && ids.contains("ABC123") && !ids.contains("G2"));
    let mut sorted = ["G2", "G10", "A1"].map(goal);
    sorted.sort_unstable();
    assert_eq!(sorted.map(|id| id.to_string()), ["A1", "G10", "G2"]);
}
