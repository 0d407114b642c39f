//! Which goals rest on which of the plans and guidelines in `references.yaml`.

use crate::city::year::Year;
use crate::links::Links;

/// Who names a registered plan or guideline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceUse {
    /// The items of the basic policy that name it, by index.
    pub items: Vec<usize>,
    /// The goals that name it or one of its parts.
    pub goals: Vec<GoalUse>,
    /// For each of its parts, the goals that name that part.
    pub nodes: Vec<Vec<GoalUse>>,
}

/// A goal that names a plan, a part of it or a place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalUse {
    /// The department, by index into the year's.
    pub department: usize,
    /// The goal, by index into its plan's.
    pub goal: usize,
    /// The entry among the goal's references.
    pub entry: usize,
    /// The part, by index.
    pub node: Option<usize>,
}

/// One entry for each plan of the register; goals of `departments` only.
pub fn reference_uses(year: &Year<'_>, links: &Links, departments: &[usize]) -> Vec<ReferenceUse> {
    let part = |nodes: &Vec<_>| ReferenceUse { nodes: vec![Vec::new(); nodes.len()], ..ReferenceUse::default() };
    let mut uses: Vec<ReferenceUse> =
        year.docs.references.references.iter().map(|reference| part(&reference.nodes)).collect();
    for (index, entry) in year.items.iter().enumerate() {
        for name in &entry.item.references {
            let found = year.names.references.resolve(&name.text).found();
            if let Some(found) = found.filter(|found| !uses[*found].items.contains(&index)) {
                uses[found].items.push(index);
            }
        }
    }
    for department in departments {
        for (goal, joined) in links.plans[*department].goals.iter().enumerate() {
            for (entry, (reference, node)) in joined.references.iter().zip(&joined.nodes).enumerate() {
                let Some(reference) = *reference else { continue };
                let told = GoalUse { department: *department, goal, entry, node: *node };
                uses[reference].goals.push(told);
                if let Some(node) = *node {
                    uses[reference].nodes[node].push(told);
                }
            }
        }
    }
    uses
}
