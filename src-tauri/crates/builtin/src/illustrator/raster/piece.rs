//! Furniture and the fixed things of a street: each a few plain shapes with light from above.

use std::fmt::Write;

use story::Seed;

use super::noise_seed;
use super::plot::Plot;
use crate::illustrator::colour::{Rgb, WHITE, css, mix, mul, rgb, scale};
use crate::illustrator::noise::hash;
use crate::illustrator::palette::Palette;
use crate::illustrator::scene::{Piece, PieceKind};

/// The piece as SVG.
pub(super) fn piece(p: &Palette, plot: &Plot, seed: Seed, piece: &Piece) -> (String, String) {
    let mut s = Sketch {
        out: String::new(),
        noise: noise_seed(seed),
        x: piece.x - piece.w / 2.0,
        y: piece.y - piece.h,
        w: piece.w,
        h: piece.h,
        c: piece.colour,
    };
    match piece.kind {
        PieceKind::Bookcase => s.bookcase(),
        PieceKind::Shelf => s.shelf(),
        PieceKind::Table => s.table(),
        PieceKind::Desk => s.desk(),
        PieceKind::Counter => s.counter(),
        PieceKind::Stove => s.stove(),
        PieceKind::Cupboard => s.cupboard(),
        PieceKind::Bed => s.bed(),
        PieceKind::Sofa => s.sofa(),
        PieceKind::Frame => s.frame(p),
        PieceKind::Board => s.board(),
        PieceKind::Rug => s.rug(),
        PieceKind::Pendant => s.pendant(plot, p.lamps),
        PieceKind::Lamp => s.lamp(p.lamps),
        PieceKind::Stall => s.stall(),
        PieceKind::Fence => s.fence(),
        PieceKind::Tools => s.tools(),
        PieceKind::Glass => s.glass(),
        PieceKind::Quay => s.quay(),
        PieceKind::Tabletop => s.tabletop(),
    }
    (String::new(), s.out)
}

/// Draws in fractions of the piece's box.
struct Sketch {
    out: String,
    noise: u32,
    x: f32,
    y: f32,
    w: f32,
    h: f32,
    c: Rgb,
}

impl Sketch {
    fn chance(&self, i: i32) -> f32 {
        hash(i, self.noise)
    }

