//! What the adapters of pictures, clips and sounds share: sizes that a model makes, and films that are whole.

use story::Size;

/// The size to ask for: of those a model makes, the one whose shape is nearest, and among equals the smallest that is
/// large enough; `wanted` itself when the list is empty.
pub(super) fn nearest(sizes: &[Size], wanted: Size) -> Size {
    let pixels = |s: &Size| u64::from(s.width) * u64::from(s.height);
    let bent = |s: &Size| ((s.ratio() / wanted.ratio()).ln().abs() * 100.0).round() as u32;
    let small = |s: &Size| s.width < wanted.width || s.height < wanted.height;
    let best = sizes.iter().min_by_key(|s| {
        // Of those that are too small, the largest.
        let rest = if small(s) { u64::MAX - pixels(s) } else { pixels(s) };
        (bent(s), small(s), rest)
    });
    best.copied().unwrap_or(wanted)
}

/// The size in steps of 16 pixels, as models of pictures make them, no smaller than `wanted`.
pub(super) fn in_steps(wanted: Size) -> Size {
    Size { width: wanted.width.next_multiple_of(16), height: wanted.height.next_multiple_of(16) }
}

/// The media type of a film file by its first bytes.
pub(super) fn film_media(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        Some("video/mp4")
    } else if bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        Some("video/webm")
    } else {
        None
    }
}

/// True when an MP4 file has its index and its pictures, and none of its boxes is cut off. (Of WebM only the beginning
/// is known; the cut probes every file anyway.)
pub(super) fn film_is_whole(bytes: &[u8]) -> bool {
    if film_media(bytes) != Some("video/mp4") {
        return film_media(bytes).is_some();
    }
    let (mut rest, mut index, mut pictures) = (bytes, false, false);
    while !rest.is_empty() {
        let Some((head, _)) = rest.split_at_checked(8) else { return false };
        let short = u64::from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]));
        let length = match short {
            0 => rest.len() as u64,
            1 => match rest.get(8..16).and_then(|l| l.try_into().ok()) {
                Some(long) => u64::from_be_bytes(long),
                None => return false,
            },
            _ => short,
        };
        index |= &head[4..8] == b"moov";
        pictures |= &head[4..8] == b"mdat";
        let Some((_, after)) = usize::try_from(length).ok().filter(|l| *l >= 8).and_then(|l| rest.split_at_checked(l))
        else {
            return false;
        };
        rest = after;
    }
    index && pictures
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn size(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    #[test]
    fn the_shape_counts_before_the_number_of_pixels() {
        let some = [size(1024, 1024), size(1536, 864), size(1920, 1080), size(640, 360), size(720, 1280)];
        assert_eq!(nearest(&some, size(1280, 720)), size(1536, 864));
        assert_eq!(nearest(&some, size(512, 512)), size(1024, 1024));
        assert_eq!(nearest(&some, size(3840, 2160)), size(1920, 1080));
        assert_eq!(nearest(&[], size(854, 480)), size(854, 480));
        assert_eq!(in_steps(size(1920, 1080)), size(1920, 1088));
    }

    fn boxed(kind: &str, length: usize) -> Vec<u8> {
        [&((length + 8) as u32).to_be_bytes()[..], kind.as_bytes(), &vec![7; length]].concat()
    }

    #[test]
    fn a_film_needs_its_index_and_its_pictures() {
        let film = [boxed("ftyp", 16), boxed("moov", 40), boxed("mdat", 90)].concat();
        assert!(film_is_whole(&film));
        assert!(!film_is_whole(&film[..64]), "no pictures");
        assert!(!film_is_whole(b"{\"error\":1}") && !film_is_whole(&[]));
        let long = [&1_u32.to_be_bytes()[..], b"mdat", &26_u64.to_be_bytes(), &[0; 10]].concat();
        assert!(film_is_whole(&[boxed("ftyp", 4), boxed("moov", 4), long].concat()));
    }

    proptest! {
        #[test]
        fn a_film_that_is_cut_anywhere_is_not_whole(cut in 0_usize..170) {
            let film = [boxed("ftyp", 16), boxed("moov", 40), boxed("mdat", 90)].concat();
            prop_assert!(!film_is_whole(&film[..cut]));
        }
    }
}
