//! The letters: two bundled fonts, and the system's for what these lack (Chinese, Arabic, Hebrew, signs).

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{Database, FaceInfo};
use resvg::usvg::{FontResolver, Options};

/// Captions and small words: Nunito Bold, SIL Open Font License.
pub(crate) const TEXT: &str = "Nunito";
/// Titles: Fredoka SemiBold, SIL Open Font License.
pub(crate) const TITLE: &str = "Fredoka";

/// The files of these.
pub(crate) const TEXT_FILE: &[u8] = include_bytes!("../assets/fonts/Nunito-Bold.ttf");
pub(crate) const TITLE_FILE: &[u8] = include_bytes!("../assets/fonts/Fredoka-SemiBold.ttf");

static BUNDLED: OnceLock<Arc<Database>> = OnceLock::new();
static WITH_SYSTEM: OnceLock<Arc<Database>> = OnceLock::new();

/// Options that draw with these fonts. Reading the system's fonts takes a moment, so that is done only when a letter
/// is missing, and once.
pub(crate) fn options() -> Options<'static> {
    let fallback = FontResolver::default_fallback_selector();
    Options {
        font_family: TEXT.to_owned(),
        fontdb: BUNDLED.get_or_init(|| Arc::new(bundled())).clone(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(move |letter, tried, fonts| {
                fallback(letter, tried, fonts).or_else(|| {
                    let all = all();
                    if fonts.len() == all.len() {
                        return None;
                    }
                    // The bundled fonts come first in both, so their ids stay the same.
                    *fonts = all.clone();
                    fallback(letter, tried, fonts)
                })
            }),
        },
        ..Options::default()
    }
}

/// The letters of a text that no font on this machine has: in captions they would be empty boxes.
pub fn letters_missing(text: &str) -> String {
    let Options { font_resolver, mut fontdb, .. } = options();
    let tried: Vec<_> = fontdb.faces().take(1).map(|face| face.id).collect();
    let missing = |letter: &char| (font_resolver.select_fallback)(*letter, &tried, &mut fontdb).is_none();
    text.chars().filter(missing).collect()
}

/// The bundled fonts and the system's.
pub(crate) fn all() -> &'static Arc<Database> {
    WITH_SYSTEM.get_or_init(|| Arc::new(with_system()))
}

fn bundled() -> Database {
    let mut fonts = Database::new();
    fonts.load_font_data(TEXT_FILE.to_vec());
    fonts.load_font_data(TITLE_FILE.to_vec());
    fonts
}

/// The bundled fonts, then the system's, those first that look most like them: the search for a missing letter takes
/// the first that has it.
fn with_system() -> Database {
    let mut system = Database::new();
    system.load_system_fonts();
    let mut faces: Vec<FaceInfo> = system.faces().cloned().collect();
    faces.sort_by_cached_key(|face| (strangeness(face), face.post_script_name.clone()));
    let mut fonts = bundled();
    for face in faces {
        fonts.push_face_info(face);
    }
    fonts
}

/// How unlike an upright, bold face without serifs a face is.
fn strangeness(face: &FaceInfo) -> u32 {
    let name = face.families.first().map_or("", |f| &f.0).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
    let mut points = u32::from(face.weight.0).abs_diff(700) / 100;
    if face.style != resvg::usvg::fontdb::Style::Normal {
        points += 40;
    }
    if face.monospaced || has(&["mono", "code"]) {
        points += 30;
    }
    if has(&["serif", "song", "ming", "times", "roman", "math", "symbol", "emoji"]) && !has(&["sans"]) {
        points += 20;
    }
    if !has(&["sans", "gothic", "hei", "segoe", "arial"]) {
        points += 10;
    }
    // Simplified Chinese first among the regional shapes of the same characters: most who write them read it.
    if has(&[" jp", " kr", " tc", " hk", "condensed", "light"]) {
        points += 1;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_in_the_bundled_fonts_or_missing_everywhere() {
        assert_eq!(letters_missing("Whale ñ"), "");
        // Of the private use area: no font has it.
        assert_eq!(letters_missing("a\u{10fffd}"), "\u{10fffd}");
    }
}
