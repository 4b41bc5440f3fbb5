//! Whoever is in a film stays who they are: looks are compared on the drawn pictures, cropped to head and to clothes.

use story::{
    Age, Character, Facing, Features, Framing, Gender, Minter, Mood, Nature, PlaceKind, Pose, Seed, Shot, Size,
    Subject, SubjectOf,
};

use super::scene::{Drawable, STAGE};
use super::tests::Stage;
use super::{compose, png};
use crate::art::{self, FigureOrder, Rect};

const SIZE: Size = Size { width: 640, height: 360 };
const SHOTS: usize = 20;

fn somebody(minter: &mut Minter, noun: &str, nature: Nature, features: Features) -> Character {
    Character {
        id: minter.cast(),
        name: noun.into(),
        drawn_as: None,
        aliases: vec![],
        noun: noun.into(),
        nature,
        visible: true,
        features,
    }
}

fn cast() -> Vec<Character> {
    let mut minter = Minter::new(Seed::new(3));
    let words = |gender, age, skin, hair: &str, clothes: &str| Features {
        age,
        gender,
        skin,
        hair: hair.into(),
        clothes: clothes.into(),
        ..Features::default()
    };
    let keeper = words(Gender::Male, Age::Old, 1, "white beard", "blue coat, red scarf");
    let girl = words(Gender::Female, Age::Child, 3, "black hair", "yellow dress");
    let doctor = words(Gender::Female, Age::Adult, 4, "grey hair", "green coat");
    let boy = words(Gender::Male, Age::Child, 0, "red hair", "purple sweater");
    vec![
        somebody(&mut minter, "fisherman", Nature::Human, keeper),
        somebody(&mut minter, "girl", Nature::Human, girl),
        somebody(&mut minter, "doctor", Nature::Human, doctor),
        somebody(&mut minter, "boy", Nature::Human, boy),
    ]
}

/// One shot of somebody: how it is staged, and what is drawn of the head and of the clothes.
struct Seen {
    shot: Shot,
    head: Vec<[u8; 4]>,
    clothes: Vec<[u8; 4]>,
}

/// Shots that differ in framing, pose, mood and facing.
fn shots(who: &Character) -> Vec<Seen> {
    let mut minter = Minter::new(Seed::new(9));
    let framings = [Framing::Full, Framing::Medium, Framing::Wide, Framing::CloseUp];
    let poses = [Pose::Stand, Pose::Walk, Pose::Point, Pose::Talk, Pose::Run];
    let facings = [Facing::Right, Facing::Left, Facing::Camera];
    let of = |n: usize, minter: &mut Minter| {
        let plain = Stage::new(PlaceKind::Meadow, framings[n % framings.len()], 0);
        let subject = Subject {
            of: SubjectOf::Cast(who.id.clone()),
            pose: poses[n % poses.len()],
            facing: facings[n % facings.len()],
            holding: String::new(),
        };
        let mood = Mood::ALL[n % Mood::ALL.len()];
        let shot = Shot { id: minter.shot(), subjects: vec![subject], mood, ..plain.shot.clone() };
        see(Stage { shot, cast: vec![who.clone()], ..plain })
    };
    (0..SHOTS).map(|n| of(n, &mut minter)).collect()
}

fn see(stage: Stage) -> Seen {
    let scene = compose::compose(&stage.purpose(), &stage.look, SIZE, stage.seed, 0);
    let pixels = png::decode(&stage.draw(SIZE).png).unwrap().1;
    let (layer, order, (x, y), unit) = scene
        .layers
        .iter()
        .find_map(|layer| match &layer.drawable {
            Drawable::Figure { character, pose, facing, mood, x, y, unit, .. } => {
                let (pose, facing, mood, seed) = (*pose, *facing, *mood, layer.seed);
                let order = FigureOrder { character, pose, facing, holding: None, mood, seed };
                Some((layer, order, (*x, *y), *unit))
            }
            _ => None,
        })
        .expect("somebody is there");
    let face = art::figure(&order).face;
    let projection = scene.view.project(layer.depth);
    let (feet, unit) = (projection.apply(x, y), unit * projection.scale);
    let k = SIZE.height as f32 / STAGE;
    let crop = |of: Rect| {
        let at = |v: f32, most: u32| (v * k).clamp(0.0, most as f32) as usize;
        let (left, right) =
            (feet.0 + of.x * unit + scene.width / 2.0, feet.0 + (of.x + of.w) * unit + scene.width / 2.0);
        let (top, bottom) = (feet.1 + of.y * unit, feet.1 + (of.y + of.h) * unit);
        let (left, right) = (at(left, SIZE.width), at(right, SIZE.width));
        let rows = at(top, SIZE.height)..at(bottom, SIZE.height);
        rows.flat_map(|row| pixels[row * SIZE.width as usize..][left..right].iter().copied()).collect::<Vec<_>>()
    };
    // The middle of the face, and of the breast below it, where nothing of the place shows.
    let head = Rect { x: face.x + face.w * 0.15, y: face.y, w: face.w * 0.7, h: face.h };
    let breast = Rect { x: face.x + face.w * 0.3, y: face.y + face.h + 3.0, w: face.w * 0.4, h: 14.0 };
    Seen { head: crop(head), clothes: crop(breast), shot: stage.shot }
}

/// The share of each of 216 colours.
fn colours(pixels: &[[u8; 4]]) -> Vec<f64> {
    let mut shares = vec![0.0; 216];
    for p in pixels {
        let level = |c: u8| usize::from(c) * 6 / 256;
        shares[level(p[0]) * 36 + level(p[1]) * 6 + level(p[2])] += 1.0 / pixels.len() as f64;
    }
    shares
}

/// How much of two distributions of colour is the same, 0 to 1.
fn alike(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.min(*b)).sum()
}

fn mean(all: &[Vec<f64>]) -> Vec<f64> {
    (0..216).map(|at| all.iter().map(|one| one[at]).sum::<f64>() / all.len() as f64).collect()
}

#[test]
fn somebody_in_twenty_shots_stays_who_they_are() {
    let cast = cast();
    let seen: Vec<Vec<Seen>> = cast.iter().map(shots).collect();
    for crop in [|seen: &Seen| colours(&seen.head), |seen: &Seen| colours(&seen.clothes)] {
        // Nothing of somebody's breast is in a close-up.
        let looks: Vec<Vec<Vec<f64>>> = seen
            .iter()
            .map(|all| all.iter().map(crop).filter(|shares| shares.iter().sum::<f64>() > 0.5).collect())
            .collect();
        let usual: Vec<Vec<f64>> = looks.iter().map(|all| mean(all)).collect();
        for (who, all) in looks.iter().enumerate() {
            assert!(all.len() >= SHOTS / 2, "{}: {} crops", cast[who].noun, all.len());
            for (shot, look) in all.iter().enumerate() {
                let own = alike(look, &usual[who]);
                let other = (0..cast.len()).filter(|o| *o != who).map(|o| alike(look, &usual[o])).fold(0.0, f64::max);
                assert!(
                    own > 0.5 && own > other + 0.25,
                    "{} in shot {shot}: own {own:.2}, other {other:.2}",
                    cast[who].noun
                );
            }
        }
    }
    for all in &seen {
        let drawn: Vec<_> = all.iter().filter(|one| one.shot.framing == Framing::Medium).collect();
        assert!(drawn.windows(2).all(|pair| pair[0].head != pair[1].head), "pose, mood and facing are drawn");
    }
}
