//! Code lenses: 記載 9/10 on items of the policy, 提出までに 7か所 on a plan.

use lsp_types::{CodeLens, Command};

use crate::coverage::{CellState, Row, Summary};
use crate::finding::Finding;
use crate::lsp::requests::Failure;
use crate::lsp::requests::params::OnBuffer;
use crate::lsp::session::{Here, Session};
use crate::model::Level;
use crate::place::Span;
use crate::shape::FileKind;

pub(super) fn answer(session: &Session, params: OnBuffer) -> Result<Option<Vec<CodeLens>>, Failure> {
    let Some(here) = session.here(&params.text_document.uri) else { return Ok(None) };
    Ok(match here.kind() {
        Some(FileKind::Policy) => Some(on_policy(&here)),
        Some(FileKind::Plan) => Some(on_plan(&here)),
        _ => None,
    })
}

/// A lens is read, not pressed: it has no command.
fn lens(here: &Here<'_>, span: Span, title: String) -> CodeLens {
    let command = Command { title, command: String::new(), arguments: None };
    CodeLens { range: here.range(span), command: Some(command), data: None }
}

fn on_policy(here: &Here<'_>) -> Vec<CodeLens> {
    let mut lenses = Vec::new();
    let known = here.known().filter(|known| known.year.policy_file == here.id && !here.site.is_mended());
    let Some(known) = known else { return lenses };
    for (item, row) in known.year.items.iter().zip(&known.coverage.items) {
        let (answered, must) = counts(row);
        let count = |state: CellState| row.cells.iter().filter(|cell| cell.state == state).count();
        let mut title = match must {
            0 => format!("{} {}", CellState::Answered.name().get(here.lang), count(CellState::Answered)),
            _ => format!("{} {answered}/{must}", here.lang.pick("記載", "answered")),
        };
        for state in [CellState::Partial, CellState::Missing, CellState::Declined, CellState::Unreadable] {
            if count(state) > 0 {
                title.push_str(&format!("  {} {}", state.name().get(here.lang), count(state)));
            }
        }
        lenses.push(lens(here, item.item.id.span, title));
    }
    lenses
}

/// Departments that answer, of those that must.
fn counts(row: &Row) -> (usize, usize) {
    let must = || row.cells.iter().filter(|cell| cell.must && cell.state != CellState::Declined);
    (must().filter(|cell| cell.state == CellState::Answered).count(), must().count())
}

fn on_plan(here: &Here<'_>) -> Vec<CodeLens> {
    let own = here.file().role.department.as_deref();
    let of_plan = |finding: &&Finding| finding.place.file == here.id;
    let mut title = Vec::new();
    let unfinished = here.site.findings.iter().filter(of_plan).filter(|finding| finding.unfinished).count();
    if unfinished > 0 {
        title.push(
            here.lang
                .pick(format!("提出までに {unfinished}か所"), format!("To write before it is submitted: {unfinished}")),
        );
    }
    let errors = here.site.findings.iter().filter(of_plan).filter(|finding| finding.level == Level::Error).count();
    if errors > 0 {
        title.push(format!("{} {errors}", Level::Error.name().get(here.lang)));
    }
    let known = here.known().filter(|_| !here.site.is_mended());
    let judged = known.as_ref().and_then(|known| {
        let index = known.year.departments.iter().position(|department| Some(department.id()) == own)?;
        Some(Summary::of_department(&known.coverage.leaves, index))
    });
    if let Some(counts) = judged.filter(|counts| counts.required > 0) {
        title.push(format!("{} {}/{}", here.lang.pick("記載", "answered"), counts.answered, counts.required));
        if counts.missing > 0 {
            title.push(format!("{} {}", CellState::Missing.name().get(here.lang), counts.missing));
        }
    }
    if title.is_empty() { Vec::new() } else { vec![lens(here, Span::at(0), title.join("  "))] }
}
