//! From the text as it is written to what is said.
//!
//! The words of the text stay as they are; beside them stand units, the pieces that an engine is given. A unit holds
//! letters, digits, apostrophes and single points or commas between digits, and nothing else: no sign of it can be
//! read as a command, a tag or an option.

use story::Language;

use super::vocabulary::{measure, short_form, sign};

/// How the voice rests after a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stop {
    /// It goes on.
    None,
    /// A short rest.
    Comma,
    /// The end of a sentence.
    Full,
    /// The end of a question.
    Question,
    /// The end of a call.
    Exclaim,
}

impl Stop {
    /// The mark that engines understand.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Comma => ",",
            Self::Full => ".",
            Self::Question => "?",
            Self::Exclaim => "!",
        }
    }
}

/// A piece that is said in one go; it belongs to the words `first..=last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) text: String,
    pub(super) stop: Stop,
}

/// A text, parted into its words and into what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) words: Vec<String>,
    pub(super) units: Vec<Unit>,
    /// What stands between two units when they are written out: a space, or nothing.
    pub(super) gap: &'static str,
}

impl Spoken {
    /// The clauses: runs of units up to a stop.
    pub(super) fn clauses(&self) -> impl Iterator<Item = &[Unit]> {
        self.units.split_inclusive(|u| u.stop != Stop::None)
    }

    /// Units written out as plain text with their stops.
    pub(super) fn write_out(&self, units: &[Unit]) -> String {
        let mut out = String::new();
        for unit in units {
            if !out.is_empty() {
                out.push_str(if unit.text.is_ascii() || out.ends_with(|c: char| c.is_ascii_punctuation()) {
                    " "
                } else {
                    self.gap
                });
            }
            out.push_str(&unit.text);
            out.push_str(unit.stop.mark());
        }
        out
    }

    /// How many characters are said.
    pub(super) fn len(&self) -> usize {
        self.units.iter().map(|u| u.text.chars().count() + 1).sum()
    }
}

/// Parts a text into words and units. The last unit always ends a sentence; there is no unit when nothing can be said.
pub(super) fn normalise(text: &str, language: Language) -> Spoken {
    let mut writer = Writer { language, units: Vec::new(), text: String::new(), first: 0, word: 0 };
    let words = if language.is_unspaced() { writer.characters(text) } else { writer.tokens(text) };
    writer.close(Stop::None);
    let mut units = writer.units;
    if let Some(last) = units.last_mut().filter(|u| u.stop <= Stop::Comma) {
        last.stop = Stop::Full;
    }
    Spoken { words, units, gap: if language.is_unspaced() { "" } else { " " } }
}

struct Writer {
    language: Language,
    units: Vec<Unit>,
    /// The unit being written and the word where it began.
    text: String,
    first: usize,
    /// The word being read.
    word: usize,
}

impl Writer {
    fn tokens(&mut self, text: &str) -> Vec<String> {
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let mut blank = false;
        for (i, token) in tokens.iter().enumerate() {
            self.word = i;
            // "[the answer]" is a blank to fill in: it is seen, and a silence is heard.
            blank |= token.starts_with('[');
            if blank {
                blank = !token.contains(']');
                self.close(if blank { Stop::None } else { Stop::Full });
                continue;
            }
            let next = tokens.get(i + 1).copied().unwrap_or_default();
            self.token(token, i.checked_sub(1).map_or("", |p| tokens[p]), next);
            self.close(Stop::None);
        }
        tokens.into_iter().map(str::to_owned).collect()
    }

