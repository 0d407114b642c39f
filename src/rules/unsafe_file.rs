//! K011: a path that is never opened, or a file the system does not give out.

use crate::city::City;
use crate::finding::Finding;
use crate::lang::Say;
use crate::model::Level;
use crate::place::{FileId, Span};
use crate::rules::readable::Reading;
use crate::rules::{Check, Rule};
use crate::say;
use crate::store::UnsafeKind;

pub(super) static RULE: Rule = Rule {
    code: "K011",
    name: "unsafe-file",
    level: Level::Error,
    page: include_str!("unsafe_file.md"),
    check: Check::File(check),
};

fn check(city: &City, id: FileId, out: &mut Vec<Finding>) {
    let reading = Reading::new(city, id);
    let file = city.file(id);
    let (message, why, help) = match (file.refused, &file.io_error) {
        (Some(kind), _) => refused(kind),
        (None, Some(detail)) => (
            say!("ファイルを開けません", "the file cannot be opened"),
            say!("コンピューターの返事: {detail}", "The system says: {detail}"),
            say!(
                "ほかのソフトで開いていれば閉じてください。読む権限がないときは、フォルダーの持ち主に頼みます。",
                "Close it in other programs. If you may not read it, ask the owner of the folder."
            ),
        ),
        (None, None) => return,
    };
    let finding = Finding::new(&RULE, id.at(Span::at(0)), message)
        .label(say!("読んでいません", "not read"))
        .why(why)
        .help(reading.with_still_read(help));
    out.push(finding);
}

fn refused(kind: UnsafeKind) -> (Say, Say, Say) {
    match kind {
        UnsafeKind::Link => (
            say!(
                "ファイルの本体ではなく、別の場所への近道（リンク）です",
                "this is a link to another place, not a file"
            ),
            say!(
                "近道の先はほかの人の手元にはなく、知らないうちに別の内容に替わることもあります。",
                "What it points to is not there for others, and may change without notice."
            ),
            say!(
                "近道を消し、ファイルの本体をこの名前で置いてください。",
                "Delete the link and put the file itself here under this name."
            ),
        ),
        UnsafeKind::Folder => (
            say!("ファイルと同じ形の名前のフォルダーです", "this is a folder with the name of a file"),
            say!(
                "中のファイルは、どの部の計画とも決められません。",
                "Files inside it belong to no department that could be told."
            ),
            say!(
                "フォルダーの名前を変えるか、中のファイルを正しい場所へ移してください。",
                "Rename the folder, or move the files in it to where they belong."
            ),
        ),
        UnsafeKind::Special => (
            say!("ふつうのファイルではありません", "this is no ordinary file"),
            say!(
                "読み始めると終わらないものや、機器につながるものがあるため、開きません。",
                "Such a path may never end or may be a device, so it is not opened."
            ),
            say!(
                "これを消し、ファイルの本体をこの名前で置いてください。",
                "Delete it and put the file itself here under this name."
            ),
        ),
    }
}
