//! The documents of a small film, for tests of what is taken out.

use std::collections::BTreeMap;
use std::path::Path;

use film::export::Papers;
use story::{
    Angle, CameraMove, Cast, Character, Features, Framing, Kind, Line, Minter, Mood, Nature, Place, PlaceKind, Places,
    Scene, Script, Seed, Shot, Speaker, Storyboard, TimeOfDay, Weather,
};

/// A scene as it is told: title, what happens, and who says what ("" is the narrator).
pub(crate) type Told<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// The papers of a film; every scene has two shots, its lines are heard over the second.
pub(crate) fn papers(title: &str, scenes: &[Told<'_>]) -> Papers {
    let mut ids = Minter::new(Seed::new(11));
    let mut cast = Cast::default();
    let mut places = Places::default();
    let mut told = Vec::new();
    let mut boards = Vec::new();
    for (number, (name, summary, lines)) in scenes.iter().enumerate() {
        let (scene, place) = (ids.scene(), ids.place());
        let kind = if number % 2 == 0 { PlaceKind::Coast } else { PlaceKind::Kitchen };
        places.all.push(Place {
            id: place.clone(),
            variant_of: None,
            name: format!("the {}", kind.as_str()),
            kind,
            time: TimeOfDay::Dusk,
            weather: Weather::Clear,
            props: Vec::new(),
        });
        places.of_scene.insert(scene.clone(), place.clone());
        let mut said = Vec::new();
        for (who, text) in *lines {
            let speaker = if who.is_empty() {
                Speaker::Narrator
            } else {
                let known = cast.members.iter().find(|member| member.name == *who).map(|member| member.id.clone());
                Speaker::Cast(known.unwrap_or_else(|| {
                    let id = ids.cast();
                    cast.members.push(Character {
                        id: id.clone(),
                        name: (*who).to_owned(),
                        drawn_as: None,
                        aliases: Vec::new(),
                        noun: "person".to_owned(),
                        nature: Nature::Human,
                        visible: true,
                        features: Features::default(),
                    });
                    id
                }))
            };
            said.push(Line { id: ids.line(), speaker, text: (*text).to_owned() });
        }
        let shot = |ids: &mut Minter, framing, lines: Vec<_>| Shot {
            id: ids.shot(),
            scene: scene.clone(),
            place: place.clone(),
            framing,
            angle: Angle::Low,
            camera: CameraMove::PushIn,
            action: format!("{name}: {summary}"),
            subjects: Vec::new(),
            mood: Mood::default(),
            lines,
            duration_ms: 2500,
        };
        let heard = said.iter().map(|line| line.id.clone()).collect();
        let shots = vec![shot(&mut ids, Framing::Wide, Vec::new()), shot(&mut ids, Framing::CloseUp, heard)];
        boards.push(Storyboard { scene: scene.clone(), shots });
        told.push(Scene {
            id: scene,
            title: (*name).to_owned(),
            summary: (*summary).to_owned(),
            place: format!("the {}", kind.as_str()),
            time: TimeOfDay::Dusk,
            weather: Weather::Clear,
            mood: Mood::default(),
            who: Vec::new(),
            props: Vec::new(),
            lines: said,
            drafted: None,
            duration_ms: 5000,
        });
    }
    let script = Script {
        title: title.to_owned(),
        logline: "Somebody keeps a light, and somebody comes to it.".to_owned(),
        kind: Kind::Tale,
        ending: String::new(),
        speaking: Vec::new(),
        scenes: told,
    };
    Papers { script, cast, places, boards, timeline: None, pictures: BTreeMap::new(), only: None }
}

/// A film with speech, narration, other scripts and text that looks like marks.
pub(crate) fn lighthouse() -> Papers {
    papers(
        "The Keeper of the Lamp",
        &[
            (
                "The rock, dusk",
                "The keeper climbs the stairs with a lantern.",
                &[
                    ("", "Every night he climbs the stairs."),
                    ("", "Nobody on the mainland knows why."),
                    ("The keeper", "Who is out there?"),
                ],
            ),
            (
                "In the kitchen",
                "INT. is how this begins, and it is no heading.",
                &[
                    ("Zoë", "=SUM(A1) *costs* _nothing_ [[really]] /* no */"),
                    ("灯台守", "誰もいない海に、白い鯨がいた。"),
                    ("The keeper", "(quietly)"),
                ],
            ),
            ("THE END", "CUT TO:", &[("", "~la la~")]),
        ],
    )
}

/// Draws a plain picture for every shot.
pub(crate) fn draw(papers: &mut Papers, folder: &Path, (width, height): (u32, u32)) {
    let shots: Vec<_> = papers.boards.iter().flat_map(|board| &board.shots).map(|shot| shot.id.clone()).collect();
    for (number, shot) in shots.into_iter().enumerate() {
        let path = folder.join(format!("{number}.png"));
        let mut picture = tiny_skia::Pixmap::new(width, height).unwrap();
        let shade = 40 + (number * 30) as u8;
        picture.fill(tiny_skia::Color::from_rgba8(200, shade, 90, 255));
        picture.save_png(&path).unwrap();
        papers.pictures.insert(shot, path);
    }
}
