//! English.

use story::Language;

use super::{Reply, Thing, cap, in_all, listed, money, numbered, price, thing, together};

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
        Reply::ShallItBeAFilm => "I make films rather than answers: shall I make one of this? Say “yes”.".to_owned(),
        Reply::MakeAFilm { what } => format!("Make a film: {what}"),
        Reply::SurpriseMe => "Surprise me".to_owned(),
        Reply::FilmReady { title, seconds } => format!("“{title}” is ready: {seconds} seconds."),
        Reply::RunFailed => "The film could not be finished. What was made is kept; you can try again.".to_owned(),
        Reply::CannotChangeYet => "I cannot make that change by words yet. What I can change: subject, length, style, mood, shape, language, voice and captions. Click a chip of the brief, or say for example “make it 60 seconds” or “in watercolor”.".to_owned(),
        Reply::NothingYet => "There is nothing to change yet. Tell me what your film should be about.".to_owned(),
        Reply::HowToSave => "Say what you want: “export the script as PDF”, “give me the subtitles”, “the film in 1080p without captions”, “export the project”. Or open the Export menu at the top.".to_owned(),
        Reply::SaveIt { file, refused } => together(&[
            format!("Here it is as {file}. Choose where to save it."),
            refused.as_ref().map(|not| format!("I cannot write {not} yet.")).unwrap_or_default(),
        ]),
        Reply::Facts { title, seconds, scenes, shots } => format!("“{title}”: {seconds} seconds, {scenes} scenes, {shots} shots. The storyboard and the film are on the right."),
        Reply::OnlyPlan => "There is a plan, and no film yet. Press Start to make it.".to_owned(),
        Reply::AlreadyMaking => "The film is being made right now. You can stop it on the progress card.".to_owned(),
        Reply::NoFfmpeg => "ffmpeg is missing on this machine, and without it no film can be put together. Install it (on Debian: sudo apt install ffmpeg) and start again; your brief is kept.".to_owned(),
        Reply::AnIdea => "You did not say what it is about, so here is an idea. Change it, or start.".to_owned(),
        Reply::Words(text) => text.clone(),
        Reply::FirstBrief => "The first brief".to_owned(),
        Reply::Undone { what } => format!("Taken back: {what}. Say “redo” to have it again."),
        Reply::Redone { what } => format!("Made again: {what}."),
        Reply::WentTo { number, what } => format!("Back at step {number}: {what}. Nothing after it is lost."),
        Reply::NothingToUndo => "There is nothing to take back.".to_owned(),
        Reply::NothingToRedo => "There is nothing to make again.".to_owned(),
        Reply::Proposed { what, items, price: cost, seconds, locked, conflicts } => together(&[
            if what.is_empty() { String::new() } else { format!("{what}.") },
            if what.is_empty() { String::new() } else {
                match (*items, price(*cost)) {
                    (n, cost) if n == 0 || cost.is_empty() => again(n, *seconds),
                    (1, cost) => format!("That makes one thing again, in about {seconds} s, for {cost}."),
                    (n, cost) => format!("That makes {n} things again, in about {seconds} s, for {cost}."),
                }
            },
            if *locked > 0 { format!("{locked} are locked by you and stay as they are unless you release them.") } else { String::new() },
            conflicts.join(" "),
            if what.is_empty() { String::new() } else { "Say “ok” to apply it, “no” to drop it, or “yes, but …”.".to_owned() },
        ]),
        Reply::MadeAtOnce { what, items, seconds } => together(&[format!("{what}."), again(*items, *seconds), "Say “undo” to take it back.".to_owned()]),
        Reply::Dropped => "Dropped. Nothing was changed.".to_owned(),
        Reply::FindsNothing { what } => format!("“{what}” finds nothing to change in the film as it is now."),
        Reply::FilmMisses { missing, hint } => together(&[
            if missing.is_empty() { "Something could not be made.".to_owned() } else { format!("The film was cut without: {}.", listed(missing, Language::En)) },
            hint.clone(),
            "What was made is kept. Press Retry, or say “retry”, to make only what is missing.".to_owned(),
        ]),
        Reply::WaitsForReview { stop } => format!("The {stop} is ready for you to look at. Approve it to go on."),
        Reply::WaitsForMoney { over } => format!("The next call may cost {}, and would pass the cap of {} for {}: {} are spent or reserved. Raise the cap to go on, or cut with what there is.", money(over.wanted), money(over.limit), cap(over.cap, ["this run", "this project", "today"]), money(over.spent)),
        Reply::WaitsForUnknown { may_cost } => together(&[
            "A call was cut off, and nobody knows whether it was done.".to_owned(),
            may_cost.map_or_else(|| "What it cost is not known.".to_owned(), |m| format!("It may have cost {}.", money(m))),
            "It is sent again only if you say so; it may then cost twice.".to_owned(),
        ]),
        Reply::NextEpisode { number, of } => format!("That was one of {of}. Say “start episode {number}” to make the next."),
        Reply::Series { theme, episodes, cast } => format!("A series about {theme}:\n{}\n{}\nEach is a film of its own, with the same cast. Change any of them (“make episode 2 longer”); Start makes episode 1, and “start episode 2” the next.", numbered(episodes), in_all(cast, |names| format!("In all of them: {names}."), "The narrator tells all of them.")),
        Reply::TakeApproved { thing: of } => format!("{} approved", thing(of, Language::En)),
        Reply::TakeChosen { thing: of } => format!("{}: another take chosen", thing(of, Language::En)),
        Reply::TakeReleased { thing: of } => format!("{} released", thing(of, Language::En)),
        Reply::NoSuch { thing: of @ Thing::Episode(_), count } => format!("{} is not there: the series has {count}.", thing(of, Language::En)),
        Reply::NoSuch { thing: of, count } => format!("{} is not there: the film has {count}.", thing(of, Language::En)),
        Reply::NotWritten => "The script is not written yet, so there are no scenes and shots to change. What can be changed now: subject, length, style, mood, shape, language, voice and captions. Start the film, and then say it again.".to_owned(),
        Reply::CannotYet { what } => format!("I cannot change that yet: {what}. What I can: style, length, mood, shape, language, captions, voice and music; light, time of day and weather of scenes; lines, characters, scenes and shots (add, remove, move, make again)."),
        Reply::WhoIsMeant => "Who do you mean?".to_owned(),
        Reply::TakenFor { name } => format!("I take it that you mean {name}. If not, say “no, I meant …”."),
        Reply::ModelSilent { why } => format!("(This is the built-in guide: the language model did not answer, {why}.)"),
        Reply::ShortAlready { thing: of, text } => format!("{} is too short to be cut by itself: “{text}” Say what it should be instead: “change it to “…””.", thing(of, Language::En)),
        Reply::SeriesOf { theme, count } => format!("A series of {count}: {theme}"),
        Reply::Stopping => "Stopping. What was made is kept.".to_owned(),
        Reply::Holding => "Paused: nothing new starts. Say “go on” to continue.".to_owned(),
        Reply::GoingOn => "Going on.".to_owned(),
        Reply::NothingRuns => "Nothing is being made right now.".to_owned(),
        Reply::Price { plan, spent } => together(&[
            match plan.map(|p| (p, price(p))) {
                Some((_, cost)) if cost.is_empty() => "This film costs nothing: it is made on this machine.".to_owned(),
                Some((_, cost)) => format!("This film will cost {cost}; you see it on the plan before anything is sent."),
                None => "With the built-in studio a film costs nothing. With models of your own you see the price on the plan before anything is sent.".to_owned(),
            },
            format!("Spent in this project so far: {}.", money(*spent)),
        ]),
        Reply::Files { home } => format!("Everything is on your own disk, in {home}: projects, pictures, clips and films. To take a film out, press Export."),
    }
}

/// What is made again at no cost.
fn again(items: u32, seconds: u32) -> String {
    match items {
        0 => "Nothing has to be made again.".to_owned(),
        1 => format!("One thing is made again, in about {seconds} s, at no cost."),
        n => format!("{n} things are made again, in about {seconds} s, at no cost."),
    }
}
