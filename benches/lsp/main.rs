mod city;
use kpolicy::city::{City, Year};
use kpolicy::coverage::Coverage;
use kpolicy::date::*;
use kpolicy::links::Links;
use kpolicy::rules::*;
use std::time::Instant;
fn main() {
    let snap = city::city(1500);
    let t = Instant::now();
    let city = City::load(&snap);
    eprintln!("load {:?} files {}", t.elapsed(), city.files.len());
    for _ in 0..2 {
        let day = Date { year: 2025, month: 4, day: 1 };
        let t = Instant::now();
        let j = judge(&city, &[FiscalYear(2025)], day, false).unwrap();
        eprintln!("judge {:?} findings {}", t.elapsed(), j.findings.len());
        let t = Instant::now();
        let year = Year::new(&city, FiscalYear(2025), day).unwrap().unwrap();
        eprintln!("year {:?}", t.elapsed());
        let t = Instant::now();
        let links = Links::new(&year);
        eprintln!("links {:?}", t.elapsed());
        let t = Instant::now();
        let coverage = Coverage::new(&year, &links);
        eprintln!("coverage {:?}", t.elapsed());
        let judged = Judged { year: &year, links: &links, coverage: &coverage };
        let mut all = Vec::new();
        for rule in RULES {
            let mut out = Vec::new();
            let t = Instant::now();
            if let Check::File(check) | Check::Both(check, _) = rule.check {
                for id in city.file_ids() {
                    check(&city, id, &mut out);
                }
            }
            let f = t.elapsed();
            let t = Instant::now();
            if let Check::Year(check) | Check::Both(_, check) = rule.check {
                check(&judged, &mut out);
            }
            all.push((f + t.elapsed(), f, rule.code, out.len()));
        }
        all.sort();
        all.reverse();
        for (t, f, c, n) in &all {
            eprintln!("{c} {t:?} (file {f:?}) {n}");
        }
        let mut codes = std::collections::BTreeMap::new();
        for f in &j.findings {
            *codes.entry(f.rule.code).or_insert(0) += 1;
        }
        eprintln!("{codes:?}");
    }
}
