//! What is true of every figure: it stands on the ground, hangs together, is right SVG, and is the same every time.

use resvg::usvg;
use story::{Age, CastId, Character, Facing, Features, Gender, Mood, Nature, Pose, Seed};

use crate::art::pack::{document, measure, raster};
use crate::art::{Figure, FigureOrder, Rect, View, figure, portrait};

fn character(noun: &str, nature: Nature, age: Age, gender: Gender, words: [&str; 3]) -> Character {
    let [hair, clothes, profession] = words.map(str::to_owned);
    Character {
        id: CastId::try_from("ca_one".to_owned()).unwrap(),
        name: format!("The {noun}"),
        drawn_as: None,
        aliases: vec![],
        noun: noun.into(),
        nature,
        visible: true,
        features: Features { age, gender, skin: 3, hair, clothes, colour: String::new(), profession },
    }
}

fn cast() -> Vec<Character> {
    use Age::{Adult, Child, Old};
    use Gender::{Female, Male, Neutral};
    use Nature::{Animal, Bird, Creature, Human, Robot, SeaAnimal, Thing};
    vec![
        character("keeper", Human, Old, Male, ["white beard", "dark coat", "lighthouse keeper"]),
        character("girl", Human, Child, Female, ["", "yellow raincoat, red boots", ""]),
        character("detective", Human, Adult, Neutral, ["", "", "detective"]),
        character("astronaut", Human, Adult, Female, ["", "", "astronaut"]),
        character("fox", Animal, Adult, Neutral, ["", "blue coat, red scarf", ""]),
        character("bear", Animal, Adult, Neutral, ["", "", ""]),
        character("horse", Animal, Adult, Neutral, ["white", "", ""]),
        character("whale", SeaAnimal, Adult, Neutral, ["white", "", ""]),
        character("raven", Bird, Adult, Neutral, ["", "", ""]),
        character("robot", Robot, Adult, Neutral, ["", "", ""]),
        character("unicorn", Creature, Adult, Neutral, ["", "", ""]),
        character("grolm", Creature, Adult, Neutral, ["", "", ""]),
        character("dingo", Animal, Adult, Neutral, ["", "", ""]),
        character("<b>&\"'", Human, Adult, Neutral, ["<i>", "</svg>", "&amp;"]),
        character("ship", Thing, Adult, Neutral, ["", "", ""]),
    ]
}

fn drawn(figure: &Figure) -> String {
    figure.parts.iter().map(|p| p.svg.as_str()).collect()
}

fn order(character: &Character, pose: Pose, facing: Facing, holding: Option<&'static str>) -> Figure {
    figure(&FigureOrder { character, pose, facing, holding, mood: Mood::default(), seed: Seed::new(4) })
}

/// What a figure really covers.
fn ink(figure: &Figure) -> Rect {
    let side = figure.width.max(figure.height) * 1.3;
    let around = Rect { x: -side / 2.0, y: -side * 0.9, w: side, h: side };
    let small = raster(&drawn(figure), around, 280, 280).expect("the figure is SVG");
    measure(&small, around)
}

#[test]
fn every_figure_is_svg_and_stands_on_the_ground() {
    for character in cast() {
        for (i, pose) in Pose::ALL.iter().enumerate() {
            let facing = Facing::ALL[i % Facing::ALL.len()];
            let figure = order(&character, *pose, facing, None);
            let what = format!("{} {pose:?} {facing:?}", character.noun);
            let view = Rect { x: -100.0, y: -100.0, w: 200.0, h: 200.0 };
            for part in &figure.parts {
                assert!(
                    usvg::Tree::from_str(&document(&part.svg, view, 64, 64), &usvg::Options::default()).is_ok(),
                    "{what}"
                );
            }
            let ink = ink(&figure);
            let low = ink.y + ink.h;
            // A light of its own floats; all else touches the ground.
            let floats = character.noun == "dingo";
            assert!(
                low < figure.height * 0.03 && (floats || low > -figure.height * 0.03),
                "{what}: lowest point {low}"
            );
            assert!(figure.height > 5.0 && figure.width > 5.0, "{what}");
        }
    }
}

#[test]
fn bounds_cover_what_is_drawn() {
    for character in cast() {
        for facing in [Facing::Left, Facing::Away] {
            let figure = order(&character, Pose::Walk, facing, Some("lantern"));
            let all =
                figure.parts.iter().map(|p| p.bounds).reduce(Rect::union).expect("parts").grown(figure.height * 0.01);
            let ink = ink(&figure);
            assert!(ink.x >= all.x && ink.y >= all.y, "{} {facing:?}: {ink:?} in {all:?}", character.noun);
            assert!(
                ink.x + ink.w <= all.x + all.w && ink.y + ink.h <= all.y + all.h,
                "{}: {ink:?} in {all:?}",
                character.noun
            );
        }
    }
}

