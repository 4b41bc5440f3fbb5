//! A message cut into words with their places.

use std::ops::Range;

/// A word: a run of letters and digits, or one character of a script that is written without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, without accents.
    pub(crate) norm: String,
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// True for Chinese characters and kana.
    pub(crate) unspaced: bool,
}

/// The words of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words<'a> {
    /// The text itself.
    pub(crate) text: &'a str,
    /// Its words.
    pub(crate) list: Vec<Word>,
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// A lower-case letter without its accent.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => "a",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => "o",
        'ú' | 'ù' | 'û' | 'ü' => "u",
        'ñ' => "n",
        'ç' => "c",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ÿ' | 'ý' => "y",
        _ => return None,
    })
}

/// Lower case, without accents; full-width letters and digits made plain.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '０'..='９' | 'ａ'..='ｚ' => out.extend(char::from_u32(c as u32 - 0xfee0)),
            _ => match plain(c) {
                Some(bare) => out.push_str(bare),
                None => out.push(c),
            },
        }
    }
    out
}

impl<'a> Words<'a> {
    /// Cuts a text.
    pub(crate) fn of(text: &'a str) -> Self {
        let mut list = Vec::new();
        let mut open: Option<usize> = None;
        let close = |open: &mut Option<usize>, end: usize, list: &mut Vec<Word>| {
            if let Some(start) = open.take() {
                list.push(Word { norm: fold(&text[start..end]), range: start..end, unspaced: false });
            }
        };
        for (at, c) in text.char_indices() {
            if is_unspaced(c) {
                close(&mut open, at, &mut list);
                let end = at + c.len_utf8();
                list.push(Word { norm: text[at..end].to_owned(), range: at..end, unspaced: true });
            } else if c.is_alphanumeric() {
                open.get_or_insert(at);
            } else if !matches!(c, '\'' | '’') || !text[at + c.len_utf8()..].starts_with(char::is_alphanumeric) {
                // An apostrophe inside a word belongs to it.
                close(&mut open, at, &mut list);
            }
        }
        close(&mut open, text.len(), &mut list);
        for word in &mut list {
            if word.norm.contains(['\'', '’']) {
                word.norm = word.norm.replace(['\'', '’'], "");
            }
        }
        Self { text, list }
    }

    /// The words as one text: parted by spaces, but not between characters written without them.
    pub(crate) fn key(words: &[Word]) -> String {
        let mut key = String::new();
        for (i, word) in words.iter().enumerate() {
            if i > 0 && !(word.unspaced && words[i - 1].unspaced) {
                key.push(' ');
            }
            key.push_str(&word.norm);
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_into_words() {
        let check = |text: &str, want: &[&str]| {
            let words = Words::of(text);
            assert_eq!(words.list.iter().map(|w| w.norm.as_str()).collect::<Vec<_>>(), want);
            assert!(words.list.iter().all(|w| !text[w.range.clone()].is_empty()));
        };
        check("The keeper's well-worn Lamp!", &["the", "keepers", "well", "worn", "lamp"]);
        check("Más corto, por favor", &["mas", "corto", "por", "favor"]);
        check("把30秒", &["把", "30", "秒"]);
        check("'quoted' l’eau", &["quoted", "leau"]);
        check("", &[]);
    }
}