    fn characters(&mut self, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut blank = false;
        for (i, &c) in chars.iter().enumerate() {
            blank |= matches!(c, '[' | '［' | '【');
            if blank {
                blank = !matches!(c, ']' | '］' | '】');
                self.close(Stop::None);
                continue;
            }
            let before = i.checked_sub(1).map_or(' ', |p| plain(chars[p]));
            let after = chars.get(i + 1).map_or(' ', |n| plain(*n));
            // Letters and digits of the Latin script are read together; every other character stands alone.
            let point = matches!(c, '.' | ',') && before.is_ascii_digit() && after.is_ascii_digit();
            let joins = plain(c).is_ascii_alphanumeric() || point || c == '%';
            if !joins || !self.text.is_ascii() {
                self.close(Stop::None);
            }
            self.word = i;
            self.character(c, before, after);
        }
        chars.into_iter().map(String::from).collect()
    }

    fn token(&mut self, token: &str, before: &str, next: &str) {
        let core = token.trim_matches(|c: char| {
            matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '(' | ')' | '[' | ']' | ',' | ';' | ':')
        });
        if let Some(host) = host(core) {
            self.address(host);
            self.close(trailing_stop(token));
            return;
        }
        if before.ends_with(|c: char| c.is_ascii_digit()) {
            let bare = core.trim_end_matches(['.', '!', '?', '…']);
            if let Some(name) = measure(bare, self.language) {
                let one = before.trim_start_matches(|c: char| !c.is_alphanumeric()) == "1";
                let singular = name.strip_suffix('s').filter(|_| one && !matches!(self.language, Language::De));
                self.text.push_str(singular.unwrap_or(name));
                self.first = self.word;
                self.close(trailing_stop(token));
                return;
            }
        }
        let full = short_form(core, self.language).or_else(|| match (core, self.language) {
            ("St." | "st.", Language::En) => {
                Some(if next.starts_with(char::is_uppercase) { "saint" } else { "street" })
            }
            _ => None,
        });
        if let Some(full) = full {
            self.first = self.word;
            self.text.push_str(full);
            self.close(if token.ends_with([',', ';', ':', ')']) { Stop::Comma } else { Stop::None });
            return;
        }
        let chars: Vec<char> = token.chars().collect();
        for (i, &c) in chars.iter().enumerate() {
            let (before, after) =
                (i.checked_sub(1).map_or(' ', |p| chars[p]), chars.get(i + 1).copied().unwrap_or(' '));
            if c == '.' && (before == '.' || after == '.') {
                self.close(Stop::Comma); // an ellipsis of points
            } else {
                self.character(c, before, after);
            }
        }
    }

    /// One character in its surroundings.
    fn character(&mut self, c: char, before: char, after: char) {
        let (c, before, after) = (plain(c), plain(before), plain(after));
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        match c {
            c if self.is_said(c) => self.push(c),
            '\'' if !self.text.is_empty() && before.is_alphabetic() && after.is_alphabetic() => self.push('\''),
            '.' | ',' if digits => self.push(c),
            ':' if digits => self.space(),
            '.' if before.is_alphanumeric() && after.is_alphanumeric() => self.space(),
            '.' => self.close(Stop::Full),
            '?' => self.close(Stop::Question),
            '!' => self.close(Stop::Exclaim),
            '-' if after.is_ascii_digit() && !before.is_alphanumeric() => self.call('-'),
            '-' | '/' | '_' if before.is_alphanumeric() => self.space(),
            ',' | ';' | ':' | '—' | '–' | '…' | '(' | ')' => self.close(Stop::Comma),
            '$' | '€' | '£' | '¥' | '%' | '&' | '@' | '+' | '=' | '#' => self.call(c),
            _ => {}
        }
    }

    fn is_said(&self, c: char) -> bool {
        let latin = c.is_ascii_alphanumeric()
            || (c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'));
        let han = matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        let kana = matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '々' | 'ー');
        match self.language {
            // Half of the far planes are not letters yet.
            Language::Zh => latin || (han && c.is_alphabetic()),
            Language::Ja => latin || (han && c.is_alphabetic()) || kana,
            _ => latin,
        }
    }

    fn push(&mut self, c: char) {
        if self.text.is_empty() {
            self.first = self.word;
        }
        self.text.push(c);
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The name of a sign. Money is named after its number, as it is said.
    fn call(&mut self, c: char) {
        let Some(name) = sign(c, self.language) else { return };
        if matches!(c, '$' | '€' | '£' | '¥') && self.text.is_empty() {
            self.first = self.word;
            self.text = format!("\u{1}{name}"); // held back until the unit closes
        } else if c == '%' && self.language == Language::Zh && !self.text.is_empty() {
            self.text.insert_str(0, name); // "of a hundred parts, 20"
        } else {
            self.space();
            name.chars().for_each(|c| self.push(c));
            self.space();
        }
    }

    /// The spoken form of an address of the web: its host, with the points named.
    fn address(&mut self, host: &str) {
        for (i, label) in host.split('.').enumerate() {
            if i > 0 {
                self.space();
                sign('.', self.language).unwrap_or_default().chars().for_each(|c| self.push(c));
                self.space();
            }
            label.chars().for_each(|c| if self.is_said(c) { self.push(c) } else { self.space() });
        }
    }

    /// Ends the unit being written; a stop without one belongs to the unit before.
    fn close(&mut self, stop: Stop) {
        let mut text = std::mem::take(&mut self.text);
        if let Some(held) = text.strip_prefix('\u{1}') {
            let at = held.find(|c: char| c.is_ascii_digit()).unwrap_or(held.len());
            let (money, number) = held.split_at(at);
            text = format!("{number} {}", money.trim());
        }
        let text = text.trim();
        if text.is_empty() {
            if let Some(last) = self.units.last_mut() {
                last.stop = last.stop.max(stop);
            }
        } else {
            self.units.push(Unit { first: self.first, last: self.word.max(self.first), text: text.into(), stop });
        }
    }
}

