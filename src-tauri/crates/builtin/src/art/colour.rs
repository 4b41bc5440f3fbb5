//! Colours: as numbers, from `#rrggbb`, and from the words people use for them.
//!
//! Owns the table of colour words. Does not know pictures.

/// A colour, each channel 0..=1, sRGB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red.
    pub r: f32,
    /// Green.
    pub g: f32,
    /// Blue.
    pub b: f32,
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self { r: 0.0, g: 0.0, b: 0.0 };
    /// White.
    pub const WHITE: Self = Self { r: 1.0, g: 1.0, b: 1.0 };

    /// Reads `#rrggbb` or `#rgb`; `None` for anything else.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let long = match digits.len() {
            3 => digits.chars().flat_map(|c| [c, c]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let v = u32::from_str_radix(&long, 16).ok()?;
        let channel = |shift: u32| ((v >> shift) & 255) as f32 / 255.0;
        Some(Self { r: channel(16), g: channel(8), b: channel(0) })
    }

    /// Writes `#rrggbb`.
    pub fn to_hex(self) -> String {
        let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
        format!("#{:02x}{:02x}{:02x}", byte(self.r), byte(self.g), byte(self.b))
    }

    /// This colour pulled towards another; `t` 0 keeps it, 1 gives the other.
    #[must_use]
    pub fn mix(self, other: Self, t: f32) -> Self {
        let m = |a: f32, b: f32| a + (b - a) * t;
        Self { r: m(self.r, other.r), g: m(self.g, other.g), b: m(self.b, other.b) }
    }

    /// A darker, slightly cooler one, as shade is.
    #[must_use]
    pub fn shade(self, t: f32) -> Self {
        self.mix(Self { r: self.r * 0.30, g: self.g * 0.27, b: self.b * 0.42 }, t)
    }

    /// A lighter one, as light is.
    #[must_use]
    pub fn light(self, t: f32) -> Self {
        self.mix(Self { r: 1.0, g: 0.97, b: 0.90 }, t)
    }

    /// Lightness as the eye sees it, 0..=1 (Rec. 709 weights).
    pub fn luma(self) -> f32 {
        0.2126 * self.r + 0.7152 * self.g + 0.0722 * self.b
    }

    /// Hue in degrees, saturation and lightness in 0..=1.
    pub fn hsl(self) -> (f32, f32, f32) {
        let (max, min) = (self.r.max(self.g).max(self.b), self.r.min(self.g).min(self.b));
        let (l, d) = (f32::midpoint(max, min), max - min);
        if d < 1e-5 {
            return (0.0, 0.0, l);
        }
        let s = d / (1.0 - (2.0 * l - 1.0).abs()).max(1e-5);
        let h = if max == self.r {
            ((self.g - self.b) / d).rem_euclid(6.0)
        } else if max == self.g {
            (self.b - self.r) / d + 2.0
        } else {
            (self.r - self.g) / d + 4.0
        };
        (h * 60.0, s.min(1.0), l)
    }

    /// The colour with this hue in degrees, saturation and lightness in 0..=1.
    pub fn from_hsl(h: f32, s: f32, l: f32) -> Self {
        let c = (1.0 - (2.0 * l - 1.0).abs()) * s;
        let h = h.rem_euclid(360.0) / 60.0;
        let x = c * (1.0 - (h % 2.0 - 1.0).abs());
        let (r, g, b) = match h as u32 {
            0 => (c, x, 0.0),
            1 => (x, c, 0.0),
            2 => (0.0, c, x),
            3 => (0.0, x, c),
            4 => (x, 0.0, c),
            _ => (c, 0.0, x),
        };
        let m = l - c / 2.0;
        Self { r: r + m, g: g + m, b: b + m }
    }
}

/// The colour that a phrase names ("white whale", "a red balloon", "ballena blanca"), if it names one.
///
/// The first colour word wins. Only whole words count, except in scripts that write without spaces.
pub fn colour_of(phrase: &str) -> Option<Colour> {
    let phrase = phrase.to_lowercase();
    let by_word = phrase.split(|c: char| !c.is_alphanumeric()).find_map(word);
    by_word.or_else(|| {
        let unspaced = |w: &&(&str, &str)| w.0.chars().all(|c| c >= '\u{3040}') && phrase.contains(w.0);
        WORDS.iter().find(unspaced).and_then(|w| Colour::from_hex(w.1))
    })
}

fn word(word: &str) -> Option<Colour> {
    WORDS.iter().find(|w| w.0 == word).and_then(|w| Colour::from_hex(w.1))
}

