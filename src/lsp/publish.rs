//! Diagnostics: of every open file, and of the files that an edit affects.
//!
//! A closed file is told of only once its findings are others than when the city was opened: nobody
//! wants the faults of all departments in the list of problems. A file that has not been told before
//! is compared by a number made of its findings.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
    PublishDiagnosticsParams,
};
use serde_json::json;

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Lang;
use crate::lsp::session::Session;
use crate::lsp::site::Site;
use crate::lsp::uri;
use crate::model::Level;
use crate::place::{FileId, Span};

/// What the client was told.
#[derive(Default)]
pub(super) struct Told {
    /// Of each city, whether its whole was judged then; for each file a number made of its findings,
    /// and whether they were shown.
    cities: BTreeMap<PathBuf, (bool, BTreeMap<String, Shown>)>,
}

struct Shown {
    sum: u64,
    version: Option<i32>,
    shown: bool,
}

impl Told {
    /// What is new to the client.
    pub(super) fn news(&mut self, session: &Session) -> Vec<PublishDiagnosticsParams> {
        let mut news = Vec::new();
        for (root, site) in &session.sites {
            let (known, before) = self.cities.remove(root).unwrap_or_default();
            let now = self.of_site(session, site, !known, before, &mut news);
            self.cities.insert(root.clone(), (site.is_judged(), now));
        }
        news
    }

    fn of_site(
        &self,
        session: &Session,
        site: &Site,
        first: bool,
        mut before: BTreeMap<String, Shown>,
        news: &mut Vec<PublishDiagnosticsParams>,
    ) -> BTreeMap<String, Shown> {
        let lang = session.lang(site);
        let mut of_file: HashMap<FileId, Vec<&Finding>> = HashMap::new();
        for finding in &site.findings {
            of_file.entry(finding.place.file).or_default().push(finding);
        }
        let mut now = BTreeMap::new();
        for id in site.city.file_ids() {
            let path = &site.city.file(id).path;
            let findings = of_file.get(&id).map(Vec::as_slice).unwrap_or_default();
            let document = session.document_of(site, path).filter(|_| site.is_open(path));
            let (sum, version) = (sum(&site.city, findings), document.map(|document| document.version));
            let last = before.remove(path);
            // Before the whole was judged nothing was known of closed files.
            let changed = match &last {
                Some(last) => last.sum != sum && (!first || version.is_some()),
                None => !first && !findings.is_empty(),
            };
            let was_shown = last.as_ref().is_some_and(|last| last.shown);
            let retold = last.as_ref().is_none_or(|last| last.version != version || !last.shown);
            // A closed file keeps what was shown because of an edit; one that was only open does not.
            let shown = version.is_some() || changed || (was_shown && last.is_some_and(|last| last.version.is_none()));
            if (shown && (changed || retold)) || (was_shown && !shown) {
                let diagnostics = if shown { diagnostics(session, site, findings, lang) } else { Vec::new() };
                let address = uri::typed(&session.address(site, path));
                news.extend(address.map(|uri| PublishDiagnosticsParams { uri, diagnostics, version }));
            }
            now.insert(path.clone(), Shown { sum, version, shown });
        }
        for (path, last) in before {
            let address = uri::typed(&session.address(site, &path)).filter(|_| last.shown);
            news.extend(address.map(|uri| PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None }));
        }
        now
    }
}

/// A number that is another where the findings are others.
fn sum(city: &City, findings: &[&Finding]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for finding in findings {
        let place = finding.place.span;
        (finding.rule.code, finding.level as u8, place.start, place.end, &finding.message.ja).hash(&mut hasher);
        for related in &finding.related {
            (&city.file(related.place.file).path, related.place.span).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn diagnostics(session: &Session, site: &Site, findings: &[&Finding], lang: Lang) -> Vec<Diagnostic> {
    findings.iter().filter_map(|finding| diagnostic(session, site, finding, lang)).collect()
}

/// One finding as the protocol writes it.
pub(super) fn diagnostic(session: &Session, site: &Site, finding: &Finding, lang: Lang) -> Option<Diagnostic> {
    let code = finding.rule.code;
    let severity = match finding.level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        _ => DiagnosticSeverity::INFORMATION,
    };
    let place = |place| session.location(site, &site.city, place);
    let related = finding.related.iter().filter(|_| session.client.related).filter_map(|related| {
        let message = match &related.quote {
            Some(quote) => format!("{}\n{quote}", related.message.get(lang)),
            None => related.message.get(lang).to_owned(),
        };
        Some(DiagnosticRelatedInformation { location: place(related.place)?, message })
    });
    let related: Vec<_> = related.collect();
    Some(Diagnostic {
        range: place(finding.place.file.at(visible(site, finding)))?.range,
        severity: Some(severity),
        code: Some(NumberOrString::String(code.to_owned())),
        code_description: page(session, code).map(|href| CodeDescription { href }),
        source: Some("kpolicy".to_owned()),
        message: words(finding, lang),
        related_information: (!related.is_empty()).then_some(related),
        // What nobody reads is shown faded.
        tags: matches!(code, "K009" | "K014" | "K109" | "K202").then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: Some(json!({ "code": code, "name": finding.rule.name, "fixable": finding.fix.is_some() })),
    })
}

/// The findings that are shown at a byte of a file, and where each is.
pub(super) fn findings_at(site: &Site, file: FileId, at: usize) -> impl Iterator<Item = (&Finding, Span)> {
    let own = site.findings.iter().filter(move |finding| finding.place.file == file);
    let places = own.map(|finding| (finding, visible(site, finding)));
    places.filter(move |(_, span)| (span.start as usize..=span.end as usize).contains(&at))
}

/// The page of a rule, for clients that can fetch it from here.
fn page(session: &Session, code: &str) -> Option<lsp_types::Uri> {
    session.client.pages.then(|| uri::typed(&format!("kpolicy:/explain/{code}.md"))).flatten()
}

/// What is wrong, why it matters, what to do.
fn words(finding: &Finding, lang: Lang) -> String {
    let mut text = finding.message.get(lang).to_owned();
    for (head, said) in [(lang.pick("理由", "why"), &finding.why), (lang.pick("直し方", "fix"), &finding.help)] {
        if !said.is_empty() {
            text.push_str(&format!("\n{head}: {}", said.get(lang)));
        }
    }
    if let Some((id, title)) = finding.nearest.first() {
        let near = lang.pick("近いもの", "nearest");
        text.push_str(&format!("\n{near}: {id} {title}"));
    }
    crate::ui::harmless(&text)
}

/// The place of a finding, at most to the end of its first line where it runs over several, so that
/// not half a file is underlined.
fn visible(site: &Site, finding: &Finding) -> Span {
    let (file, span) = (site.city.file(finding.place.file), finding.place.span);
    let line = file.lines().line_span(&file.text, file.lines().line(span.start));
    if span.end > line.end && span.start < line.end { Span { start: span.start, end: line.end } } else { span }
}
