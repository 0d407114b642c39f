//! Sentences by the dozen: the same numbers give the same words.

/// Draws words.
pub(crate) struct Words {
    state: u64,
}

impl Words {
    /// Words of their own for each seed.
    pub(crate) fn new(seed: usize) -> Words {
        Words { state: (seed as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) }
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // Marsaglia's xorshift.
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % end as u64).unwrap_or_default()
    }

    /// A few words without a verb.
    pub(crate) fn phrase(&mut self) -> String {
        format!("{}{}の{}", self.thing(), self.thing(), self.thing())
    }

    /// Some forty letters, without its end.
    pub(crate) fn sentence(&mut self) -> String {
        let (who, other) = (self.thing(), self.thing());
        let (number, unit) = (self.below(900) + 10, UNITS[self.below(UNITS.len())]);
        format!(
            "{who}と{other}の{}を{}の{}で{number}{unit}進め、{}",
            self.thing(),
            self.thing(),
            self.thing(),
            self.phrase()
        )
    }

    fn thing(&mut self) -> &'static str {
        THINGS[self.below(THINGS.len())]
    }
}

const UNITS: [&str; 6] = ["件", "か所", "人", "施設", "回", "日"];

const THINGS: [&str; 48] = [
    "窓口",
    "道路",
    "公園",
    "学校",
    "防災",
    "介護",
    "保育",
    "図書",
    "税務",
    "統計",
    "広報",
    "契約",
    "会計",
    "選挙",
    "下水道",
    "橋りょう",
    "住宅",
    "農地",
    "商店街",
    "観光",
    "文化財",
    "健診",
    "予防接種",
    "消費生活",
    "相談",
    "申請",
    "届出",
    "台帳",
    "地図",
    "予約",
    "見守り",
    "通学路",
    "街路樹",
    "避難所",
    "備蓄",
    "調達",
    "点検",
    "研修",
    "採用",
    "手当",
    "電算",
    "書庫",
    "印刷",
    "車両",
    "電力",
    "収集",
    "再生",
    "緑化",
];
