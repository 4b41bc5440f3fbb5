//! Numbers written as words, in the languages that messages come in, made digits.

use std::sync::LazyLock;

use regex::Regex;

const WORDS: &[(&str, &str)] = &[
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("forty-five", "45"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("ninety", "90"),
    ("uno", "1"),
    ("dos", "2"),
    ("tres", "3"),
    ("cuatro", "4"),
    ("cinco", "5"),
    ("seis", "6"),
    ("diez", "10"),
    ("quince", "15"),
    ("veinte", "20"),
    ("treinta", "30"),
    ("cuarenta", "40"),
    ("cincuenta", "50"),
    ("sesenta", "60"),
    ("noventa", "90"),
    ("deux", "2"),
    ("trois", "3"),
    ("quatre", "4"),
    ("cinq", "5"),
    ("dix", "10"),
    ("quinze", "15"),
    ("vingt", "20"),
    ("trente", "30"),
    ("quarante", "40"),
    ("cinquante", "50"),
    ("soixante", "60"),
    ("zwei", "2"),
    ("drei", "3"),
    ("vier", "4"),
    ("fünf", "5"),
    ("sechs", "6"),
    ("sieben", "7"),
    ("acht", "8"),
    ("zehn", "10"),
    ("fünfzehn", "15"),
    ("zwanzig", "20"),
    ("dreißig", "30"),
    ("dreissig", "30"),
    ("vierzig", "40"),
    ("fünfzig", "50"),
    ("sechzig", "60"),
];

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}]+(?:-[\p{L}]+)?").ok());
static HAN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[一二两三四五六七八九十]+").ok());

/// The text in lower case with number words as digits; everything else stays where it is.
pub(super) fn with_digits(text: &str) -> String {
    let lower = text.to_lowercase();
    let latin = WORD.as_ref().map_or(lower.clone(), |re| {
        re.replace_all(&lower, |found: &regex::Captures<'_>| {
            let word = &found[0];
            match WORDS.iter().find(|(w, _)| *w == word) {
                Some((_, digits)) => (*digits).to_owned(),
                // "thirty-second" is a number and a unit.
                None => match word
                    .split_once('-')
                    .and_then(|(a, b)| WORDS.iter().find(|(w, _)| *w == a).map(|(_, d)| (d, b)))
                {
                    Some((digits, rest)) => format!("{digits}-{rest}"),
                    None => word.to_owned(),
                },
            }
        })
        .into_owned()
    });
    HAN.as_ref().map_or(latin.clone(), |re| {
        re.replace_all(&latin, |found: &regex::Captures<'_>| han(&found[0]).to_string()).into_owned()
    })
}

/// A Chinese or Japanese number below a hundred.
fn han(text: &str) -> u32 {
    let digit = |c| match c {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => 0,
    };
    match text.split_once('十') {
        Some((tens, ones)) => tens.chars().next().map_or(1, digit) * 10 + ones.chars().next().map_or(0, digit),
        None => text.chars().fold(0, |n, c| n * 10 + digit(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_become_digits() {
        let check = |text: &str, want: &str| assert_eq!(with_digits(text), want);
        check("Two mins", "2 mins");
        check("a thirty-second clip", "a 30-second clip");
        check("三十秒", "30秒");
        check("十五秒", "15秒");
        check("a well-known tune", "a well-known tune");
    }
}
