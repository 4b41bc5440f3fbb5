//! The shot list as CSV (RFC 4180), for a spreadsheet.

use story::SubjectOf;

use super::Papers;
use super::papers::{angle_word, camera_word, framing_word, one_row};
use crate::FilmError;

const HEAD: [&str; 14] = [
    "scene",
    "shot",
    "scene title",
    "place",
    "start",
    "end",
    "seconds",
    "framing",
    "angle",
    "camera",
    "action",
    "who",
    "line",
    "id",
];

/// The shots in order, one a row under a row of names. Times are those of the film where there is one.
pub fn shot_list(papers: &Papers) -> Result<Vec<u8>, FilmError> {
    let broken = |e: &dyn std::fmt::Display| FilmError::Draw { detail: format!("the shot list: {e}") };
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD).map_err(|e| broken(&e))?;
    for shot in papers.numbered() {
        let who = shot.shot.subjects.iter().map(|subject| match &subject.of {
            SubjectOf::Cast(id) => papers.cast.get(id).map_or("", |member| member.name.as_str()),
            SubjectOf::Prop(noun) => noun,
        });
        let who: Vec<&str> = who.filter(|name| !name.is_empty()).collect();
        let heard: Vec<&str> = papers.heard(shot.shot).into_iter().map(|line| line.text.as_str()).collect();
        let row = [
            shot.scene_number.to_string(),
            shot.number.to_string(),
            cell(&shot.scene.title),
            cell(&shot.scene.place),
            clock(shot.start_ms),
            clock(shot.start_ms + shot.length_ms),
            format!("{:.2}", f64::from(shot.length_ms) / 1000.0),
            framing_word(shot.shot.framing).to_owned(),
            angle_word(shot.shot.angle).to_owned(),
            camera_word(shot.shot.camera).to_owned(),
            cell(&shot.shot.action),
            cell(&who.join(", ")),
            cell(&heard.join(" ")),
            shot.shot.id.to_string(),
        ];
        table.write_record(&row).map_err(|e| broken(&e))?;
    }
    table.into_inner().map_err(|e| broken(&e))
}

/// A text as a cell. What begins like a formula would be worked out by a spreadsheet, so it gets a quote before it.
fn cell(text: &str) -> String {
    let text = one_row(text);
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

fn clock(ms: u32) -> String {
    let s = ms / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", s / 3600, s / 60 % 60, s % 60, ms % 1000)
}
