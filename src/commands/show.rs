//! `kpolicy show`: an item's wording, who must answer and who does; a department; a goal.

use crate::city::year::Year;
use crate::cli::Global;
use crate::commands::context::{Context, item};
use crate::coverage::{CellState, Coverage, Summary};
use crate::error::{Error, Exit};
use crate::lang::Lang;
use crate::links::Links;
use crate::model::{Scope, Text};
use crate::report::wrap::wrap;
use crate::say;
use crate::store::git::{History, Opened};
use crate::ui::Ui;

/// Options of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 項目（1-6）、部（総務部）、目標（somu:G1）|An item (1-6), a department, or a goal (somu:G1)
    #[arg(value_name = "対象|WHAT", required = true)]
    pub what: String,
}

/// Runs the command.
pub fn run(ui: &mut Ui<'_>, global: &Global, args: &Args) -> Result<Exit, Error> {
    let context = Context::open(global, None)?;
    let year = context.judged(context.one_year()?)?;
    let links = Links::new(&year);
    let coverage = Coverage::new(&year, &links);
    let view =
        Show { year: &year, links: &links, coverage: &coverage, lang: ui.lang, columns: ui.width.clamp(40, 100) };
    let digits = args.what.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let text = if let Some((department, goal)) = args.what.split_once([':', '：']) {
        view.goal(view.department_index(&context, department)?, goal)?
    } else if let Some(id) = context.find_department(&args.what)? {
        let index = view.department_index(&context, &id)?;
        view.department(index) + &last_change(&context, &year, index, ui.lang)
    } else if digits {
        view.item(item(&year, &args.what)?)
    } else {
        view.department(view.department_index(&context, &args.what)?)
    };
    ui.screen(&text)?;
    Ok(Exit::Ok)
}

/// Who last changed a department's plan, and why; nothing where there is no history to ask.
fn last_change(context: &Context, year: &Year<'_>, index: usize, lang: Lang) -> String {
    let path = year.departments[index].file.map(|file| &year.city.file(file).path);
    let history = match History::open(&context.root) {
        Ok(Opened::Repository(history)) => history,
        Ok(Opened::None) | Err(_) => return String::new(),
    };
    let Some(Ok(Some(note))) = path.map(|path| history.last_change(path)) else { return String::new() };
    let (day, date, author, subject) = (note.date.long_ja(), note.date, note.author, note.subject);
    lang.pick(
        format!("\n最後の変更  {day}  {author}  {subject}\n"),
        format!("\nLast change: {date}, {author}: {subject}\n"),
    )
}

struct Show<'a> {
    year: &'a Year<'a>,
    links: &'a Links,
    coverage: &'a Coverage,
    lang: Lang,
    columns: usize,
}

