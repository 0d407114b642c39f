//! K206: a year inside a file that is not its folder's.

use crate::city::{City, Doc};
use crate::finding::Finding;
use crate::model::Level;
use crate::place::FileId;
use crate::rules::{Check, Rule};
use crate::say;
use crate::source::Edit;

pub(super) static RULE: Rule = Rule {
    code: "K206",
    name: "wrong-fiscal-year",
    level: Level::Error,
    page: include_str!("wrong_fiscal_year.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let file = city.file(id);
    let inside = match &file.doc {
        Doc::Plan(plan) => &plan.fiscal_year,
        Doc::Policy(policy) => &policy.fiscal_year,
        Doc::References(references) => &references.fiscal_year,
        Doc::Organization(organization) => &organization.fiscal_year,
        Doc::Interviews(interviews) => &interviews.fiscal_year,
        Doc::None | Doc::Settings(_) => return,
    };
    let (Some(written), Some(folder)) = (inside, file.role.year) else { return };
    if written.value == folder.0 {
        return;
    }
    let (ja, year) = (folder.ja(), written.value);
    let path = &file.path;
    out.push(
        Finding::new(
            &RULE,
            id.at(written.span),
            say!("年度が {year} ですが、{ja}（{folder}）のフォルダーにあります", "the file says {year} but lies in the folder of {folder}"),
        )
        .label(say!("フォルダーは {folder} です", "the folder is {folder}"))
        .why(say!(
            "どの年度の計画かはフォルダーで決まります。前の年度の内容を写したままかもしれません。",
            "The folder decides the year. Perhaps this still is a copy of another year's file."
        ))
        .help(say!(
            "この年度の内容であれば {folder} に直すか、この行を消してください。別の年度のものであれば、{path} をその年度のフォルダーに移してください。",
            "If the content is of this year, write {folder} or remove the line; if not, move {path} to its own year's folder."
        ))
        .unsafe_fix(
            say!("{folder} に直す", "write {folder}"),
            vec![Edit { span: written.span, text: folder.to_string() }],
        ),
    );
}
