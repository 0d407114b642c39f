//! Days, times and fiscal years as Japanese offices write them.
//!
//! A fiscal year runs from 1 April to 31 March and is named by its first calendar year.
//! Stored dates are ISO; the era forms people type (`令和７年４月１日`, `R7.4.1`, `2025/4/1`) are
//! understood, and reported by K105.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Calendar year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// Eras with the year before their first, newest first, and the letters of their short forms.
const ERAS: [(&str, char, u16); 5] =
    [("令和", 'R', 2018), ("平成", 'H', 1988), ("昭和", 'S', 1925), ("大正", 'T', 1911), ("明治", 'M', 1867)];

impl Date {
    /// A day that exists, or nothing.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let exists = (1000..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
        (exists && day <= days_in_month(year, month)).then_some(Date { year, month, day })
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return None;
        }
        Date::new(text[0..4].parse().ok()?, text[5..7].parse().ok()?, text[8..10].parse().ok()?)
    }

    /// Reads the other ways a date is written: eras in words or letters, slashes, dots, 年月日.
    pub fn parse_loose(text: &str) -> Option<Date> {
        let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let folded = folded.trim_end_matches('日').replace("元年", "1年");
        let (base, rest) = split_era(&folded);
        let mut numbers = rest.split(['年', '月', '/', '.', '-', '−', '‐', 'ー', '―', '–', '—']);
        let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if numbers.next().is_some() || !digits(year) || !digits(month) || !digits(day) {
            return None;
        }
        if base.is_none() && year.len() != 4 {
            return None;
        }
        let year: u16 = year.parse().ok()?;
        Date::new(year.checked_add(base.unwrap_or(0))?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Days since 1 January of the year 0 of the proleptic calendar, for differences.
    pub fn ordinal(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let month = (i64::from(self.month) + 9) % 12;
        365 * year + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + i64::from(self.day) - 1
    }

    /// The day `days` days later (earlier if negative), kept inside the years 1000 to 9999.
    pub fn plus_days(self, days: i64) -> Date {
        let mut date = self;
        let mut left = days;
        while left > 0 {
            let to_end = i64::from(days_in_month(date.year, date.month) - date.day);
            if left <= to_end {
                date.day += u8::try_from(left).unwrap_or(0);
                return date;
            }
            left -= to_end + 1;
            let (year, month) = if date.month == 12 { (date.year + 1, 1) } else { (date.year, date.month + 1) };
            date = Date { year, month, day: 1 };
        }
        while left < 0 {
            if left + i64::from(date.day) > 0 {
                date.day -= u8::try_from(-left).unwrap_or(0);
                return date;
            }
            left += i64::from(date.day);
            let (year, month) = if date.month == 1 { (date.year - 1, 12) } else { (date.year, date.month - 1) };
            date = Date { year, month, day: days_in_month(year, month) };
        }
        date
    }

    /// The weekday as one kanji: 月 to 日.
    pub fn weekday_ja(self) -> char {
        const NAMES: [char; 7] = ['水', '木', '金', '土', '日', '月', '火'];
        NAMES[usize::try_from(self.ordinal().rem_euclid(7)).unwrap_or(0)]
    }

    /// The weekday in English, short: `Thu`.
    pub fn weekday_en(self) -> &'static str {
        const NAMES: [&str; 7] = ["Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"];
        NAMES[usize::try_from(self.ordinal().rem_euclid(7)).unwrap_or(0)]
    }

    /// The fiscal year that holds this day.
    pub fn fiscal_year(self) -> FiscalYear {
        FiscalYear(if self.month >= 4 { self.year } else { self.year - 1 })
    }

    /// `４月３日` in the city's digit style: one digit full-width, two half-width.
    pub fn month_day_ja(self) -> String {
        format!("{}月{}日", city_digits(u32::from(self.month)), city_digits(u32::from(self.day)))
    }

    /// `令和７年４月３日`.
    pub fn long_ja(self) -> String {
        let year = match ERAS.iter().find(|(_, _, base)| self.year > *base) {
            Some((era, _, base)) => format!("{era}{}年", era_year(self.year - base)),
            None => format!("{}年", self.year),
        };
        format!("{year}{}", self.month_day_ja())
    }

    /// Today by the clock, in Japan (+09:00).
    pub fn today_in_japan() -> Date {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
        Date::from_unix(i64::try_from(now).unwrap_or(0), 9 * 60)
    }

    /// The day of a Unix time at an offset from UTC in minutes.
    pub fn from_unix(seconds: i64, offset_minutes: i32) -> Date {
        let days = (seconds + i64::from(offset_minutes) * 60).div_euclid(86_400);
        Date { year: 1970, month: 1, day: 1 }.plus_days(days)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn split_era(text: &str) -> (Option<u16>, &str) {
    for (name, letter, base) in ERAS {
        if let Some(rest) = text.strip_prefix(name) {
            return (Some(base), rest);
        }
        let first = text.chars().next();
        if first.is_some_and(|c| c.to_ascii_uppercase() == letter) {
            return (Some(base), text[1..].trim_start_matches('.'));
        }
    }
    (None, text)
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn era_year(year: u16) -> String {
    if year == 1 { "元".to_owned() } else { city_digits(u32::from(year)) }
}

/// Digits as the city prints them: one digit full-width, two or more half-width.
pub fn city_digits(number: u32) -> String {
    match char::from_digit(number, 10) {
        Some(digit) if number < 10 => char::from_u32(u32::from(digit) - 0x30 + 0xFF10).unwrap_or(digit).to_string(),
        _ => number.to_string(),
    }
}

/// A day and a time of day, +09:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// Minutes after midnight.
    pub minute: u16,
}

impl DateTime {
    /// Reads `YYYY-MM-DDTHH:MM` (a space instead of the T, seconds and +09:00 are tolerated).
    pub fn parse(text: &str) -> Option<DateTime> {
        let date = Date::parse_iso(text.get(0..10)?)?;
        let rest = text.get(10..)?.strip_prefix(['T', ' '])?;
        let rest = rest.strip_suffix("+09:00").unwrap_or(rest);
        let rest = if rest.len() == 8 { rest.strip_suffix(":00")? } else { rest };
        let (hour, minute) = rest.split_once(':')?;
        if hour.len() != 2 || minute.len() != 2 || !rest.bytes().all(|b| b.is_ascii_digit() || b == b':') {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(DateTime { date, minute: hour * 60 + minute })
    }

    /// `10:00`.
    pub fn clock(self) -> String {
        format!("{:02}:{:02}", self.minute / 60, self.minute % 60)
    }

    /// `10時`, `10時30分`, in the city's digits.
    pub fn clock_ja(self) -> String {
        let hour = city_digits(u32::from(self.minute / 60));
        match self.minute % 60 {
            0 => format!("{hour}時"),
            minute => format!("{hour}時{}分", city_digits(u32::from(minute))),
        }
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date, self.clock())
    }
}

/// A day of every year, such as a due day: `MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

impl MonthDay {
    /// Reads `MM-DD`.
    pub fn parse(text: &str) -> Option<MonthDay> {
        let date = Date::parse_iso(&format!("2024-{text}"))?;
        Some(MonthDay { month: date.month, day: date.day })
    }
}

/// A fiscal year by its first calendar year: 2025 is 令和７年度.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(pub u16);

impl FiscalYear {
    /// Reads four ASCII digits.
    pub fn parse_folder(name: &str) -> Option<FiscalYear> {
        let digits = name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit()) && !name.starts_with('0');
        if digits { name.parse().ok().map(FiscalYear) } else { None }
    }

    /// Reads what people type: `2025`, `r7`, `R7`, `令和7`, `令和７年度`.
    pub fn parse_typed(text: &str) -> Option<FiscalYear> {
        let folded: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        let bare = folded.trim_end_matches("年度").trim_end_matches('年');
        if let Some(year) = FiscalYear::parse_folder(bare) {
            return Some(year);
        }
        let (base, rest) = split_era(bare);
        let number: u16 = if rest == "元" { 1 } else { rest.parse().ok()? };
        (1..=99).contains(&number).then_some(FiscalYear(base? + number))
    }

    /// 1 April.
    pub fn first_day(self) -> Date {
        Date { year: self.0, month: 4, day: 1 }
    }

    /// 31 March of the next calendar year.
    pub fn last_day(self) -> Date {
        Date { year: self.0 + 1, month: 3, day: 31 }
    }

    /// The day of a fiscal year that a month and day name: January to March are of the next calendar
    /// year. 29 February is the 28th where there is none.
    pub fn on(self, day: MonthDay) -> Date {
        let year = if day.month >= 4 { self.0 } else { self.0 + 1 };
        Date { year, month: day.month, day: day.day.min(days_in_month(year, day.month)) }
    }

    /// A day in words: `６月13日` inside the fiscal year, with its year outside.
    pub fn day_ja(self, date: Date) -> String {
        if self.holds(date) { date.month_day_ja() } else { date.long_ja() }
    }

    /// True when the day lies inside.
    pub fn holds(self, date: Date) -> bool {
        self.first_day() <= date && date <= self.last_day()
    }

    /// `令和７年度`.
    pub fn ja(self) -> String {
        match ERAS.iter().find(|(_, _, base)| self.0 > *base) {
            Some((era, _, base)) => format!("{era}{}年度", era_year(self.0 - base)),
            None => format!("{}年度", self.0),
        }
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn era_forms_and_iso_name_the_same_day() {
        let day = Date::new(2025, 4, 1);
        assert!(day.is_some());
        for text in
            ["令和７年４月１日", "R7.4.1", "r7/4/1", "2025/4/1", "2025年4月1日", "Ｒ７．４．１", "令和 7年 4月 1日"]
        {
            assert_eq!(Date::parse_loose(text), day, "{text}");
        }
        assert_eq!(Date::parse_loose("令和元年5月1日"), Date::new(2019, 5, 1));
        for text in ["7.4.1", "4月1日", "2025-02-30", "R7.13.1", "春"] {
            assert_eq!(Date::parse_loose(text), None, "{text}");
        }
    }

    #[test]
    fn days_and_weekdays() {
        let day = Date { year: 2025, month: 4, day: 3 };
        assert_eq!((day.weekday_ja(), day.weekday_en()), ('木', "Thu"));
        assert_eq!(day.plus_days(-31), Date { year: 2025, month: 3, day: 3 });
        assert_eq!(day.plus_days(365).ordinal() - day.ordinal(), 365);
        assert_eq!(day.long_ja(), "令和７年４月３日");
        assert_eq!(Date { year: 2024, month: 12, day: 25 }.long_ja(), "令和６年12月25日");
    }

    #[test]
    fn fiscal_years_as_typed() {
        for text in ["2025", "r7", "R7", "令和7", "令和７年度", "令和７年"] {
            assert_eq!(FiscalYear::parse_typed(text), Some(FiscalYear(2025)), "{text}");
        }
        assert_eq!(FiscalYear::parse_typed("7"), None);
        let on = |text| MonthDay::parse(text).map(|day| FiscalYear(2025).on(day).to_string());
        assert_eq!(on("06-30").as_deref(), Some("2025-06-30"));
        assert_eq!(on("03-31").as_deref(), Some("2026-03-31"));
        assert_eq!(on("02-29").as_deref(), Some("2026-02-28"));
        assert_eq!(FiscalYear(2019).ja(), "令和元年度");
    }
}