impl Show<'_> {
    fn department_index(&self, context: &Context, text: &str) -> Result<usize, Error> {
        let id = context.department(text)?;
        let index = self.year.departments.iter().position(|department| department.id() == id);
        index.ok_or_else(|| Error::usage(say!("{text}は、計画を作る部ではありません。", "{text} writes no plan.")))
    }

    fn item(&self, (index, leaf): (usize, Option<usize>)) -> String {
        let (year, entry) = (self.year, &self.year.items[index]);
        let heading = entry.section.heading.as_ref().map(|heading| heading.value.clone()).unwrap_or_default();
        let mut text = format!("{}  {}（{heading}）\n\n", entry.item.id.value, entry.item.title());
        self.wrapped(&mut text, "  ", &entry.item.text.as_ref().map(Text::joined).unwrap_or_default());
        let leaves = leaf.map_or(entry.leaves.clone(), |leaf| leaf..leaf + 1);
        for leaf in leaves {
            text.push('\n');
            let facts = &year.leaves[leaf];
            if facts.clause.is_some() {
                self.wrapped(&mut text, "  ", &format!("{}  {}", facts.id, year.words(leaf)));
            }
            let who = scope_words(facts.scope).get(self.lang).to_owned();
            text.push_str(&self.lang.pick(format!("  求められる部: {who}\n"), format!("  who must: {who}\n")));
            self.states(&mut text, leaf);
        }
        text
    }

    fn states(&self, text: &mut String, leaf: usize) {
        let cells = &self.coverage.leaves[leaf].cells;
        let states =
            [CellState::Answered, CellState::Partial, CellState::Missing, CellState::Declined, CellState::Unreadable];
        for state in states {
            let named: Vec<String> = (0..cells.len())
                .filter(|index| cells[*index].state == state)
                .map(|index| self.who(index, &cells[index]))
                .collect();
            if !named.is_empty() {
                let line = format!(
                    "{} {}: {}",
                    state.name().get(self.lang),
                    named.len(),
                    named.join(self.lang.pick("、", ", "))
                );
                self.wrapped(text, "  ", &line);
            }
        }
    }

    /// `総務部（G1・G2）`
    fn who(&self, index: usize, cell: &crate::coverage::Cell) -> String {
        let department = &self.year.departments[index];
        let goals: Vec<&str> = department
            .plan
            .map(|plan| cell.goals.iter().map(|goal| plan.goals[*goal].id()).collect())
            .unwrap_or_default();
        if goals.is_empty() {
            department.name().to_owned()
        } else {
            format!("{}（{}）", department.name(), goals.join("・"))
        }
    }

    fn department(&self, index: usize) -> String {
        let department = &self.year.departments[index];
        let summary = Summary::of_department(&self.coverage.leaves, index);
        let (name, id) = (department.name(), department.id());
        let mut text = self.lang.pick(
            format!("{name}（{id}）  {}\n", self.year.year.ja()),
            format!("{name} ({id}), fiscal year {}\n", self.year.year),
        );
        let (answered, required, missing, declined) =
            (summary.answered, summary.required, summary.missing, summary.declined);
        text.push_str(&self.lang.pick(
            format!("記載あり {answered}/{required}  未記載 {missing}  非該当 {declined}\n"),
            format!("answered {answered}/{required}, missing {missing}, declined {declined}\n"),
        ));
        let Some(plan) = department.plan else { return text };
        text.push_str(self.lang.pick("\n目標\n", "\nGoals\n"));
        for goal in &plan.goals {
            self.wrapped(&mut text, "  ", &format!("{}  {}", goal.id(), goal.name()));
        }
        let named = self.named_by_others(index);
        if !named.is_empty() {
            text.push_str(
                self.lang.pick("\nこの部を連携先としている目標\n", "\nGoals of others that name it as partner\n"),
            );
            for line in named {
                self.wrapped(&mut text, "  ", &line);
            }
        }
        let handed = self.handed_by_others(index);
        if !handed.is_empty() {
            text.push_str(self.lang.pick("\nこの部が担当するとされた項目\n", "\nItems that others hand to it\n"));
            for line in handed {
                self.wrapped(&mut text, "  ", &line);
            }
        }
        text
    }

    fn named_by_others(&self, index: usize) -> Vec<String> {
        let own = self.year.departments[index].index;
        let mut lines = Vec::new();
        for (other, links) in self.links.plans.iter().enumerate().filter(|(other, _)| *other != index) {
            let department = &self.year.departments[other];
            let Some(plan) = department.plan else { continue };
            for (goal, links) in plan.goals.iter().zip(&links.goals) {
                if links.partners.iter().any(|unit| unit.department == own) {
                    lines.push(format!("{}:{}  {} {}", department.id(), goal.id(), department.name(), goal.name()));
                }
            }
        }
        lines
    }

    fn handed_by_others(&self, index: usize) -> Vec<String> {
        let own = self.year.departments[index].index;
        let mut lines = Vec::new();
        for (other, links) in self.links.plans.iter().enumerate() {
            let department = &self.year.departments[other];
            let Some(plan) = department.plan else { continue };
            for (decline, links) in plan.not_applicable.iter().zip(&links.declines) {
                let here = matches!(links.handler, crate::links::Handler::Unit(unit) if unit.department == own);
                if here {
                    let items: Vec<String> = decline.items.iter().map(|cite| cite.value.to_string()).collect();
                    lines.push(format!("{}  {}", items.join(" "), department.name()));
                }
            }
        }
        lines
    }

    fn goal(&self, index: usize, id: &str) -> Result<String, Error> {
        let department = &self.year.departments[index];
        let wanted = match crate::ids::read_goal(id) {
            crate::ids::Read::Exact(id) | crate::ids::Read::Spelled(id) | crate::ids::Read::Wrapped(id) => id,
            crate::ids::Read::Malformed => id.to_owned(),
        };
        let goals = department.plan.map(|plan| plan.goals.as_slice()).unwrap_or_default();
        let Some(goal) = goals.iter().find(|goal| goal.id() == wanted) else {
            let (name, all) = (department.name(), goals.iter().map(|goal| goal.id()).collect::<Vec<_>>().join(" "));
            return Err(Error::usage(say!("{name}に目標 {id} はありません。", "{name} has no goal {id}."))
                .hint(say!("  ある目標: {all}", "  goals: {all}")));
        };
        let mut text = format!("{} {}  {}\n", department.name(), goal.id(), goal.name());
        if let Some(outcome) = &goal.outcome {
            self.wrapped(&mut text, "  ", &outcome.joined());
        }
        let cites: Vec<String> = goal.cites.iter().map(|cite| cite.value.to_string()).collect();
        self.wrapped(&mut text, "  ", &format!("{} {}", self.lang.pick("応える項目", "cites"), cites.join(" ")));
        for measure in &goal.measures {
            let name = measure.name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
            let value = |point: &Option<crate::model::Point>| match point {
                Some(point) => point
                    .value
                    .as_ref()
                    .map(|v| v.value.to_string())
                    .or(point.state.as_ref().map(|s| s.joined()))
                    .unwrap_or_default(),
                None => String::new(),
            };
            let unit = measure.unit.as_ref().map(|unit| unit.value.clone()).unwrap_or_default();
            let line = format!("{name}  {} -> {} {unit}", value(&measure.baseline), value(&measure.target));
            self.wrapped(&mut text, "  ", &line);
        }
        Ok(text)
    }

    fn wrapped(&self, text: &mut String, indent: &str, words: &str) {
        for line in wrap(words, self.columns - indent.len()) {
            text.push_str(&format!("{indent}{line}\n"));
        }
    }
}

fn scope_words(scope: Scope) -> crate::lang::Bi {
    use crate::lang::bi;
    match scope {
        Scope::EveryGoal => bi("全ての部の全ての目標", "every goal of every department"),
        Scope::EveryDepartment => bi("全ての部", "every department"),
        Scope::AnyDepartment => bi("１部以上（主担当は必ず）", "at least one department, and each lead"),
        Scope::Standing => bi("発生したときの対応（記載は求めません）", "standing instruction (nothing to write)"),
    }
}
