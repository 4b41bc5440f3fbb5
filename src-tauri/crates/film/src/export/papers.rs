//! What a film is told by, beside its picture and sound: the documents that words and pages are made from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use story::{
    Angle, CameraMove, Cast, Framing, Line, LineId, Places, Scene, Script, Shot, ShotId, Speaker, Storyboard,
    TimeOfDay, Timeline,
};

/// The documents of a film. Scenes without a storyboard and shots without a picture may be among them.
#[derive(Debug, Clone)]
pub struct Papers {
    /// The script.
    pub script: Script,
    /// The cast.
    pub cast: Cast,
    /// The places; a scene without one is neither inside nor outside.
    pub places: Places,
    /// The storyboards.
    pub boards: Vec<Storyboard>,
    /// The film, laid out, when there is one: lengths and times are its own then.
    pub timeline: Option<Timeline>,
    /// The drawn frames, as PNG, JPEG or WebP files.
    pub pictures: BTreeMap<ShotId, PathBuf>,
    /// The one scene that is wanted, from 1; all of them otherwise.
    pub only: Option<u32>,
}

/// A shot with its place among the others, as people count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbered<'a> {
    /// The number of its scene, from 1.
    pub(crate) scene_number: usize,
    /// Its own number in the scene, from 1.
    pub(crate) number: usize,
    pub(crate) scene: &'a Scene,
    pub(crate) shot: &'a Shot,
    /// Where it starts in the film, in milliseconds; without a film, where the storyboard would put it.
    pub(crate) start_ms: u32,
    /// How long it is.
    pub(crate) length_ms: u32,
}

impl Papers {
    /// A scene by its number, from 1.
    pub fn of_scene(&self, number: u32) -> Option<&Scene> {
        self.script.scenes.get((number as usize).checked_sub(1)?)
    }

    /// The papers with one scene alone, which counts from 1; it keeps its number.
    #[must_use]
    pub fn only_scene(mut self, number: u32) -> Self {
        self.only = Some(number);
        self
    }

    /// The scenes that are wanted, with their numbers from 1.
    pub(crate) fn scenes(&self) -> impl Iterator<Item = (usize, &Scene)> {
        let only = self.only.map(|number| number as usize);
        let numbered = self.script.scenes.iter().enumerate().map(|(index, scene)| (index + 1, scene));
        numbered.filter(move |(number, _)| only.is_none_or(|only| only == *number))
    }

    /// A shot by its scene's number and its own, both from 1; without a scene it counts through the film.
    pub fn shot(&self, scene: Option<u32>, number: u32) -> Option<&Shot> {
        let mut shots = self.every().into_iter();
        let found = match scene {
            Some(scene) => shots.find(|s| s.scene_number == scene as usize && s.number == number as usize),
            None => shots.nth((number as usize).checked_sub(1)?),
        };
        found.map(|numbered| numbered.shot)
    }

    /// The shots that are wanted, in the order of the film.
    pub(crate) fn numbered(&self) -> Vec<Numbered<'_>> {
        let only = self.only.map(|number| number as usize);
        self.every().into_iter().filter(|shot| only.is_none_or(|only| only == shot.scene_number)).collect()
    }

    fn every(&self) -> Vec<Numbered<'_>> {
        let mut found = Vec::new();
        let mut at_ms = 0;
        for (index, scene) in self.script.scenes.iter().enumerate() {
            let board = self.boards.iter().find(|board| board.scene == scene.id);
            for (n, shot) in board.iter().flat_map(|board| &board.shots).enumerate() {
                let (start_ms, length_ms) = self.time_of(&shot.id).unwrap_or((at_ms, shot.duration_ms));
                at_ms = start_ms + length_ms;
                found.push(Numbered { scene_number: index + 1, number: n + 1, scene, shot, start_ms, length_ms });
            }
        }
        found
    }

    fn time_of(&self, shot: &ShotId) -> Option<(u32, u32)> {
        let timeline = self.timeline.as_ref()?;
        let timed = timeline.shots.iter().find(|timed| &timed.shot == shot)?;
        let start = timeline.ms_at(timed.start_frame);
        Some((start, timeline.ms_at(timed.start_frame + timed.frames) - start))
    }

    /// The lines that are heard over a shot, in the script's order.
    pub(crate) fn heard(&self, shot: &Shot) -> Vec<&Line> {
        self.script.lines().filter(|line| shot.lines.iter().any(|id: &LineId| *id == line.id)).collect()
    }

    /// Who says a line, as a script has it: the name, and whether they are heard without being seen.
    pub(crate) fn speaker(&self, line: &Line) -> (String, bool) {
        match &line.speaker {
            Speaker::Narrator => ("Narrator".to_owned(), true),
            Speaker::Cast(id) => match self.cast.get(id) {
                Some(member) => (member.name.clone(), !member.visible),
                None => {
                    let named = self.script.speaking.iter().find(|speaking| &speaking.id == id);
                    (named.map_or_else(|| "Somebody".to_owned(), |speaking| speaking.name.clone()), false)
                }
            },
        }
    }

    /// Where and when a scene is, as the head of a scene has it: "EXT. THE LIGHTHOUSE - DUSK".
    pub(crate) fn heading(&self, scene: &Scene) -> String {
        let inside = match self.places.of_scene(&scene.id).map(|place| place.kind.is_indoors()) {
            Some(true) => "INT.",
            Some(false) => "EXT.",
            None => "INT./EXT.",
        };
        let place = if scene.place.trim().is_empty() { &scene.title } else { &scene.place };
        format!("{inside} {} - {}", one_row(place).to_uppercase(), time_word(scene.time))
    }
}

/// Text on one row.
pub(crate) fn one_row(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn time_word(time: TimeOfDay) -> &'static str {
    match time {
        TimeOfDay::Dawn => "DAWN",
        TimeOfDay::Day => "DAY",
        TimeOfDay::Golden => "GOLDEN HOUR",
        TimeOfDay::Dusk => "DUSK",
        TimeOfDay::Night => "NIGHT",
    }
}

/// How much is seen, in words.
pub(crate) fn framing_word(framing: Framing) -> &'static str {
    match framing {
        Framing::Wide => "wide shot",
        Framing::Full => "full shot",
        Framing::Medium => "medium shot",
        Framing::CloseUp => "close-up",
        Framing::OverShoulder => "over the shoulder",
        Framing::Insert => "insert",
        Framing::Establishing => "establishing shot",
    }
}

/// From where it is seen, in words.
pub(crate) fn angle_word(angle: Angle) -> &'static str {
    match angle {
        Angle::Eye => "eye level",
        Angle::Low => "low angle",
        Angle::High => "high angle",
        Angle::BirdsEye => "from straight above",
    }
}

/// What the camera does, in words.
pub(crate) fn camera_word(camera: CameraMove) -> &'static str {
    match camera {
        CameraMove::Hold => "hold",
        CameraMove::PushIn => "push in",
        CameraMove::PullOut => "pull out",
        CameraMove::PanLeft => "pan left",
        CameraMove::PanRight => "pan right",
        CameraMove::TiltUp => "tilt up",
        CameraMove::TiltDown => "tilt down",
        CameraMove::Drift => "drift",
        CameraMove::Handheld => "handheld",
    }
}
