//! Our own drawings: what the bundled sets do not have.
//!
//! Owns the folder `art/own`, one SVG a picture in a square of [`UNIT`]. A picture is called after its file, `own:` before it;
//! the file's name is also the word that finds it.

use include_dir::{Dir, include_dir};

static OWN: Dir = include_dir!("$CARGO_MANIFEST_DIR/art/own");

/// The side of the square that they are drawn in.
pub(super) const UNIT: f32 = 100.0;

/// What the names of our own drawings begin with.
pub(super) const PREFIX: &str = "own:";

/// The names of all drawings, without their prefix, and their files' text.
pub(super) fn drawings() -> impl Iterator<Item = (&'static str, &'static str)> {
    OWN.files().filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
}

/// The fragment in a file: what is inside `<svg>`, its ids unlike those of any other picture.
pub(super) fn fragment(name: &str, file: &str) -> String {
    let inside = file.split_once('>').map_or("", |(_, rest)| rest).trim_end().trim_end_matches("</svg>");
    let own = format!("o-{name}-");
    inside.replace("id=\"", &format!("id=\"{own}")).replace("url(#", &format!("url(#{own}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_pictures_own() {
        let file =
            "<svg viewBox=\"0 0 100 100\"><defs><radialGradient id=\"a\"/></defs><path fill=\"url(#a)\"/></svg>\n";
        let wanted = "<defs><radialGradient id=\"o-fig-a\"/></defs><path fill=\"url(#o-fig-a)\"/>";
        assert_eq!(fragment("fig", file), wanted);
    }

    #[test]
    fn every_drawing_is_in_the_square_and_named_in_plain_words() {
        for (name, file) in drawings() {
            assert!(file.starts_with("<svg viewBox=\"0 0 100 100\">") && file.ends_with("</svg>\n"), "{name}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        }
    }
}
