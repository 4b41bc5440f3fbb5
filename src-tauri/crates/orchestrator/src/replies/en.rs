//! English.

use super::Reply;

pub(super) const IDEAS: [&str; 3] = [
    "a hedgehog who is afraid of the dark",
    "a rainy night in a city of neon",
    "an old clockmaker who repairs the moon",
];

pub(super) const SURPRISES: [&str; 6] = [
    "a hedgehog who is afraid of the dark",
    "an old clockmaker who repairs the moon",
    "a robot who waters the last garden",
    "a fox who carries a lantern through the winter forest",
    "a fisherman who finds a letter from the sea",
    "a small dragon who wants to be a baker",
];

pub(super) fn say(reply: &Reply) -> String {
    match reply {
        Reply::Understood => "Here is what I understood. Change anything, or start.".to_owned(),
        Reply::Changed => "Changed. Here is the new plan.".to_owned(),
        Reply::WhatAbout => "What should the film be about?".to_owned(),
        Reply::SurpriseMe => "Surprise me".to_owned(),
        Reply::FilmReady { title, seconds } => format!("“{title}” is ready: {seconds} seconds."),
        Reply::RunFailed => "The film could not be finished. What was made is kept; you can try again.".to_owned(),
        Reply::Hello => "Hello! Tell me what your film should be about, and I will show you a plan.".to_owned(),
        Reply::Guide => "I turn an idea into an illustrated, narrated, scored film on this machine: no key, no network, no price. Say what it is about and, if you like, its length, style (watercolor, noir, pixel, paper cut…), mood and shape (16:9, 9:16, 1:1). I show you what I understood and a plan; press Start and watch it being made. Then play it, save it, or ask for another version.".to_owned(),
        Reply::CannotChangeYet => "I cannot make that change by words yet. What I can change: subject, length, style, mood, shape, language, voice and captions. Click a chip of the brief, or say for example “make it 60 seconds” or “in watercolor”.".to_owned(),
        Reply::NothingYet => "There is nothing to change yet. Tell me what your film should be about.".to_owned(),
        Reply::HowToSave => "Press Export, or “Save film as…” under the film: the subtitles are saved beside it. I cannot do it from the chat yet.".to_owned(),
        Reply::Facts { title, seconds, scenes, shots } => format!("“{title}”: {seconds} seconds, {scenes} scenes, {shots} shots. The storyboard and the film are on the right."),
        Reply::OnlyPlan => "There is a plan, and no film yet. Press Start to make it.".to_owned(),
        Reply::AlreadyMaking => "The film is being made right now. You can stop it on the progress card.".to_owned(),
        Reply::NoFfmpeg => "ffmpeg is missing on this machine, and without it no film can be put together. Install it (on Debian: sudo apt install ffmpeg) and start again; your brief is kept.".to_owned(),
    }
}
