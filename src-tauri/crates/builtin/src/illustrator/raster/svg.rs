//! Renders a fragment of SVG. Fragments are made here or by `art`; no text of a person is ever in one.

use std::sync::{Arc, LazyLock};

use resvg::usvg;

use super::filter::Image;
use super::plot::Plot;

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| Arc::new(usvg::fontdb::Database::new()));

/// Draws definitions and body, both in set coordinates, into the plot's window.
pub(super) fn render(plot: &Plot, defs: &str, body: &str) -> Image {
    let (w, h) = (plot.width(), plot.height());
    render_with(w, h, defs, &format!("<g transform='{}'>{body}</g>", plot.matrix()))
}

/// Draws definitions and body, both in pixels. What cannot be read is drawn as nothing and logged.
pub(super) fn render_with(w: usize, h: usize, defs: &str, body: &str) -> Image {
    let empty = Image::new(w, h);
    if body.is_empty() {
        return empty;
    }
    let text = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='{w}' height='{h}' viewBox='0 0 {w} {h}'><defs>{defs}</defs>{body}</svg>"
    );
    let options = usvg::Options { fontdb: FONTS.clone(), ..usvg::Options::default() };
    let tree = match usvg::Tree::from_str(&text, &options) {
        Ok(tree) => tree,
        Err(error) => {
            tracing::error!(%error, "a fragment of a picture could not be drawn");
            return empty;
        }
    };
    let Some(mut pixmap) = tiny_skia::Pixmap::new(w as u32, h as u32) else { return empty };
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    Image { width: w, height: h, pixels: pixmap.data().as_chunks::<4>().0.to_vec() }
}