/// The half-width or plain form of a sign that has several.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '’' | '‘' | 'ʼ' => '\'',
        '。' => '.',
        '、' => ',',
        '‐' | '‑' | '−' => '-',
        '―' => '—',
        c => c,
    }
}

/// The host of an address ("https://www.example.com/a" is `example.com`), `None` when the token is none.
fn host(token: &str) -> Option<&str> {
    let rest = match token.split_once("://") {
        Some((scheme, rest)) if !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric()) => rest,
        _ => token.strip_prefix("www.").filter(|r| r.contains('.'))?,
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    Some(host.strip_prefix("www.").unwrap_or(host).trim_end_matches(['.', '!']))
}

fn trailing_stop(token: &str) -> Stop {
    match token.trim_end_matches(['"', '”', '“', '»', ')', '\'', '’']).chars().last() {
        Some('.') => Stop::Full,
        Some('?') => Stop::Question,
        Some('!') => Stop::Exclaim,
        Some(',' | ';' | ':' | '…') => Stop::Comma,
        _ => Stop::None,
    }
}

/// Letters with signs above or below as the plain letters that an English voice knows.
pub(super) fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = match c {
            c if c.is_ascii() => {
                out.push(c);
                continue;
            }
            'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
            'Æ' | 'æ' => "ae",
            'Ç' | 'ç' | 'Ć'..='č' => "c",
            'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
            'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
            'Ð' | 'ð' | 'Ď'..='đ' => "d",
            'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
            'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
            'Œ' | 'œ' => "oe",
            'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
            'Ý' | 'ý' | 'ÿ' | 'Ÿ' => "y",
            'Þ' | 'þ' => "th",
            'ß' => "ss",
            'Ĝ'..='ģ' => "g",
            'Ĥ'..='ħ' => "h",
            'Ķ'..='ĸ' => "k",
            'Ĺ'..='ł' => "l",
            'Ŕ'..='ř' => "r",
            'Ś'..='š' => "s",
            'Ţ'..='ŧ' => "t",
            'Ź'..='ž' => "z",
            _ => "",
        };
        out.push_str(plain);
    }
    out
}
