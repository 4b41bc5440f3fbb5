//! How tall things are beside a standing adult.
//!
//! Owns the table of natural heights. It is what keeps a mouse from being as big as a house.

use std::collections::HashMap;
use std::sync::OnceLock;

use story::Age;

use crate::art::find::group_of;
use crate::art::words::{candidates, singulars, table};
use crate::art::{Exactness, Found, find, person};

/// The height of a grown-up in figure units.
pub(super) const ADULT: f32 = 100.0;

/// The height of a person of this age in figure units.
pub(super) fn height_at(age: Age) -> f32 {
    match age {
        Age::Child => 62.0,
        Age::Young => 95.0,
        Age::Adult => ADULT,
        Age::Old => 93.0,
    }
}

fn heights() -> &'static HashMap<&'static str, f32> {
    static HEIGHTS: OnceLock<HashMap<&'static str, f32>> = OnceLock::new();
    HEIGHTS.get_or_init(|| {
        // Rows are `words = height`, the words separated by spaces.
        let rows = table(include_str!("../../art/heights.txt"));
        let words = rows.into_iter().flat_map(|(words, height)| words.split_whitespace().map(move |w| (w, height)));
        words.filter_map(|(word, height)| Some((word, height.parse().ok()?))).collect()
    })
}

/// A picture's name as the table has it.
fn plain(found: &Found) -> String {
    found.picture.as_str().trim_end_matches("-light").to_owned()
}

/// The natural height of a thing or a being in figure units (a standing adult is 100).
///
/// A word that is not in the table is measured by the picture it is shown with, then by the kind of thing that picture is.
pub fn natural_height(noun: &str) -> f32 {
    let of_word = |word: &String| heights().get(word.as_str()).copied();
    let direct = candidates(noun).iter().flat_map(|c| singulars(c)).find_map(|w| of_word(&w));
    // A rocking horse is no horse: what was found by its whole name is measured as that.
    let whole = noun.contains(' ').then(|| find(noun)).flatten();
    let whole = whole.filter(|f| matches!(f.exactness, Exactness::Exact | Exactness::Alias));
    let own = whole.and_then(|f| of_word(&plain(&f)));
    own.or(direct).or_else(|| person(noun).map(|p| height_at(p.age.unwrap_or_default()))).unwrap_or_else(|| {
        let Some(found) = find(noun) else { return 40.0 };
        of_word(&plain(&found)).unwrap_or_else(|| match group_of(&found.picture) {
            "Food & Drink" => 12.0,
            "Objects" | "Activities" => 22.0,
            "Travel & Places" => 180.0,
            _ => 40.0,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_keep_their_size_in_every_language() {
        let check = |noun: &str, height: f32| assert_eq!(natural_height(noun), height, "{noun}");
        check("mouse", 11.0);
        check("white whale", 260.0);
        check("ballena", 260.0);
        check("鲸", 260.0);
        check("old lighthouse", 420.0);
        check("lanterns", 22.0);
        check("cup", 9.0);
        check("little girl", 62.0);
        check("detective", 100.0);
        check("banana", 12.0);
        check("qwertz", 40.0);
        check("a rocking horse", 55.0);
        check("bunk bed", 110.0);
    }

    #[test]
    fn every_row_is_a_height() {
        for (word, height) in heights() {
            assert!(*height >= 3.0 && *height <= 1300.0, "{word} {height}");
        }
    }
}
