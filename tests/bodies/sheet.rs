//! Any bytes as a workbook, and a workbook of which any part is any bytes: no panic, and the plan is
//! either as it was or still a plan.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use kpolicy::city::City;
use kpolicy::city::year::Year;
use kpolicy::coverage::Coverage;
use kpolicy::date::{Date, FiscalYear};
use kpolicy::edit::Editor;
use kpolicy::lang::Lang;
use kpolicy::links::Links;
use kpolicy::shape::PLAN;
use kpolicy::sheet::change::change;
use kpolicy::sheet::data::Data;
use kpolicy::sheet::merge::merge;
use kpolicy::sheet::read::{Book, read};
use kpolicy::sheet::words::Words;
use kpolicy::sheet::write::{Source, write};

const DAY: Date = Date { year: 2025, month: 4, day: 1 };

fn with_year<T>(look: impl FnOnce(&Year<'_>, usize, &str) -> T) -> T {
    let city = City::load(super::small_city());
    let year = Year::new(&city, FiscalYear(2025), DAY).ok().flatten().expect("the small city can be judged");
    let (at, file) = year.departments.iter().enumerate().find_map(|(at, it)| Some((at, it.file?))).expect("a plan");
    look(&year, at, &city.file(file).text)
}

/// The parts of a workbook of the small city.
fn parts() -> &'static [(String, Vec<u8>)] {
    static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
        let bytes = with_year(|year, department, text| {
            let links = Links::new(year);
            let coverage = Coverage::new(year, &links);
            let plan = plan(text).expect("the small city's plan");
            let source = Source { year, coverage: &coverage, department, text, plan: &plan, todo: Vec::new() };
            write(&source, Lang::Ja).expect("a workbook")
        });
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let count = zip.len();
        let mut part = |at: usize| {
            let mut part = zip.by_index(at).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("a part unpacks");
            (part.name().expect("a name").into_owned(), content)
        };
        (0..count).map(&mut part).collect()
    });
    &PARTS
}

fn plan(text: &str) -> Option<Data> {
    Editor::open(text).map(|editor| Data::root(editor.tree(), &PLAN))
}

fn taken_in(book: &Book) {
    let Some(base) = plan(&book.plan) else { return };
    with_year(|year, department, text| {
        let now = plan(text).expect("the small city's plan");
        for lang in [Lang::Ja, Lang::En] {
            let words = Words::new(year, year.departments[department].index, &base, lang);
            let merge = merge(book, &base, &now, &words, &[], lang);
            for overwrite in [false, true] {
                if let Some(changed) = change(text, &merge, overwrite) {
                    assert!(plan(&changed.text).is_some(), "{}", changed.text);
                }
            }
        }
    });
}

/// See the module.
pub(crate) fn body(input: &[u8]) {
    if let Ok(book) = read(input) {
        taken_in(&book);
    }
    let Some((which, rest)) = input.split_first() else { return };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (at, (name, content)) in parts().iter().enumerate() {
        let content: &[u8] = if at == usize::from(*which) % parts().len() { rest } else { content };
        zip.start_file(name.as_str(), stored).expect("a part begins");
        zip.write_all(content).expect("a part is written");
    }
    let bytes = zip.finish().expect("a package").into_inner();
    if let Ok(book) = read(&bytes) {
        taken_in(&book);
    }
}
