//! Fonts for PDF: those inside the program, those of `--font-dir`, and what to say of a character
//! that none of them has.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::city::City;
use crate::error::Error;
use crate::pdf::{self, Fonts, Wanted};
use crate::place::FileId;
use crate::say;

/// Font files larger than this are passed over.
const MOST_BYTES: u64 = 256 << 20;
/// How many places of a character are told.
const MOST_PLACES: usize = 3;
/// How many characters are told.
const MOST_CHARACTERS: usize = 12;

/// The fonts of a run.
pub(in crate::commands) struct Set {
    pub(in crate::commands) fonts: Fonts,
    /// Families found under `--font-dir`; none where it was not given.
    families: Option<BTreeSet<String>>,
}

impl Set {
    /// The fonts inside the program; what a city's files need beyond them comes from `folder`.
    pub(in crate::commands) fn open(folder: Option<&Path>, city: &City) -> Result<Set, Error> {
        let fonts = Fonts::embedded();
        let Some(folder) = folder else { return Ok(Set { fonts, families: None }) };
        let mut set = Set { fonts, families: Some(BTreeSet::new()) };
        let files = font_files(folder)?;
        let texts = city.files.iter().flat_map(|file| pdf::absent(&set.fonts, &file.text));
        let mut wanted: BTreeSet<Wanted> = texts.collect();
        for file in files {
            set.add(&file, &mut wanted);
        }
        Ok(set)
    }

    fn add(&mut self, file: &Path, wanted: &mut BTreeSet<Wanted>) {
        let Ok(bytes) = std::fs::read(file) else { return };
        for index in 0.. {
            let Some(family) = pdf::family(&bytes, index) else { return };
            self.families.get_or_insert_default().insert(family);
            if !wanted.is_empty() {
                let found = self.fonts.add(&bytes, index, wanted);
                wanted.retain(|c| !found.contains(c));
            }
        }
    }

    /// Says which characters cannot be printed, where they stand, and what to do.
    pub(in crate::commands) fn refuse(
        &self,
        paper: &str,
        city: &City,
        whose: &[&str],
        files: &[FileId],
        absent: &BTreeSet<Wanted>,
    ) -> Error {
        let (ja, en) = (whose.join("、"), whose.join(", "));
        let mut error = Error::environment(say!(
            "{ja}の{paper}を PDF にできません: 書体にない字があります。",
            "the papers of {en} cannot be made as PDF: no font has these characters."
        ));
        for wanted in absent.iter().take(MOST_CHARACTERS) {
            let (shown, codes) = name(*wanted);
            let places = self.places(city, files, *wanted);
            error = error.hint(say!("  「{shown}」（{codes}）  {places}", "  {shown} ({codes})  {places}"));
        }
        let more = absent.len().saturating_sub(MOST_CHARACTERS);
        if more > 0 {
            error = error.hint(say!("  ほか {more}字", "  and {more} more"));
        }
        if let Some(families) = &self.families {
            let found = families.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            error = error.hint(say!("  --font-dir にあった書体: {found}", "  fonts found in --font-dir: {found}"));
        }
        error.hint(say!(
            "かなや別の字で書くか、その字のある書体のフォルダーを --font-dir で示してください。\n--format html なら、このままでも作れます。",
            "Write it in kana or otherwise, or name a folder with a font that has it: --font-dir FOLDER.\n--format html works as it is."
        ))
    }

    /// A text of the past, which nobody can mend any more: 〓 stands where no font has a character.
    pub(super) fn settable(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (c, mark) in pdf::absent(&self.fonts, &text) {
            let wanted: String = [Some(c), mark].into_iter().flatten().collect();
            text = text.replace(&wanted, "〓");
        }
        text
    }

    fn places(&self, city: &City, files: &[FileId], wanted: Wanted) -> String {
        let mut places = Vec::new();
        for file in files.iter().map(|id| city.file(*id)) {
            for (index, line) in file.text.lines().enumerate() {
                if pdf::absent(&self.fonts, line).contains(&wanted) {
                    places.push(format!("{}:{}", file.path, index + 1));
                }
            }
        }
        let more = if places.len() > MOST_PLACES { " …" } else { "" };
        places.truncate(MOST_PLACES);
        places.join(" ") + more
    }
}

/// A character and its code.
fn name((c, mark): Wanted) -> (String, String) {
    let codes: Vec<String> = [Some(c), mark].into_iter().flatten().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let shown: String = [Some(c), mark].into_iter().flatten().collect();
    (shown, codes.join(" "))
}

/// All font files below a folder, by name.
fn font_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let place = folder.display().to_string();
    if !folder.is_dir() {
        return Err(Error::usage(say!(
            "書体のフォルダー「{place}」がありません。",
            "there is no folder of fonts {place}."
        ))
        .hint(say!(
            "書体のファイル（.ttf .otf .ttc）のあるフォルダーを --font-dir で示してください。",
            "Name a folder that holds .ttf, .otf or .ttc files with --font-dir."
        )));
    }
    let is_font = |path: &Path| {
        let ending = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
        ending.is_some_and(|it| matches!(it.as_str(), "ttf" | "otf" | "ttc" | "otc"))
    };
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().flatten();
    let usable = entries.filter(|entry| entry.metadata().is_ok_and(|it| it.is_file() && it.len() <= MOST_BYTES));
    let files: Vec<PathBuf> = usable.map(walkdir::DirEntry::into_path).filter(|path| is_font(path)).collect();
    if files.is_empty() {
        return Err(Error::usage(say!(
            "フォルダー「{place}」に、書体のファイル（.ttf .otf .ttc）がありません。",
            "the folder {place} holds no font (.ttf, .otf, .ttc)."
        ))
        .hint(say!(
            "書体のあるフォルダーを示すか、--font-dir を省いてください。",
            "Name another folder, or leave --font-dir out."
        )));
    }
    Ok(files)
}