#[test]
fn the_same_order_gives_the_same_figure_and_the_seed_only_moves_it() {
    for character in cast() {
        let make = |seed| {
            figure(&FigureOrder {
                character: &character,
                pose: Pose::Walk,
                facing: Facing::Right,
                holding: Some("key"),
                mood: Mood::default(),
                seed: Seed::new(seed),
            })
        };
        assert_eq!(make(1), make(1));
        assert_eq!(drawn(&make(1)), drawn(&make(2)), "{}", character.noun);
    }
}

#[test]
fn heights_follow_age_and_kind() {
    let height = |noun: &str| {
        let character = cast().into_iter().find(|c| c.noun == noun).expect("in the cast");
        let ink = ink(&order(&character, Pose::Stand, Facing::Camera, None));
        ink.h
    };
    assert!((90.0..112.0).contains(&height("detective")), "{}", height("detective"));
    assert!((56.0..68.0).contains(&height("girl")), "{}", height("girl"));
    assert!((45.0..60.0).contains(&height("fox")), "{}", height("fox"));
    assert!(height("whale") > 180.0 && height("raven") < 30.0, "{} {}", height("whale"), height("raven"));
}

#[test]
fn a_held_lantern_is_at_the_hand_and_shines() {
    for character in
        cast().iter().filter(|c| c.nature != Nature::Thing && !["grolm", "dingo"].contains(&c.noun.as_str()))
    {
        let with = order(character, Pose::Hold, Facing::Right, Some("lantern"));
        let light = with.light.expect("the lantern shines");
        assert!(light.0 > 0.0 && light.1 < 0.0, "{}: {light:?}", character.noun);
        let mirrored = order(character, Pose::Hold, Facing::Left, Some("lantern"));
        assert!(mirrored.light.expect("shines").0 < 0.0, "{}", character.noun);
        let without = order(character, Pose::Hold, Facing::Right, Some("freedom"));
        assert!(without.parts.len() < with.parts.len(), "{}", character.noun);
    }
}

#[test]
fn limbs_stay_joined_while_they_move() {
    let cast = cast();
    let figure = order(&cast[0], Pose::Run, Facing::Left, None);
    let apply = |m: [f32; 6], (x, y): (f32, f32)| (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]);
    let mut carried = 0;
    for (i, part) in figure.parts.iter().enumerate() {
        let Some(parent) = part.parent else { continue };
        carried += 1;
        for tenth in 0..20 {
            let t = tenth as f32 / 10.0;
            let (own, its) = (apply(figure.matrix(i, t), part.pivot), apply(figure.matrix(parent, t), part.pivot));
            assert!((own.0 - its.0).abs() < 0.01 && (own.1 - its.1).abs() < 0.01, "part {i} leaves its joint");
        }
        assert_eq!(figure.matrix(i, 0.0).map(|v| (v * 1000.0).round() / 1000.0 + 0.0), [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    }
    assert!(carried >= 7, "arms, shins and the head are carried: {carried}");
}

#[test]
fn feet_stay_on_the_ground_while_they_walk() {
    for character in cast().iter().take(6) {
        for pose in [Pose::Walk, Pose::Run] {
            let figure = order(character, pose, Facing::Right, None);
            for tenth in 0..12 {
                let t = tenth as f32 / 10.0;
                let moved = figure.parts.iter().enumerate().map(|(i, p)| {
                    let [a, b, c, d, e, f] = figure.matrix(i, t);
                    format!("<g transform='matrix({a} {b} {c} {d} {e} {f})'>{}</g>", p.svg)
                });
                let ink = ink(&Figure {
                    parts: vec![super::Part { svg: moved.collect(), ..figure.parts[0].clone() }],
                    ..figure.clone()
                });
                let low = (ink.y + ink.h) / figure.height;
                assert!((-0.09..0.035).contains(&low), "{} {pose:?} at {t}: {low}", character.noun);
            }
        }
    }
}

#[test]
fn portraits_show_three_sides() {
    let keeper = &cast()[0];
    let [front, side, back] = [View::Front, View::Side, View::Back].map(|v| drawn(&portrait(keeper, v)));
    assert!(front != side && side != back && back != front);
}
