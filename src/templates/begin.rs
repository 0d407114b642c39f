//! The files of a city that begins, and of a year that begins. （記入） stands where only the city
//! knows; the remarks are Japanese in every language, as the files are.

use crate::date::FiscalYear;
use crate::edit::{Value, document};
use crate::lang::Lang;

/// What differs from city to city and from year to year.
#[derive(Debug, Clone, Copy)]
pub struct City<'c> {
    /// The city's name, where it is known.
    pub name: Option<&'c str>,
    /// The language of screens and papers.
    pub lang: Lang,
    /// The first fiscal year.
    pub year: FiscalYear,
}

/// Every file of a city that begins but schemas and what a server runs: its path and its text.
pub fn city(city: City<'_>) -> Vec<(String, String)> {
    let name = document(&[("city".to_owned(), Value::text(city.name.unwrap_or("（記入）")).into())]);
    let lang = city.lang.pick("ja", "en");
    let settings = include_str!("begin/kpolicy.yaml").replace("city: @CITY@\n", &name).replace("@LANG@", lang);
    let mut files = vec![("policy/kpolicy.yaml".to_owned(), settings)];
    files.extend(year(city.year));
    // A folder without a file would not be kept by git.
    files.push((format!("departments/{}/.gitkeep", city.year), String::new()));
    let others = [
        (".vscode/settings.json", include_str!("begin/settings.json")),
        (".vscode/tasks.json", include_str!("begin/tasks.json")),
        (".vscode/extensions.json", include_str!("begin/extensions.json")),
        (".gitattributes", include_str!("begin/gitattributes")),
        (".editorconfig", include_str!("begin/editorconfig")),
        (".gitignore", include_str!("begin/gitignore")),
    ];
    files.extend(others.map(|(path, text)| (path.to_owned(), text.to_owned())));
    files
}

/// The policy side of a year, to be filled in.
fn year(year: FiscalYear) -> Vec<(String, String)> {
    ["policy", "organization", "references", "interviews"]
        .map(|name| (format!("policy/{year}/{name}.yaml"), of_year(name, year)))
        .into()
}

/// One file of the policy side of a year: `policy`, `organization`, `references` or `interviews`.
pub fn of_year(name: &str, year: FiscalYear) -> String {
    let text = match name {
        "policy" => include_str!("begin/policy.yaml"),
        "organization" => include_str!("begin/organization.yaml"),
        "references" => include_str!("begin/references.yaml"),
        _ => include_str!("begin/interviews.yaml"),
    };
    let number = year.0;
    text.replace("@YEAR@", &year.to_string())
        .replace("@ERA@", &year.ja())
        .replace("@BEFORE@", &format!("{number:04}-03-25"))
        .replace("@FROM@", &format!("{number:04}-04-01"))
        .replace("@TO@", &format!("{number:04}-04-10"))
}

/// Servers, and the file that each reads.
pub const SERVERS: [(&str, &str, &str); 3] = [
    ("github", ".github/workflows/kpolicy.yml", super::GITHUB),
    ("gitlab", ".gitlab-ci.yml", super::GITLAB),
    ("gitea", ".gitea/workflows/kpolicy.yml", super::GITEA),
];
