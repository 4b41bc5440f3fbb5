//! Colours as three fractions of light, and how they mix. Owns no palette.

/// Red, green, blue, 0..1, in the display's own (sRGB) values.
pub(crate) type Rgb = [f32; 3];

/// White.
pub(crate) const WHITE: Rgb = [1.0, 1.0, 1.0];
/// Black.
pub(crate) const BLACK: Rgb = [0.0, 0.0, 0.0];

/// A colour from `0xrrggbb`.
pub(crate) const fn rgb(hex: u32) -> Rgb {
    [((hex >> 16) & 255) as f32 / 255.0, ((hex >> 8) & 255) as f32 / 255.0, (hex & 255) as f32 / 255.0]
}

/// A colour from `#rrggbb`; `None` for anything else.
pub(crate) fn parse(text: &str) -> Option<Rgb> {
    let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    u32::from_str_radix(digits, 16).ok().map(rgb)
}

/// The colour as SVG writes it.
pub(crate) fn css(c: Rgb) -> String {
    let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    format!("#{:02x}{:02x}{:02x}", byte(c[0]), byte(c[1]), byte(c[2]))
}

/// From `a` (0) to `b` (1).
pub(crate) fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

/// One colour seen through another.
pub(crate) fn mul(a: Rgb, b: Rgb) -> Rgb {
    [a[0] * b[0], a[1] * b[1], a[2] * b[2]]
}

/// Brighter or darker.
pub(crate) fn scale(a: Rgb, k: f32) -> Rgb {
    [a[0] * k, a[1] * k, a[2] * k]
}

/// How bright it looks (BT.601 weights).
pub(crate) fn luma(c: Rgb) -> f32 {
    c[0] * 0.299 + c[1] * 0.587 + c[2] * 0.114
}

/// Away from grey (`k` above 1) or towards it (below 1).
pub(crate) fn saturate(c: Rgb, k: f32) -> Rgb {
    let l = luma(c);
    mix([l, l, l], c, k).map(|v| v.clamp(0.0, 1.0))
}
