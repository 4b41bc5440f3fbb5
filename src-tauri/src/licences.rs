//! The licences, read from the documents that are in the repository.

use crate::about::Licence;

const MIT: &str = include_str!("../../LICENSE-MIT");
const APACHE: &str = include_str!("../../LICENSE-APACHE");
const THIRD_PARTY: &str = include_str!("../../docs/THIRD_PARTY.md");

/// Workprint's own, then each row of the tables in docs/THIRD_PARTY.md (`| work | licence | what it is here for |`).
pub(crate) fn all() -> Vec<Licence> {
    let own = |licence: &str, text: &str| Licence {
        name: "Workprint".to_owned(),
        licence: licence.to_owned(),
        text: Some(text.to_owned()),
    };
    let mut all = vec![own("MIT", MIT), own("Apache-2.0", APACHE)];
    all.extend(THIRD_PARTY.lines().filter_map(row));
    all
}

fn row(line: &str) -> Option<Licence> {
    let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let [name, licence, text] = cells.as_slice() else { return None };
    if licence.is_empty() || *licence == "Licence" || licence.starts_with("---") {
        return None;
    }
    Some(Licence { name: (*name).to_owned(), licence: (*licence).to_owned(), text: Some((*text).to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_work_is_named() {
        let all = all();
        for work in [
            "Workprint",
            "Fluent Emoji",
            "Noto Emoji",
            "emojilib",
            "Unicode CLDR",
            "Fredoka",
            "Nunito",
            "Courier Prime",
            "ffmpeg",
            "flite",
            "espeak-ng",
        ] {
            let found = all.iter().find(|l| l.name.contains(work)).unwrap_or_else(|| panic!("{work} is not named"));
            assert!(!found.licence.is_empty() && found.text.as_ref().is_some_and(|t| !t.is_empty()), "{found:?}");
        }
        assert!(all.iter().all(|l| !l.name.contains("---") && l.name != "Work"), "a table's head is no work");
    }
}