    /// A rectangle in fractions of the box.
    fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, colour: Rgb) {
        self.round(x, y, w, h, 0.0, colour);
    }

    fn round(&mut self, x: f32, y: f32, w: f32, h: f32, radius: f32, colour: Rgb) {
        let _ = write!(
            self.out,
            "<rect x='{:.1}' y='{:.1}' width='{:.1}' height='{:.1}' rx='{radius}' fill='{}'/>",
            self.x + x * self.w,
            self.y + y * self.h,
            w * self.w,
            h * self.h,
            css(colour)
        );
    }

    fn shade(&mut self, x: f32, y: f32, w: f32, h: f32, opacity: f32) {
        let _ = write!(
            self.out,
            "<rect x='{:.1}' y='{:.1}' width='{:.1}' height='{:.1}' fill='#0a0408' opacity='{opacity}'/>",
            self.x + x * self.w,
            self.y + y * self.h,
            w * self.w,
            h * self.h
        );
    }

    fn floor_shadow(&mut self) {
        let _ = write!(
            self.out,
            "<ellipse cx='{:.0}' cy='{:.0}' rx='{:.0}' ry='13' fill='#0a0408' opacity='.22'/>",
            self.x + self.w / 2.0,
            self.y + self.h,
            self.w * 0.54
        );
    }

    /// The top of a large table, seen from a little above: its far edge, its boards.
    fn tabletop(&mut self) {
        let c = self.c;
        self.rect(0.0, 0.0, 1.0, 1.0, c);
        for i in 0..9 {
            let y = 0.03 + 0.10 * i as f32 * (0.5 + 0.09 * i as f32);
            self.rect(0.0, y, 1.0, 0.004 + 0.001 * i as f32, scale(c, 0.74));
            for k in 0..12 {
                let (x, w) = (self.chance(i * 40 + k), 0.03 + 0.07 * self.chance(i * 40 + k + 20));
                let dy = 0.05 * self.chance(i * 40 + k + 30);
                self.round(
                    x,
                    y + 0.012 + dy,
                    w,
                    0.004,
                    2.0,
                    if k % 2 == 0 { scale(c, 0.88) } else { mix(c, WHITE, 0.10) },
                );
            }
        }
        self.rect(0.0, 0.0, 1.0, 0.014, mix(c, WHITE, 0.34));
    }

    fn bookcase(&mut self) {
        const SPINES: [u32; 7] = [0xb5443c, 0xd98d3a, 0x3f6f7a, 0x7a4a86, 0xc9a45a, 0x47684a, 0x8f3350];
        let c = self.c;
        self.floor_shadow();
        self.rect(0.0, 0.0, 1.0, 1.0, scale(c, 0.52));
        let rows = (self.h / 180.0).round().max(2.0) as i32;
        for row in 0..rows {
            let (top, height) = (0.03 + 0.90 * row as f32 / rows as f32, 0.90 / rows as f32);
            let foot = top + height - 0.02;
            let mut x = 0.05;
            let mut i = row * 100;
            while x < 0.93 {
                i += 1;
                let w = (22.0 + 24.0 * self.chance(i)) / self.w;
                if self.chance(i + 5000) < 0.13 {
                    x += w * 1.4;
                    continue;
                }
                if x + w > 0.95 {
                    break;
                }
                let h = height * (0.56 + 0.26 * self.chance(i + 9000));
                let hue = mul(rgb(SPINES[(self.chance(i + 200) * 6.99) as usize]), mix(WHITE, c, 0.45));
                let hue = mix(hue, rgb(SPINES[(self.chance(i + 200) * 6.99) as usize]), 0.45);
                self.round(x, foot - h, w * 0.94, h, 3.0, hue);
                self.shade(x, foot - h, w * 0.28, h, 0.16);
                self.rect(x + w * 0.2, foot - h * 0.86, w * 0.54, 0.008, mix(hue, rgb(0xffe2a0), 0.5));
                x += w;
            }
            self.rect(0.0, foot, 1.0, 0.024, c);
            self.shade(0.04, foot + 0.024, 0.92, 0.016, 0.3);
        }
        self.rect(0.0, 0.0, 1.0, 0.03, mix(c, WHITE, 0.12));
        self.rect(0.0, 0.0, 0.035, 1.0, c);
        self.rect(0.965, 0.0, 0.035, 1.0, scale(c, 0.85));
        self.rect(0.0, 0.94, 1.0, 0.06, c);
    }

    fn shelf(&mut self) {
        let c = self.c;
        let rows = (self.h / 130.0).round().max(1.0) as i32;
        for row in 0..rows {
            let foot = (row as f32 + 0.9) / rows as f32;
            let mut x = 0.03;
            let mut i = row * 50;
            while x < 0.9 {
                i += 1;
                let w = (40.0 + 26.0 * self.chance(i)) / self.w;
                let h = (0.30 + 0.34 * self.chance(i + 300)) / rows as f32;
                let hue = [rgb(0xe8d8b8), rgb(0xc87c50), rgb(0x7c9c88), rgb(0xd8a85c)]
                    [(self.chance(i + 700) * 3.99) as usize];
                let hue = mul(hue, mix(WHITE, c, 0.25));
                self.round(x, foot - h, w * 0.8, h, 8.0, hue);
                self.round(x + w * 0.08, foot - h - 0.012, w * 0.64, 0.05 / rows as f32, 3.0, scale(c, 0.8));
                self.shade(x + w * 0.56, foot - h, w * 0.24, h, 0.12);
                x += w * (1.05 + 0.5 * self.chance(i + 40));
            }
            self.rect(0.0, foot, 1.0, 0.09 / rows as f32, c);
            self.shade(0.01, foot + 0.09 / rows as f32, 0.98, 0.05 / rows as f32, 0.22);
        }
    }

    fn table(&mut self) {
        let c = self.c;
        self.floor_shadow();
        let (x, y, w, h) = (self.x, self.y, self.w, self.h);
        let leg = css(scale(c, 0.6));
        let _ = write!(
            self.out,
            "<path d='M{:.0} {:.0}h{:.0}l-{:.0} {h:.0}h-{:.0}Z M{:.0} {:.0}h{:.0}l{:.0} {h:.0}h-{:.0}Z' fill='{leg}'/>",
            x + w * 0.12,
            y + 12.0,
            w * 0.07,
            w * 0.02,
            w * 0.05,
            x + w * 0.81,
            y + 12.0,
            w * 0.07,
            w * 0.02,
            w * 0.05
        );
        self.round(0.0, 0.0, 1.0, 0.11, 9.0, c);
        self.round(0.0, 0.0, 1.0, 0.045, 6.0, mix(c, WHITE, 0.2));
    }

    fn desk(&mut self) {
        let c = self.c;
        self.floor_shadow();
        self.rect(0.04, 0.1, 0.06, 0.9, scale(c, 0.62));
        self.rect(0.60, 0.1, 0.36, 0.9, scale(c, 0.86));
        for i in 0..3 {
            let y = 0.14 + 0.27 * i as f32;
            self.round(0.63, y, 0.30, 0.23, 4.0, scale(c, 0.98));
            self.round(0.74, y + 0.09, 0.08, 0.03, 3.0, mix(c, rgb(0xffe0a0), 0.6));
        }
        self.shade(0.1, 0.1, 0.50, 0.09, 0.2);
        self.round(-0.02, 0.0, 1.04, 0.11, 5.0, mix(c, WHITE, 0.08));
        self.round(-0.02, 0.0, 1.04, 0.04, 4.0, mix(c, WHITE, 0.24));
    }

    fn counter(&mut self) {
        let c = self.c;
        self.floor_shadow();
        self.rect(0.0, 0.10, 1.0, 0.90, scale(c, 0.92));
        let doors = (self.w / 170.0).round().max(2.0) as i32;
        for i in 0..doors {
            let (x, w) = (i as f32 / doors as f32, 1.0 / doors as f32);
            self.round(x + w * 0.06, 0.20, w * 0.88, 0.68, 5.0, mix(c, WHITE, 0.10));
            self.round(x + w * 0.13, 0.27, w * 0.74, 0.54, 4.0, scale(c, 0.95));
            self.round(x + w * if i % 2 == 0 { 0.76 } else { 0.16 }, 0.48, w * 0.06, 0.10, 3.0, rgb(0xe8d090));
        }
        self.shade(0.0, 0.92, 1.0, 0.08, 0.35);
        self.shade(0.0, 0.10, 1.0, 0.05, 0.25);
        self.round(-0.01, 0.0, 1.02, 0.11, 5.0, rgb(0xc8a47c).map(|v| v * 0.95));
        self.round(-0.01, 0.0, 1.02, 0.04, 4.0, rgb(0xe8c8a0));
    }

    fn stove(&mut self) {
        let c = self.c;
        self.floor_shadow();
        self.round(0.0, 0.08, 1.0, 0.92, 8.0, c);
        self.shade(0.86, 0.08, 0.14, 0.92, 0.10);
        self.round(0.10, 0.34, 0.80, 0.50, 10.0, scale(c, 0.46));
        self.round(0.15, 0.40, 0.70, 0.36, 8.0, rgb(0x502c20));
        self.round(0.20, 0.62, 0.60, 0.10, 8.0, rgb(0xf08c3c));
        self.round(0.10, 0.28, 0.80, 0.035, 5.0, mix(c, WHITE, 0.5));
        for i in 0..4 {
            self.round(0.12 + 0.21 * i as f32, 0.14, 0.10, 0.09, 14.0, scale(c, 0.36));
        }
        self.round(-0.02, 0.0, 1.04, 0.10, 6.0, scale(c, 0.30));
        self.round(0.10, -0.015, 0.32, 0.035, 6.0, scale(c, 0.2));
        self.round(0.58, -0.015, 0.32, 0.035, 6.0, scale(c, 0.2));
    }

    fn cupboard(&mut self) {
        let c = self.c;
        self.shade(0.01, 1.0, 0.98, 0.06, 0.18);
        self.round(0.0, 0.0, 1.0, 1.0, 6.0, c);
        for i in 0..3 {
            let x = i as f32 / 3.0;
            self.round(x + 0.02, 0.06, 0.293, 0.88, 5.0, mix(c, WHITE, 0.12));
            self.round(x + 0.05, 0.14, 0.233, 0.72, 4.0, scale(c, 0.94));
            self.round(x + 0.27, 0.52, 0.02, 0.14, 3.0, rgb(0xe8d090));
        }
    }

    fn bed(&mut self) {
        let c = self.c;
        self.floor_shadow();
        let wood = rgb(0x8c5c3c);
        self.round(0.0, 0.0, 0.06, 1.0, 8.0, wood);
        self.round(0.94, 0.34, 0.06, 0.66, 8.0, wood);
        self.rect(0.03, 0.62, 0.94, 0.22, scale(wood, 0.86));
        self.round(0.05, 0.40, 0.90, 0.30, 26.0, rgb(0xf4eee4));
        self.round(0.07, 0.26, 0.22, 0.24, 30.0, rgb(0xfffbf4));
        self.round(0.28, 0.36, 0.67, 0.38, 26.0, c);
        self.round(0.28, 0.36, 0.67, 0.09, 22.0, mix(c, WHITE, 0.3));
        for i in 0..5 {
            self.round(0.34 + 0.12 * i as f32, 0.50, 0.055, 0.16, 8.0, mix(c, WHITE, 0.12));
        }
    }

    fn sofa(&mut self) {
        let c = self.c;
        self.floor_shadow();
        self.round(0.06, 0.0, 0.88, 0.72, 40.0, scale(c, 0.88));
        self.round(0.12, 0.42, 0.37, 0.34, 22.0, mix(c, WHITE, 0.10));
        self.round(0.51, 0.42, 0.37, 0.34, 22.0, mix(c, WHITE, 0.10));
        self.round(0.06, 0.66, 0.88, 0.26, 12.0, scale(c, 0.80));
        self.round(0.0, 0.30, 0.14, 0.62, 34.0, c);
        self.round(0.86, 0.30, 0.14, 0.62, 34.0, scale(c, 0.9));
        for x in [0.08, 0.88] {
            self.rect(x, 0.92, 0.04, 0.08, rgb(0x4c3020));
        }
    }

    fn frame(&mut self, p: &Palette) {
        let c = self.c;
        self.shade(0.03, 0.04, 1.0, 1.0, 0.18);
        self.round(0.0, 0.0, 1.0, 1.0, 4.0, c);
        self.rect(0.08, 0.07, 0.84, 0.86, rgb(0xf4ecdc));
        self.rect(0.16, 0.15, 0.68, 0.40, mix(p.sky[2], WHITE, 0.3));
        self.rect(0.16, 0.55, 0.68, 0.30, mix(p.far, rgb(0x7ca070), 0.6));
    }

    fn board(&mut self) {
        let c = self.c;
        self.shade(0.008, 0.02, 1.0, 1.0, 0.2);
        self.round(0.0, 0.0, 1.0, 1.0, 6.0, rgb(0x9c6c44));
        self.rect(0.022, 0.05, 0.956, 0.90, c);
        for (i, w) in [0.34, 0.26, 0.40].into_iter().enumerate() {
            self.round(0.08, 0.18 + 0.16 * i as f32, w, 0.018, 3.0, mix(c, WHITE, 0.45));
        }
        let (cx, cy, r) = (self.x + self.w * 0.74, self.y + self.h * 0.46, self.h * 0.22);
        let chalk = css(mix(c, WHITE, 0.5));
        let _ = write!(
            self.out,
            "<circle cx='{cx:.0}' cy='{cy:.0}' r='{r:.0}' fill='none' stroke='{chalk}' stroke-width='5'/><path d='M{cx:.0} {:.0}V{:.0}M{:.0} {cy:.0}H{:.0}' stroke='{chalk}' stroke-width='4'/>",
            cy - r,
            cy + r,
            cx - r,
            cx + r
        );
        self.round(0.10, 0.965, 0.80, 0.06, 3.0, rgb(0xb4845c));
    }

    fn rug(&mut self) {
        let c = self.c;
        let (cx, cy) = (self.x + self.w / 2.0, self.y + self.h / 2.0);
        let _ = write!(
            self.out,
            "<ellipse cx='{cx:.0}' cy='{cy:.0}' rx='{:.0}' ry='{:.0}' fill='{}'/><ellipse cx='{cx:.0}' cy='{cy:.0}' rx='{:.0}' ry='{:.0}' fill='none' stroke='{}' stroke-width='8'/><ellipse cx='{cx:.0}' cy='{cy:.0}' rx='{:.0}' ry='{:.0}' fill='{}'/>",
            self.w * 0.5,
            self.h * 0.5,
            css(scale(c, 0.84)),
            self.w * 0.455,
            self.h * 0.42,
            css(mix(c, rgb(0xffd890), 0.55)),
            self.w * 0.37,
            self.h * 0.32,
            css(c)
        );
    }

    fn pendant(&mut self, plot: &Plot, lit: bool) {
        let c = self.c;
        let top = plot.reach().0.min(self.y) - self.y;
        let (x, y, w, h) = (self.x, self.y, self.w, self.h);
        let cx = x + w / 2.0;
        let bulb = if lit { rgb(0xfff0c0) } else { rgb(0xf0e8d8) };
        let _ = write!(
            self.out,
            "<path d='M{cx:.0} {:.0}V{:.0}' stroke='#20181c' stroke-width='4'/><ellipse cx='{cx:.0}' cy='{:.0}' rx='{:.0}' ry='{:.0}' fill='{}'/><path d='M{:.0} {:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}Z' fill='{}'/>",
            y + top,
            y + h * 0.7,
            y + h,
            w * 0.16,
            h * 0.05,
            css(bulb),
            x,
            y + h,
            x + w * 0.05,
            y + h * 0.58,
            x + w * 0.95,
            y + h * 0.58,
            x + w,
            y + h,
            css(c)
        );
    }

    fn lamp(&mut self, lit: bool) {
        let (cx, y, h) = (self.x + self.w / 2.0, self.y, self.h);
        let c = css(self.c);
        let glass = css(if lit { rgb(0xfff0c4) } else { rgb(0xc8d0d4) });
        let _ = write!(
            self.out,
            "<path d='M{:.0} {:.0}L{:.0} {:.0}h8L{:.0} {:.0}Z M{:.0} {:.0}h44v-14h-44Z M{:.0} {:.0}h28v-8h-28Z' fill='{c}'/><path d='M{:.0} {:.0}h36l-8 52h-20Z' fill='{glass}'/><path d='M{:.0} {:.0}h48l-16 -20h-16Z M{:.0} {:.0}h24v8h-24Z' fill='{c}'/>",
            cx - 8.0,
            y + h,
            cx - 4.0,
            y + 64.0,
            cx + 8.0,
            y + h,
            cx - 22.0,
            y + h,
            cx - 14.0,
            y + h - 60.0,
            cx - 18.0,
            y + 12.0,
            cx - 24.0,
            y + 12.0,
            cx - 12.0,
            y + 62.0
        );
    }

    fn stall(&mut self) {
        let c = self.c;
        self.floor_shadow();
        for x in [0.04, 0.92] {
            self.rect(x, 0.12, 0.04, 0.88, rgb(0x7c5438));
        }
        self.rect(0.0, 0.60, 1.0, 0.40, rgb(0xa07048).map(|v| v * 0.9));
        self.rect(0.0, 0.60, 1.0, 0.05, rgb(0xc89464));
        let fruit = [rgb(0xd8543c), rgb(0xe8a03c), rgb(0x8cb048), rgb(0xc8506c)];
        for i in 0..14 {
            let hue = fruit[(i / 4) as usize % 4];
            let (cx, cy) = (self.x + self.w * (0.06 + 0.068 * i as f32), self.y + self.h * 0.585);
            let _ = write!(
                self.out,
                "<circle cx='{cx:.0}' cy='{cy:.0}' r='13' fill='{}'/>",
                css(scale(hue, 0.86 + 0.2 * self.chance(i)))
            );
        }
        for i in 0..8 {
            let (x, y, w, h) = (self.x - self.w * 0.03, self.y, self.w * 1.06 / 8.0, self.h * 0.20);
            let hue = if i % 2 == 0 { c } else { rgb(0xf8f0e0) };
            let fx = x + i as f32 * w;
            let _ = write!(
                self.out,
                "<path d='M{fx:.1} {y:.1}h{w:.1}v{h:.1}a{:.1} {:.1} 0 0 1 -{w:.1} 0Z' fill='{}'/>",
                w / 2.0,
                w / 2.0,
                css(hue)
            );
        }
        self.shade(-0.03, 0.0, 1.06, 0.03, 0.12);
    }

    fn fence(&mut self) {
        let c = self.c;
        let (x, y, w, h) = (self.x, self.y, self.w, self.h);
        self.rect(0.0, 0.30, 1.0, 0.09, scale(c, 0.88));
        self.rect(0.0, 0.66, 1.0, 0.09, scale(c, 0.88));
        let pitch = h * 0.42;
        let mut path = String::new();
        for i in 0..(w / pitch) as i32 {
            let px = x + i as f32 * pitch;
            let _ = write!(
                path,
                "M{px:.0} {:.0}V{:.0}L{:.0} {y:.0}L{:.0} {:.0}V{:.0}Z",
                y + h,
                y + h * 0.14,
                px + h * 0.09,
                px + h * 0.18,
                y + h * 0.14,
                y + h
            );
        }
        let _ = write!(self.out, "<path d='{path}' fill='{}'/>", css(c));
    }

    fn tools(&mut self) {
        let c = self.c;
        self.shade(0.01, 0.02, 1.0, 1.0, 0.18);
        self.round(0.0, 0.0, 1.0, 1.0, 5.0, c);
        let (iron, wood) = (rgb(0x9ca4ac), rgb(0xc89458));
        for i in 0..6 {
            let x = 0.07 + 0.155 * i as f32;
            let top = 0.16 + 0.06 * self.chance(i);
            self.round(x + 0.028, top + 0.2, 0.024, 0.48, 4.0, wood);
            match i % 3 {
                0 => self.round(x - 0.01, top, 0.10, 0.14, 4.0, iron),
                1 => self.round(x + 0.012, top - 0.04, 0.056, 0.30, 12.0, iron),
                _ => self.round(x, top + 0.02, 0.08, 0.22, 20.0, scale(iron, 0.8)),
            }
        }
    }

    fn glass(&mut self) {
        let c = self.c;
        for i in 0..6 {
            let cx = self.x + self.w * (0.1 + 0.16 * i as f32);
            let foot = self.y + self.h;
            let s = self.h * (0.55 + 0.4 * self.chance(i));
            let hue = css(mix(c, [rgb(0xf08cc0), rgb(0x6cb0f0), c][i as usize % 3], 0.7));
            let shape = if i % 2 == 0 {
                format!(
                    "M{:.0} {:.0}v{:.0}L{:.0} {foot:.0}H{:.0}L{:.0} {:.0}v-{:.0}Z",
                    cx - s * 0.09,
                    foot - s,
                    s * 0.4,
                    cx - s * 0.34,
                    cx + s * 0.34,
                    cx + s * 0.09,
                    foot - s * 0.6,
                    s * 0.4
                )
            } else {
                format!(
                    "M{:.0} {:.0}v{:.0}a{2:.0} {2:.0} 0 0 0 {3:.0} 0v-{2:.0}Z",
                    cx - s * 0.12,
                    foot - s * 0.82,
                    s * 0.7,
                    s * 0.24
                )
            };
            let _ = write!(
                self.out,
                "<path d='{shape}' fill='#eefaff' opacity='.55'/><clipPath id='q{i}'><rect x='{:.0}' y='{:.0}' width='{:.0}' height='{s:.0}'/></clipPath><path d='{shape}' fill='{hue}' clip-path='url(#q{i})' opacity='.85'/>",
                cx - s,
                foot - s * 0.34,
                s * 2.0
            );
        }
    }

    fn quay(&mut self) {
        let c = self.c;
        let (x, y, w, h) = (self.x, self.y, self.w, self.h);
        let planks = (w / 74.0) as i32;
        let _ = write!(self.out, "<rect x='{x:.0}' y='{y:.0}' width='{w:.0}' height='{h:.0}' fill='{}'/>", css(c));
        for i in 0..planks {
            let px = x + i as f32 * 74.0;
            let tone = scale(c, 0.86 + 0.2 * self.chance(i));
            let lean = (px + 37.0) * 0.45;
            let _ = write!(
                self.out,
                "<path d='M{px:.0} {y:.0}h71l{:.0} {h:.0}h-104Z' fill='{}'/>",
                lean * 0.6 + 16.0,
                css(tone)
            );
        }
        let _ = write!(
            self.out,
            "<rect x='{x:.0}' y='{y:.0}' width='{w:.0}' height='10' fill='{}'/>",
            css(mix(c, WHITE, 0.25))
        );
        // Bollards at the edge.
        for i in 0..(w / 620.0) as i32 {
            let bx = x + 300.0 + i as f32 * 620.0;
            let dark = css(scale(c, 0.42));
            let _ = write!(
                self.out,
                "<path d='M{:.0} {:.0}v-58h44v58Z' fill='{dark}'/><rect x='{:.0}' y='{:.0}' width='60' height='18' rx='8' fill='{dark}'/>",
                bx,
                y + 22.0,
                bx - 8.0,
                y - 48.0
            );
        }
    }
}