/// Colour words in English, Spanish, French, German, Chinese and Japanese.
const WORDS: &[(&str, &str)] = &[
    ("white", "#f4f4f0"),
    ("black", "#26262c"),
    ("grey", "#8d929c"),
    ("gray", "#8d929c"),
    ("silver", "#b9c0ca"),
    ("red", "#d8372f"),
    ("crimson", "#b3152f"),
    ("scarlet", "#d92a1c"),
    ("maroon", "#7c1f2b"),
    ("pink", "#f08db4"),
    ("orange", "#f0862a"),
    ("ginger", "#d9752c"),
    ("amber", "#f2a93b"),
    ("yellow", "#f6cf3a"),
    ("gold", "#e0b03c"),
    ("golden", "#e0b03c"),
    ("green", "#3f9a52"),
    ("emerald", "#169a68"),
    ("olive", "#7b8236"),
    ("teal", "#1f8d8d"),
    ("turquoise", "#35b8b0"),
    ("cyan", "#3cc3d8"),
    ("blue", "#3473c8"),
    ("navy", "#243a68"),
    ("indigo", "#3c3c92"),
    ("purple", "#7d4bb0"),
    ("violet", "#8454c4"),
    ("lilac", "#b794d8"),
    ("brown", "#83563a"),
    ("beige", "#d9c3a0"),
    ("cream", "#f3e7cd"),
    ("tan", "#c9a06c"),
    ("bronze", "#a9743a"),
    ("copper", "#bd6e41"),
    ("brass", "#c79a3e"),
    ("ivory", "#f5efdc"),
    ("snowy", "#f4f6f8"),
    ("rusty", "#a9552f"),
    ("dark", "#2f3440"),
    ("pale", "#e9e2d6"),
    ("blanco", "#f4f4f0"),
    ("blanca", "#f4f4f0"),
    ("negro", "#26262c"),
    ("negra", "#26262c"),
    ("rojo", "#d8372f"),
    ("roja", "#d8372f"),
    ("azul", "#3473c8"),
    ("verde", "#3f9a52"),
    ("amarillo", "#f6cf3a"),
    ("amarilla", "#f6cf3a"),
    ("rosa", "#f08db4"),
    ("naranja", "#f0862a"),
    ("gris", "#8d929c"),
    ("dorado", "#e0b03c"),
    ("dorada", "#e0b03c"),
    ("morado", "#7d4bb0"),
    ("morada", "#7d4bb0"),
    ("marrón", "#83563a"),
    ("blanc", "#f4f4f0"),
    ("blanche", "#f4f4f0"),
    ("noir", "#26262c"),
    ("noire", "#26262c"),
    ("rouge", "#d8372f"),
    ("bleu", "#3473c8"),
    ("bleue", "#3473c8"),
    ("vert", "#3f9a52"),
    ("verte", "#3f9a52"),
    ("jaune", "#f6cf3a"),
    ("rose", "#f08db4"),
    ("dorée", "#e0b03c"),
    ("doré", "#e0b03c"),
    ("grise", "#8d929c"),
    ("brun", "#83563a"),
    ("weiß", "#f4f4f0"),
    ("weiße", "#f4f4f0"),
    ("weißer", "#f4f4f0"),
    ("weißes", "#f4f4f0"),
    ("schwarz", "#26262c"),
    ("schwarze", "#26262c"),
    ("schwarzer", "#26262c"),
    ("rot", "#d8372f"),
    ("rote", "#d8372f"),
    ("roter", "#d8372f"),
    ("rotes", "#d8372f"),
    ("blau", "#3473c8"),
    ("blaue", "#3473c8"),
    ("blauer", "#3473c8"),
    ("grün", "#3f9a52"),
    ("grüne", "#3f9a52"),
    ("grüner", "#3f9a52"),
    ("gelb", "#f6cf3a"),
    ("gelbe", "#f6cf3a"),
    ("gelber", "#f6cf3a"),
    ("grau", "#8d929c"),
    ("graue", "#8d929c"),
    ("grauer", "#8d929c"),
    ("goldene", "#e0b03c"),
    ("braun", "#83563a"),
    ("白", "#f4f4f0"),
    ("黑", "#26262c"),
    ("黒", "#26262c"),
    ("红", "#d8372f"),
    ("赤", "#d8372f"),
    ("紅", "#d8372f"),
    ("蓝", "#3473c8"),
    ("青", "#3473c8"),
    ("绿", "#3f9a52"),
    ("緑", "#3f9a52"),
    ("黄", "#f6cf3a"),
    ("金色", "#e0b03c"),
    ("粉", "#f08db4"),
    ("紫", "#7d4bb0"),
    ("灰", "#8d929c"),
    ("棕", "#83563a"),
    ("茶色", "#83563a"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_colours_only_as_whole_words() {
        let check = |phrase: &str, hex: Option<&str>| {
            assert_eq!(colour_of(phrase).map(Colour::to_hex).as_deref(), hex, "{phrase}");
        };
        check("white whale", Some("#f4f4f0"));
        check("a Red balloon", Some("#d8372f"));
        check("ballena blanca", Some("#f4f4f0"));
        check("红气球", Some("#d8372f"));
        check("whale", None);
        check("redwood", None);
    }

    #[test]
    fn hex_and_hsl_go_round() {
        for hex in ["#d8372f", "#26262c", "#f4f4f0", "#3473c8", "#000000", "#00ff80"] {
            let colour = Colour::from_hex(hex).unwrap_or(Colour::WHITE);
            assert_eq!(colour.to_hex(), hex);
            let (h, s, l) = colour.hsl();
            assert_eq!(Colour::from_hsl(h, s, l).to_hex(), hex);
        }
        assert_eq!(Colour::from_hex("#abc").map(Colour::to_hex).as_deref(), Some("#aabbcc"));
        assert_eq!(Colour::from_hex("abc"), None);
        assert_eq!(Colour::from_hex("#ab\u{e9}c"), None);
    }
}
