//! The two languages of every message, written at the same spot so that neither can be missing.

use std::borrow::Cow;

/// The language of a run's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Japanese, です・ます.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// Chooses one of two values.
    pub fn pick<T>(self, ja: T, en: T) -> T {
        match self {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// Reads `ja` or `en`, also inside a locale name such as `ja_JP.UTF-8`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let tag = tag.to_ascii_lowercase();
        if tag == "ja" || tag.starts_with("ja_") || tag.starts_with("ja-") {
            Some(Lang::Ja)
        } else if tag == "en" || tag.starts_with("en_") || tag.starts_with("en-") {
            Some(Lang::En)
        } else {
            None
        }
    }
}

/// A fixed text in both languages: titles of fields, names of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bi {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

impl Bi {
    /// The text in `lang`.
    pub fn get(self, lang: Lang) -> &'static str {
        lang.pick(self.ja, self.en)
    }
}

/// Makes a [`Bi`]; for tables.
pub const fn bi(ja: &'static str, en: &'static str) -> Bi {
    Bi { ja, en }
}

/// A composed message in both languages; made by [`say!`](crate::say).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Say {
    /// Japanese.
    pub ja: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Say {
    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }

    /// The same words in both languages: quoted text, examples to type.
    pub fn same(text: impl Into<String>) -> Say {
        let text: String = text.into();
        Say { ja: Cow::Owned(text.clone()), en: Cow::Owned(text) }
    }

    /// True when nothing would be printed.
    pub fn is_empty(&self) -> bool {
        self.ja.is_empty()
    }
}

impl From<Bi> for Say {
    fn from(text: Bi) -> Say {
        Say { ja: Cow::Borrowed(text.ja), en: Cow::Borrowed(text.en) }
    }
}

/// `say!("日本語 {x}", "English {x}")`: one message, two languages, one place in the code.
#[macro_export]
macro_rules! say {
    ($ja:literal, $en:literal $(,)?) => {
        $crate::lang::Say { ja: format!($ja).into(), en: format!($en).into() }
    };
}
