//! The two fonts inside the program, and others that a city adds: which character has which shape.

use std::collections::{BTreeSet, HashMap};

use krilla::text::Font;
use skrifa::charmap::MapVariant;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

const REGULAR: &[u8] = include_bytes!("fonts/BIZUDGothic-Regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/BIZUDGothic-Bold.ttf");

/// The shape of a character in one of the [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// Which font.
    pub(super) face: usize,
    /// Its number in that font.
    pub(super) id: u32,
    /// Its width for a size of 1.
    pub(super) advance: f32,
}

/// A character, with the mark after it that chooses a variant of its shape.
pub type Wanted = (char, Option<char>);

/// The fonts that papers are set in: BIZ UDGothic, then those added.
#[derive(Debug, Clone, Default)]
pub struct Fonts {
    faces: Vec<Face>,
}

#[derive(Debug, Clone)]
struct Face {
    font: Font,
    bold: bool,
    /// Number and width by character, for those of 16 bits; each is asked for again and again.
    common: Vec<Option<(u32, f32)>>,
    /// The others, and variants.
    rare: HashMap<Wanted, (u32, f32)>,
}

impl Face {
    fn new(font: Font, bold: bool, shapes: impl Iterator<Item = (Wanted, (u32, f32))>) -> Face {
        let mut face = Face { font, bold, common: vec![None; 0x10000], rare: HashMap::new() };
        for ((c, mark), shape) in shapes {
            match face.common.get_mut(c as usize).filter(|_| mark.is_none()) {
                Some(place) => *place = Some(shape),
                None => _ = face.rare.insert((c, mark), shape),
            }
        }
        face
    }

    fn shape(&self, (c, mark): Wanted) -> Option<(u32, f32)> {
        match self.common.get(c as usize).filter(|_| mark.is_none()) {
            Some(shape) => *shape,
            None => self.rare.get(&(c, mark)).copied(),
        }
    }
}

impl Fonts {
    /// The fonts inside the program.
    pub fn embedded() -> Fonts {
        let mut fonts = Fonts::default();
        for (bytes, bold) in [(REGULAR, false), (BOLD, true)] {
            if let (Some(font), Ok(table)) = (Font::new(bytes.into(), 0), FontRef::new(bytes)) {
                let metrics = table.glyph_metrics(Size::new(1.0), LocationRef::default());
                let shape = |(code, id)| {
                    let advance = metrics.advance_width(id).unwrap_or(1.0);
                    char::from_u32(code).map(|c| ((c, None), (skrifa::GlyphId::to_u32(id), advance)))
                };
                fonts.faces.push(Face::new(font, bold, table.charmap().mappings().filter_map(shape)));
            }
        }
        fonts
    }

    /// Adds what a font file has of the wanted characters, and says which those are.
    pub fn add(&mut self, bytes: &[u8], index: u32, wanted: &BTreeSet<Wanted>) -> BTreeSet<Wanted> {
        let Ok(table) = FontRef::from_index(bytes, index) else { return BTreeSet::new() };
        let metrics = table.glyph_metrics(Size::new(1.0), LocationRef::default());
        let map = table.charmap();
        let mut shapes = Vec::new();
        let mut found = BTreeSet::new();
        for (c, mark) in wanted {
            let id = match mark.map(|mark| map.map_variant(*c, mark)) {
                None | Some(Some(MapVariant::UseDefault)) => map.map(*c),
                Some(Some(MapVariant::Variant(id))) => Some(id),
                Some(None) => None,
            };
            if let Some(id) = id.filter(|id| id.to_u32() != 0) {
                shapes.push(((*c, *mark), (id.to_u32(), metrics.advance_width(id).unwrap_or(1.0))));
                found.insert((*c, *mark));
            }
        }
        let bold = table.attributes().weight.value() >= 600.0;
        if !found.is_empty()
            && let Some(font) = Font::new(bytes.to_vec().into(), index)
        {
            self.faces.push(Face::new(font, bold, shapes.into_iter()));
            return found;
        }
        BTreeSet::new()
    }

    /// The shape of a character; of the wanted weight where there is one.
    pub(super) fn glyph(&self, wanted: Wanted, bold: bool) -> Option<Glyph> {
        let of = |weight: bool| {
            self.faces
                .iter()
                .enumerate()
                .filter(move |(_, it)| it.bold == weight)
                .find_map(|(face, it)| it.shape(wanted).map(|(id, advance)| Glyph { face, id, advance }))
        };
        of(bold).or_else(|| of(!bold))
    }

    /// The font itself.
    pub(super) fn font(&self, face: usize) -> Option<Font> {
        self.faces.get(face).map(|face| face.font.clone())
    }
}

/// The family name of a font file, where it has one.
pub fn family(bytes: &[u8], index: u32) -> Option<String> {
    let table = FontRef::from_index(bytes, index).ok()?;
    let names = table.localized_strings(skrifa::string::StringId::FAMILY_NAME);
    names.english_or_first().map(|name| name.to_string())
}
